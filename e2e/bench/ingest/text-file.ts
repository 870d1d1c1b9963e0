import type { Random } from '../../../src/stream/random.ts';

/** A file that lies in memory. */
export interface TextFile {
  readonly bytes: Uint8Array;
  readonly records: number;
}

/** `head`, then as many of the records that `next` writes as it takes to have `length` bytes. */
export function textFile(length: number, head: string, next: () => string): TextFile {
  const encoder = new TextEncoder();
  // A record is never longer than the room behind the end.
  const bytes = new Uint8Array(length + 65_536);
  let at = encoder.encodeInto(head, bytes).written;
  let records = 0;
  while (at < length) {
    at += encoder.encodeInto(next(), bytes.subarray(at)).written;
    records++;
  }
  return { bytes: bytes.subarray(0, at), records };
}

export function pick<T>(values: readonly T[], random: Random): T {
  return values[random.below(values.length)]!;
}
