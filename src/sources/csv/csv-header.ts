import { FieldBlock } from '../fields/field-block.ts';
import { FieldText } from '../fields/field-text-reader.ts';
import { CsvScanner } from './csv-scanner-reader.ts';

/** The first record of a CSV text, as texts. */
export interface FirstRecord {
  readonly texts: readonly string[];
  /** Physical line that it begins on. */
  readonly firstLine: number;
  /** Behind its line end. */
  readonly next: number;
  /** Physical line that `next` is on. */
  readonly nextLine: number;
  /** Whether each value stood in quotes. */
  readonly quoted: readonly boolean[];
}

/**
 * Reads the first record that is not blank, of bytes with a line feed behind `end`. Null when it is not complete, or
 * when it has more than `mostFields` fields.
 */
export function firstRecord(
  bytes: Uint8Array,
  end: number,
  layout: { readonly delimiter: string; readonly final: boolean; readonly mostFields: number },
): FirstRecord | null {
  const fields = countFields(bytes, end, layout.delimiter);
  if (fields > layout.mostFields) return null;
  const names = Array.from({ length: fields }, (_, i) => `c${i + 1}`);
  const sink = { reject: () => undefined, blank: () => undefined, fatal: () => undefined };
  const scanner = new CsvScanner({ delimiter: layout.delimiter, names, firstLine: 1 }, sink);
  const block = new FieldBlock(1, fields);
  const input = { bytes, at: 0, end, final: layout.final };
  scanner.scan(input, block);
  if (block.records === 0) return null;
  const text = new FieldText();
  const texts = names.map((_, i) => {
    text.take(block, i);
    return text.text() ?? '';
  });
  const linesBefore = (to: number): number => {
    let lines = 0;
    for (let at = 0; at < to; at++) {
      if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) lines++;
    }
    return lines;
  };
  const firstLine = block.lines[0] ?? 1;
  const quoted = names.map((_, i) => (block.kinds[i] ?? 0) > 1);
  return { texts, firstLine, next: input.at, nextLine: linesBefore(input.at) + 1, quoted };
}

/** How many fields the first record that is not blank has, as far as `end` shows it. */
export function countFields(bytes: Uint8Array, end: number, delimiter: string): number {
  const mark = delimiter.charCodeAt(0);
  let at = 0;
  while (at < end && (bytes[at] === 10 || bytes[at] === 13)) at++;
  let fields = 1;
  let quoted = false;
  let fieldStart = at;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === 34) quoted = false;
    } else if (byte === 34 && (at === fieldStart || bytes[at - 1] === 34)) quoted = true;
    else if (byte === mark) {
      fields++;
      fieldStart = at + 1;
    } else if (byte === 10 || byte === 13) break;
  }
  return fields;
}

/**
 * Names that are all there and all different: empty ones become `column5`, repeated ones `value_2`. As they stand in
 * the file otherwise, capitals and spaces included.
 */
export function columnNames(texts: readonly string[]): readonly string[] {
  const taken = new Set(texts);
  const used = new Set<string>();
  return texts.map((text, i) => {
    const wanted = text.trim() === '' ? `column${i + 1}` : text;
    let name = wanted;
    for (let n = 2; used.has(name) || (name !== text && taken.has(name)); n++) name = `${wanted}_${n}`;
    used.add(name);
    return name;
  });
}

/** `c1`, `c2`, …: names of the columns of a file without a header. */
export function positionNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `c${i + 1}`);
}
