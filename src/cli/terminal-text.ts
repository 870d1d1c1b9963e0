import type { Problem } from '../stream/problem.ts';

/** A stranger's text for a terminal: control characters, which could move the cursor or hide lines, become visible. */
export function safeText(text: string): string {
  // eslint-disable-next-line no-control-regex -- just these are meant
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** `error window (nodes.2.config.sizeMs): sizeMs is 0; … Choose …` */
export function problemLine({ severity, path, nodeId, message, fix }: Problem): string {
  const where = [nodeId, path === '' ? null : nodeId === null ? path : `(${path})`].filter((part) => part !== null);
  return safeText(`${severity}${where.length > 0 ? ` ${where.join(' ')}` : ''}: ${message} ${fix}`);
}

/** 1234567 as 1,234,567, the same on every machine. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
