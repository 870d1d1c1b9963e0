import { gzipSync } from 'node:zlib';

/** Script until the first node can be dragged, gzipped: page and worker. */
export const SCRIPT_MAX_BYTES = 220_000;

export interface ReceivedFile {
  readonly name: string;
  /** Of its content, as the server says. */
  readonly type: string;
  readonly content: Buffer;
}

export interface WeighedScript {
  readonly name: string;
  readonly rawBytes: number;
  readonly gzipBytes: number;
}

export interface Weight {
  /** Heaviest first; a script that was received twice counts once. */
  readonly scripts: readonly WeighedScript[];
  readonly gzipBytes: number;
  readonly fits: boolean;
}

export function gzipBytesOf(content: Buffer): number {
  return gzipSync(content, { level: 9 }).length;
}

/** Style sheets, pictures and data are no script. */
export function weigh(files: readonly ReceivedFile[], maxBytes = SCRIPT_MAX_BYTES): Weight {
  const scripts = new Map(
    files
      .filter(({ type }) => /\b(java|ecma)script\b/.test(type))
      .map(({ name, content }) => [name, { name, rawBytes: content.length, gzipBytes: gzipBytesOf(content) }]),
  );
  const gzipBytes = [...scripts.values()].reduce((sum, script) => sum + script.gzipBytes, 0);
  const heaviestFirst = [...scripts.values()].sort((a, b) => b.gzipBytes - a.gzipBytes);
  // A page that was measured without any script was not measured.
  return { scripts: heaviestFirst, gzipBytes, fits: gzipBytes > 0 && gzipBytes <= maxBytes };
}
