import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { fileConfig } from '../file/file-config.ts';
import { readWhole } from '../file/reading-in-tests.ts';
import { looksBinary } from '../text/content-type.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';

const texts = (count: number): z.input<typeof fileConfig>['columns'] =>
  Array.from({ length: count }, (_, i) => ({ name: `c${i + 1}`, type: 'STRING' }));

/** No lone surrogate, which UTF-8 cannot say. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** `n` columns of text and the time in front, so that every record is a row. */
function layout(count: number): z.input<typeof fileConfig> {
  return {
    format: 'csv',
    header: 'none',
    columns: [{ name: 'c1', type: 'STRING' }, ...(texts(count) ?? []).slice(1)],
    time: { column: 'c1', unit: 'ms' },
  };
}

const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a',
    'b c',
    '"',
    '""',
    'x,y',
    'line\nline',
    'cr\r\nlf',
    'é',
    '漢字',
    '😀',
    'tab\t',
    "'",
    ';',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).filter(isWellFormed),
  fc.string({ unit: 'grapheme', minLength: 10, maxLength: 60 }),
);

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** One cell as somebody may have written it: quoted when it must be, now and then when it need not. */
const cell = fc
  .tuple(value, fc.boolean())
  .map(([text, quote]) => (quote || /[",\r\n]/.test(text) ? quoted(text) : text));

const document = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 9999 }), cell, cell), { maxLength: 12 }),
    fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([rows, ends, last]) =>
    rows.map((row, i) => row.join(',') + (i < rows.length - 1 || last ? ends[i % ends.length]! : '')).join(''),
  );

