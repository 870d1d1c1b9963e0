import type { CsvLayout } from '../csv/csv-scanner-reader.ts';
import { CsvScanner } from '../csv/csv-scanner-reader.ts';
import { countFields } from '../csv/csv-header.ts';
import type { ScanInput, ScanSink } from '../fields/field-block.ts';
import { ABSENT, BARE, FieldBlock } from '../fields/field-block.ts';
import { FieldText } from '../fields/field-text-reader.ts';
import type { Delimiter } from '../file/file-config.ts';
import { decodeLoose } from '../text/utf8-reader.ts';
import type { ColumnSample, SampleKind } from './sample.ts';
import { SAMPLE_RECORDS } from './sample.ts';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

const silent: ScanSink = { reject: () => undefined, blank: () => undefined, fatal: () => undefined };

/** The delimiter that cuts most of the first records into the same number of fields; a comma when none does. */
export function guessDelimiter(input: ScanInput): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const fields = countFields(input.bytes, input.end, delimiter);
    if (fields < 2 || fields > 10_000) {
      if (fields > 10_000) return delimiter;
      continue;
    }
    const names = Array.from({ length: fields }, () => '');
    let rejected = 0;
    const scanner = new CsvScanner({ delimiter, names, firstLine: 1 }, { ...silent, reject: () => void rejected++ });
    const block = new FieldBlock(Math.min(100, Math.ceil(400_000 / fields)), fields);
    scanner.scan({ ...input }, block);
    // A regular file scores by its share of regular records first; more fields decide between two such.
    const score = (block.records / (block.records + rejected + 1e-9)) * 1000 + Math.min(fields, 100);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** The columns of the first records behind the header. */
export function sampleCsv(input: ScanInput, layout: CsvLayout): readonly ColumnSample[] {
  const width = layout.names.length;
  const block = new FieldBlock(Math.max(1, Math.min(SAMPLE_RECORDS, Math.ceil(400_000 / width))), width);
  new CsvScanner(layout, silent).scan({ ...input }, block);
  const text = new FieldText();
  return layout.names.map((name, field) => ({
    name,
    path: name,
    samples: Array.from({ length: block.records }, (_, record) => {
      const i = record * width + field;
      const kind: SampleKind = block.kinds[i] === ABSENT ? 'empty' : block.kinds[i] === BARE ? 'text' : 'quoted';
      text.take(block, i);
      return {
        kind,
        text: decodeLoose(text.bytes, text.start, Math.min(text.end, text.start + 300)),
        line: block.lines[record] ?? 0,
      };
    }),
  }));
}
