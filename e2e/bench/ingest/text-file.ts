import type { Random } from '../../../src/stream/random.ts';

/** `head` and as many records as `next` is asked for, as the bytes of a file. */
export function textFile(records: number, head: string, next: () => string): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let text = head;
  for (let i = 0; i < records; i++) {
    text += next();
    if (text.length < 1 << 16 && i < records - 1) continue;
    parts.push(encoder.encode(text));
    text = '';
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function pick<T>(values: readonly T[], random: Random): T {
  return values[random.below(values.length)]!;
}