describe('reading CSV', () => {
  it('finds the same values as papaparse, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.integer({ min: 1, max: 40 }), async (text, chunkBytes) => {
        // A text of many control characters is refused before it is cut: that is content-type's business.
        fc.pre(!looksBinary(encodeUtf8(text)));
        // papaparse takes one kind of line end; between quotes it leaves all kinds alone, as we do.
        const oneEnd = text.replace(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\n');
        const wanted = Papa.parse<string[]>(oneEnd, { delimiter: ',', newline: '\n', skipEmptyLines: true }).data;
        const { rows, reader } = await readWhole(text, layout(3), chunkBytes);
        expect(reader.rejects.kept).toEqual([]);
        // NULL is what has no quotes; papaparse does not tell the two apart.
        expect(rows.map((row) => Object.values(row).map((item) => item ?? ''))).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same values of some columns alone, with any delimiter, whatever letters stand beside it', async () => {
    // Neighbours of a delimiter in the alphabet, control characters, and texts that fill four bytes or many times four.
    const letters = ['-', '+', ':', '<', '{', '}', '\b', '\n', '\r\n', '\u0001', ' ', '"', 'é', 'abcd', 'x'.repeat(37)];
    const odd = fc
      .array(fc.constantFrom(...letters, ',', ';', '\t', '|'), { maxLength: 5 })
      .map((parts) => parts.join(''));
    const rows = fc.array(fc.array(fc.tuple(odd, fc.boolean()), { minLength: 5, maxLength: 5 }), { maxLength: 10 });
    const delimiters = fc.constantFrom<',' | ';' | '\t' | '|'>(',', ';', '\t', '|');
    const wanted = fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        delimiters,
        wanted,
        fc.integer({ min: 1, max: 40 }),
        async (cells, delimiter, picked, chunkBytes) => {
          const text = cells
            .map((row, i) =>
              [
                ...row.map(([value, quote]) =>
                  quote || /["\r\n]/.test(value) || value.includes(delimiter) ? quoted(value) : value,
                ),
                String(i),
              ].join(delimiter),
            )
            .map((line) => `${line}\n`)
            .join('');
          fc.pre(!looksBinary(encodeUtf8(text)));
          const config: z.input<typeof fileConfig> = {
            format: 'csv',
            header: 'none',
            delimiter,
            columns: [
              { name: 'c6', type: 'BIGINT' },
              ...picked.map((field) => ({ name: `c${field + 1}`, type: 'STRING' })),
            ],
            time: { column: 'c6', unit: 'ms' },
          };
          const { rows: found, reader } = await readWhole(text, config, chunkBytes);
          expect(reader.rejects.kept).toEqual([]);
          const parsed = Papa.parse<string[]>(text, { delimiter, newline: '\n', skipEmptyLines: true }).data;
          expect(found.map((row) => picked.map((field) => row[`c${field + 1}`] ?? ''))).toEqual(
            parsed.map((row) => picked.map((field) => row[field])),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('accounts for every record of any garbage, in the same way however it is cut', async () => {
    const garbage = fc.array(fc.constantFrom('1', ',', '"', '\n', '\r\n', ' ', 'x', '-', '5', '\r'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(garbage, fc.integer({ min: 1, max: 9 }), async (letters, chunkBytes) => {
        const text = letters.join('');
        const whole = await readWhole(text, layout(2));
        const cut = await readWhole(text, layout(2), chunkBytes);
        expect([cut.rows, cut.reader.rejects.kept, cut.reader.blank, cut.reader.problems()]).toEqual([
          whole.rows,
          whole.reader.rejects.kept,
          whole.reader.blank,
          whole.reader.problems(),
        ]);
        if (!text.includes('"')) {
          const lines = text.split(/\r\n|\n|\r/);
          const records = lines.at(-1) === '' ? lines.length - 1 : lines.length;
          expect(whole.rows.length + whole.reader.rejects.count + whole.reader.blank).toBe(records);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('tells NULL from empty text, and takes a header with names of any kind', async () => {
    const config: z.input<typeof fileConfig> = {
      format: 'csv',
      columns: [
        { name: 'ts', type: 'TIMESTAMP' },
        { name: '__proto__', type: 'BIGINT' },
        { name: 'v', type: 'STRING' },
        { name: 'second v', path: 'v_2', type: 'STRING' },
      ],
      time: { column: 'ts', unit: 'iso' },
    };
    const { rows, reader } = await readWhole('v,ts,__proto__,v\n,2024-01-01T00:00:00Z,5,""\n', config);
    expect(reader.rejects.kept).toEqual([]);
    expect(reader.problems()).toEqual([]);
    expect(Object.entries(rows[0]!)).toEqual([
      ['ts', 1_704_067_200_000],
      ['__proto__', 5],
      ['v', null],
      ['second v', ''],
    ]);
  });

  it('names the line and the column of what it rejects', async () => {
    const text = ['t,n', '1,"a', 'b"', '2,2', '', '3', '4,5,6', '5,"7"x', 'soon,8', ',9', '6,10'].join('\n');
    const config: z.input<typeof fileConfig> = {
      format: 'csv',
      columns: [
        { name: 't', type: 'BIGINT' },
        { name: 'n', type: 'DOUBLE' },
      ],
      time: { column: 't', unit: 's' },
    };
    const { rows, reader } = await readWhole(text, config, 3);
    expect(rows).toEqual([
      { t: 2, n: 2 },
      { t: 6, n: 10 },
    ]);
    expect(reader.blank).toBe(1);
    expect(reader.rejects.kept).toEqual([
      { line: 2, column: 'n', reason: 'not a number: a\nb', text: '1,"a\nb"' },
      { line: 6, column: null, reason: '1 field, expected 2', text: '3' },
      { line: 7, column: null, reason: '3 fields, expected 2', text: '4,5,6' },
      { line: 8, column: 'n', reason: 'text behind a closing quote', text: '5,"7"x' },
      { line: 9, column: 't', reason: 'not a whole number: soon', text: 'soon,8' },
      { line: 10, column: 't', reason: 'no event time', text: ',9' },
    ]);
  });

  it('says where a quote was opened that nobody closes', async () => {
    const { rows, reader } = await readWhole('1,a,b\n2,c,"d\n3,e,f\n', layout(3), 5);
    expect(rows).toHaveLength(1);
    expect(reader.problems()[0]).toMatchObject({
      code: 'unterminated-quote',
      severity: 'error',
      message: 'The quote opened on line 2, column c3, is never closed. Lines 2 to 3 were not read.',
    });
  });

  it('rejects a record beyond the limit and finds the next one', async () => {
    const long = 'x'.repeat(3_000_000);
    for (const chunkBytes of [100_000, 10_000_000]) {
      const { rows, reader } = await readWhole(`1,a\n2,${long}\n3,b\n`, layout(2), chunkBytes);
      expect(rows.map((row) => row['c1'])).toEqual(['1', '3']);
      expect(reader.rejects.kept.map((reject) => [reject.line, reject.reason])).toEqual([
        [2, 'longer than the limit of 2097152 bytes'],
      ]);
    }
  });

  it('reads UTF-16 and Windows-1252 as it reads UTF-8, and rejects what is none', async () => {
    const utf16 = Uint8Array.from('\ufeff1,漢\n2,é😀\n', (letter) => letter.charCodeAt(0));
    const units = Array.from('\ufeff1,漢\n2,é\ud83d\ude00\n'.split(''), (unit) => unit.charCodeAt(0));
    expect(utf16.length).toBeGreaterThan(0);
    const little = Uint8Array.from(units.flatMap((unit) => [unit & 255, unit >> 8]));
    const big = Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 255]));
    for (const bytes of [little, big]) {
      const { rows } = await readWhole(bytes, layout(2), 3);
      expect(rows.map((row) => row['c2'])).toEqual(['漢', 'é😀']);
    }
    const latin = Uint8Array.from([49, 44, 0xe9, 0x80, 10]);
    const windows = await readWhole(latin, { ...layout(2), encoding: 'windows-1252' });
    expect(windows.rows).toEqual([{ c1: '1', c2: 'é€' }]);
    const utf8 = await readWhole(latin, layout(2));
    expect(utf8.reader.rejects.kept[0]).toMatchObject({ line: 1, column: 'c2' });
  });
});
