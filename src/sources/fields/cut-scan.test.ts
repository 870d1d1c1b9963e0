import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScanner } from '../csv/csv-scanner-reader.ts';
import { JsonArrayScanner } from '../json/array-scanner-reader.ts';
import { NdjsonScanner } from '../json/ndjson-scanner-reader.ts';
import { pathTree } from '../json/path-tree.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';
import { scanCut } from './cut-scan-in-tests.ts';
import type { RecordScanner, ScanSink } from './field-block.ts';

type Make = (sink: ScanSink) => RecordScanner;

const csv: Make = (sink) =>
  new CsvScanner({ delimiter: ',', names: ['a', 'b', 'c'], firstLine: 1, wanted: [2, 0] }, sink);
const paths = [['a'], ['b'], ['o', 'a']];
const ndjson: Make = (sink) => new NdjsonScanner(pathTree(paths), paths.length, sink);
const array: Make = (sink) => new JsonArrayScanner(pathTree(paths), [], paths.length, sink);

/** Pieces of which a border may fall into the middle. */
const csvText = fc
  .array(
    fc.constantFrom(
      'a',
      ',',
      ',',
      '\n',
      '\r\n',
      '"x"',
      '"y""z"',
      '"p\r\nq"',
      '""',
      'é',
      '😀',
      ' ',
      '1234567',
      '-5',
      '1,2,3\n',
      '1,"2",\r\n',
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
const value = fc.constantFrom(
  '1',
  '-12.5e+10',
  '"x"',
  '"\\u00e9\\ud83d\\ude00"',
  '"\\\\"',
  '"漢😀"',
  'true',
  'null',
  '[1,{"a":2}]',
  '{"a":"y"}',
);
const record = fc
  .tuple(fc.constantFrom('', ' '), fc.array(fc.tuple(fc.constantFrom('a', 'b', 'o', 'other'), value), { maxLength: 5 }))
  .map(([gap, members]) => `{${members.map(([key, text]) => `"${key}":${gap}${text}`).join(`,${gap}`)}}`);
/** Of few records, each many times, so that what comes next is guessed. */
const records = fc
  .tuple(fc.array(record, { minLength: 1, maxLength: 2 }), fc.array(fc.nat(), { maxLength: 12 }))
  .map(([some, order]) => order.map((i) => some[i % some.length]!));
const ndjsonText = fc
  .tuple(records, fc.constantFrom('\n', '\r\n', '\n\n'), fc.constantFrom('', '\n', '{"a":', '{"a":"x', '{"a":1}}'))
  .map(([lines, end, last]) => lines.join(end) + end + last);
const arrayText = fc
  .tuple(records, fc.constantFrom(',', ',\n', ' ,\r\n '), fc.constantFrom(']', ']\n', '', ',{"a":', ',{"a":"x'))
  .map(([items, between, end]) => `[${items.join(between)}${end}`);

const steps = fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 6 });

function check(
  make: Make,
  text: fc.Arbitrary<string>,
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): boolean {
  const details = fc.check(
    fc.property(text, steps, (written, cut) => {
      const bytes = encodeUtf8(written);
      expect(scanCut(make, change(bytes), cut)).toEqual(scanCut(make, bytes, []));
    }),
    { numRuns: 1500 },
  );
  if (details.failed && details.counterexample !== null) throw new Error(fc.defaultReportMessage(details) ?? 'failed');
  return true;
}

describe.each([
  ['CSV', csv, csvText],
  ['NDJSON', ndjson, ndjsonText],
  ['a JSON array', array, arrayText],
] as const)('a scanner of %s', (_, make, text) => {
  it('finds the same wherever what is there of the text ends', () => {
    expect(check(make, text)).toBe(true);
  });

  it('would be found to lose a byte', () => {
    const lossy = (bytes: Uint8Array): Uint8Array =>
      bytes.length > 9 ? Uint8Array.of(...bytes.subarray(0, 8), ...bytes.subarray(9)) : bytes;
    expect(() => check(make, text, lossy)).toThrow('Counterexample');
  });
});
