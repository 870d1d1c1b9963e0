import { decodeLoose } from '../text/utf8-reader.ts';
import type { RecordScanner, ScanInput, ScanSink } from './field-block.ts';
import { FieldBlock } from './field-block.ts';

/** For tests only: everything that a scanner tells of a text. */
export interface Scanned {
  /** Of each record its line and its fields: how they are written and what, absent ones as null. */
  readonly records: readonly (readonly unknown[])[];
  readonly told: readonly string[];
}

/**
 * Scans a text of which at first only a part is there, then `steps` bytes more at a time, by turns, in a buffer that moves
 * along as a file's does; behind the end stands what stood there before. No steps: all is there at once.
 */
export function scanCut(
  make: (sink: ScanSink) => RecordScanner,
  text: Uint8Array,
  steps: readonly number[],
  capacity = 3,
): Scanned {
  const records: unknown[][] = [];
  const told: string[] = [];
  const scanner = make({
    reject: ({ line }, column, reason) => told.push(`${line} ${column ?? ''} ${reason}`),
    blank: (line) => told.push(`${line} blank`),
    fatal: ({ message }) => told.push(message),
  });
  const block = new FieldBlock(capacity, scanner.width);
  const bytes = new Uint8Array(text.length + 16).fill(0x22);
  let given = 0;
  let input: ScanInput = { bytes, at: 0, end: 0, final: false };
  for (let turn = 0; !input.final; turn++) {
    bytes.copyWithin(0, input.at, input.end);
    const left = input.end - input.at;
    const more = steps.length === 0 ? text.length : (steps[turn % steps.length] ?? 1);
    const part = text.subarray(given, given + more);
    bytes.set(part, left);
    given += part.length;
    bytes[left + part.length] = 10;
    input = { bytes, at: 0, end: left + part.length, final: given >= text.length };
    do {
      scanner.scan(input, block);
      for (let r = 0; r < block.records; r++) records.push(recordOf(block, r));
    } while (block.records > 0);
  }
  return { records, told };
}

function recordOf(block: FieldBlock, record: number): unknown[] {
  const fields = Array.from({ length: block.width }, (_, f) => {
    const i = record * block.width + f;
    const kind = block.kinds[i] ?? 0;
    return kind === 0 ? null : `${kind} ${decodeLoose(block.bytes, block.starts[i] ?? 0, block.ends[i] ?? 0)}`;
  });
  return [block.lines[record], ...fields];
}
