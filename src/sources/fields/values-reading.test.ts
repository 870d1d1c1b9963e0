import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { fileConfig } from '../file/file-config.ts';
import { readWhole } from '../file/reading-in-tests.ts';

type Config = z.input<typeof fileConfig>;

const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'00123456789'), { minLength: least, maxLength: most }).map((letters) => letters.join(''));
const exponent = fc.oneof(
  fc.constant(''),
  fc
    .tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.nat({ max: 330 }))
    .map(([letter, sign, power]) => `${letter}${sign}${power}`),
);

/** Numbers in all notations of JSON: short and long, near 2^53, tiny and huge. */
const jsonNumber = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constantFrom('0', '9007199254740991', '9007199254740992', '9007199254740993', '900719925474099267'),
      digits(0, 20).map((rest) => `7${rest}`),
    ),
    fc.oneof(
      fc.constant(''),
      digits(1, 24).map((rest) => `.${rest}`),
    ),
    exponent,
  )
  .map((parts) => parts.join(''))
  .filter((text) => Number.isFinite(Number(text)));

/** And those that a CSV may hold beside them. */
const csvNumber = fc.oneof(
  jsonNumber,
  fc.tuple(fc.constantFrom('+', '-', ''), digits(1, 18), fc.constantFrom('.', '.5', '')).map((parts) => parts.join('')),
  digits(1, 9).map((rest) => `.${rest}`),
);

const config = (format: 'csv' | 'ndjson', types: readonly string[]): Config => ({
  format,
  columns: [{ name: 't', type: 'BIGINT' }, ...types.map((type, i) => ({ name: `v${i}`, type }))],
  time: { column: 't', unit: 'ms' },
});

/** Reads one number a line; `read` says what the reader found. */
async function sameNumbers(
  format: 'csv' | 'ndjson',
  texts: readonly string[],
  read: (value: unknown) => unknown = (value) => value,
): Promise<void> {
  const lines =
    format === 'csv' ? ['t,v0', ...texts.map((text) => `1,${text}`)] : texts.map((text) => `{"t":1,"v0":${text}}`);
  const { rows, reader } = await readWhole(lines.join('\n'), config(format, ['DOUBLE']));
  expect(reader.rejects.kept).toEqual([]);
  rows.forEach((row, i) => {
    if (!Object.is(read(row['v0']), Number(texts[i]))) throw new Error(`${texts[i]} is not ${String(row['v0'])}`);
  });
  expect(rows).toHaveLength(texts.length);
}

describe('numbers', () => {
  it.each([
    ['csv', csvNumber],
    ['ndjson', jsonNumber],
  ] as const)('of %s are the nearest doubles, as the platform has them', async (format, number) => {
    const lists = fc.array(number, { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lists, (texts) => sameNumbers(format, texts)),
      { numRuns: 300 },
    );
  });

  it('that are one bit off would be found', async () => {
    const bits = new DataView(new ArrayBuffer(8));
    const offByOne = (value: unknown): unknown => {
      if (typeof value !== 'number' || Math.abs(value) < 1e100) return value;
      bits.setFloat64(0, value);
      bits.setUint8(7, bits.getUint8(7) ^ 1);
      return bits.getFloat64(0);
    };
    const lists = fc.array(jsonNumber, { minLength: 1, maxLength: 60 });
    const checked = await fc.check(
      fc.asyncProperty(lists, (texts) => sameNumbers('ndjson', texts, offByOne)),
      { numRuns: 300 },
    );
    expect(checked.failed).toBe(true);
  });
});

describe('short values', () => {
  it('that are whole numbers or truths are read as they are written, others are NULL or rejected', async () => {
    const csv = ['t,v0,v1', '1,5,true', '2,-0,FALSE', '3,+7,tRuE', '4, 8 , t ', '5,,', '6,"9","1"', '7,2147483648,f'];
    const more = ['8,1e1,false', '9,1,trues', '10,x,true', '11,1,"False"', '12,0002147483647,0', '13,-2147483649,1'];
    const { rows, reader } = await readWhole([...csv, ...more].join('\n'), config('csv', ['INT', 'BOOLEAN']));
    expect(rows.map((row) => Object.values(row))).toEqual([
      [1, 5, true],
      [2, 0, false],
      [3, 7, true],
      [4, 8, true],
      [5, null, null],
      [6, 9, true],
      [11, 1, false],
      [12, 2_147_483_647, false],
    ]);
    expect(reader.rejects.kept.map(({ line, column, reason }) => `${line} ${column ?? ''} ${reason}`)).toEqual([
      '8 v0 beyond 32 bits: 2147483648',
      '9 v0 not a whole number: 1e1',
      '10 v1 not true or false: trues',
      '11 v0 not a whole number: x',
      '14 v0 beyond 32 bits: -2147483649',
    ]);
  });

  it('of JSON are read by what they are, texts of numbers included', async () => {
    const lines = ['{"t":1,"v0":5,"v1":true}', '{"t":2,"v0":"6","v1":"false"}', '{"t":3,"v0":null,"v1":1}'];
    const { rows, reader } = await readWhole(
      [...lines, '{"t":4,"v0":1.5}', '{"t":5,"v1":[]}'].join('\n'),
      config('ndjson', ['INT', 'BOOLEAN']),
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      [1, 5, true],
      [2, 6, false],
      [3, null, true],
    ]);
    expect(reader.rejects.count).toBe(2);
  });

  it('that stand for NULL are NULL, whatever else they might be', async () => {
    const columns = ['INT', 'BOOLEAN'].map((type, i) => ({ name: `v${i}`, type, nulls: ['-1', 'false'] }));
    const { rows } = await readWhole('t,v0,v1\n1,-1,true\n2,1,false\n', {
      ...config('csv', []),
      columns: [{ name: 't', type: 'BIGINT' }, ...columns],
    });
    expect(rows.map((row) => Object.values(row))).toEqual([
      [1, null, true],
      [2, 1, null],
    ]);
  });
});
