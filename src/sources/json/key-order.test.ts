import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import type { fileConfig } from '../file/file-config.ts';
import { readWhole } from '../file/reading-in-tests.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';

/** What is wanted of a record, one path below another, one in an array. */
const PATHS = ['a', 'ab', 'o.a', 'o.p.ab', 'list.1', 'list.0.a', 'é'] as const;
const config: z.input<typeof fileConfig> = {
  format: 'ndjson',
  columns: [{ name: 't', type: 'BIGINT' }, ...PATHS.map((path) => ({ name: path, type: 'STRING' }))],
  time: { column: 't', unit: 'ms' },
};

const text = fc.oneof(
  fc.constantFrom(
    '""',
    '"x"',
    '"\\u00e9"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"a\\"b\\\\"',
    '"漢 😀"',
    '"}],{"',
    '"\\/\\b\\n"',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => JSON.stringify(value)),
);
const scalar = fc.oneof(text, fc.constantFrom('0', '-1.5e+3', 'true', 'false', 'null', '{}', '[]', '[ {"a":1} , 2]'));
/** Keys that begin and end alike, stand twice, or are written with escapes. */
const keys = ['a', 'ab', 'bb', 'b', 'o', 'p', 'list', 'é', 'long key of several words', '\\u0061', 'a\\u0062', ''];
const space = fc.constantFrom('', '', '', ' ', '\t', '  ');

interface Shape {
  readonly keys: readonly string[];
  readonly before: string;
  readonly behind: string;
  /** In front of a value, by turns. */
  readonly gaps: readonly string[];
}

const { value: anyValue } = fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('object'), tie('list')),
  object: fc
    .tuple(fc.array(fc.tuple(fc.constantFrom(...keys), tie('value')), { maxLength: 4 }), space)
    .map(([members, gap]) => `{${members.map(([key, value]) => `${gap}"${key}"${gap}:${gap}${value}`).join(',')}}`),
  list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
}));

const shape: fc.Arbitrary<Shape> = fc.record({
  keys: fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 7 }),
  before: space,
  behind: space,
  gaps: fc.array(space, { minLength: 3, maxLength: 3 }),
});

/** Records of a few shapes; now and then a key is left out, or its value is of another kind. */
const lines = fc
  .tuple(
    fc.array(shape, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.array(anyValue, { minLength: 7, maxLength: 7 }), fc.nat({ max: 20 })), {
      minLength: 1,
      maxLength: 25,
    }),
  )
  .map(([shapes, records]) =>
    records.map(([which, values, leftOut], t) => {
      const { keys: own, before, behind, gaps } = shapes[which % shapes.length]!;
      const members = own
        .map((key, i) => `"${key}"${before}:${gaps[(i + which) % 3]!}${values[i]!}`)
        .filter((_, i) => i !== leftOut);
      return `{${behind}${[`"t":${t}`, ...members].join(`${before},${behind}`)}${behind}}`;
    }),
  );

function at(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const isHere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isHere ? at((value as Record<string, unknown>)[key], rest) : null;
}

/** Holds the records of a text against what `parse` makes of each of its lines. */
async function holdAgainst(
  records: readonly string[],
  chunkBytes: number,
  parse: (line: string, index: number) => unknown,
): Promise<void> {
  const { rows, reader } = await readWhole(encodeUtf8(records.join('\r\n')), config, chunkBytes);
  expect(reader.rejects.kept).toEqual([]);
  expect(rows).toHaveLength(records.length);
  records.forEach((line, i) => {
    const wanted = parse(line, i);
    for (const path of PATHS) {
      const parts = path.split('.');
      // `list.1` is an item of an array, not a member of an object.
      if (parts[0] === 'list' && !Array.isArray(at(wanted, ['list']))) continue;
      const found = rows[i]![path];
      const value = at(wanted, parts);
      // A column of texts shows what is no text as it stands there.
      if (value === null || typeof value === 'string') expect(found).toBe(value);
      else expect(JSON.parse(String(found))).toEqual(value);
    }
  });
}

const chunks = fc.integer({ min: 1, max: 60 });
const parsed = (line: string): unknown => JSON.parse(line);

it('records of ever the same keys, with some left out, twice or written otherwise, are what JSON.parse finds', async () => {
  await fc.assert(
    fc.asyncProperty(lines, chunks, (records, chunkBytes) => holdAgainst(records, chunkBytes, parsed)),
    { numRuns: 400 },
  );
});

it('a record that was taken for the one before it would be found', async () => {
  const previous = (records: readonly string[], i: number): unknown => parsed(records[i === 7 ? 6 : i]!);
  const checked = await fc.check(
    fc.asyncProperty(lines, chunks, (records, chunkBytes) =>
      holdAgainst(records, chunkBytes, (_, i) => previous(records, i)),
    ),
    { numRuns: 300, endOnFailure: true },
  );
  expect(checked.failed).toBe(true);
});

it('damage behind keys that were guessed is found, wherever it is', async () => {
  const damaged = fc.tuple(
    lines,
    fc.nat(),
    fc.constantFrom('', '"', '\\', '{', '}', ',', ':', ']', '0', '\u0001', 'x'),
  );
  await fc.assert(
    fc.asyncProperty(damaged, async ([records, where, patch]) => {
      const last = records.at(-1)!;
      const place = where % last.length;
      const changed = last.slice(0, place) + patch + last.slice(place + 1);
      fc.pre(!/\p{Surrogate}/u.test(changed));
      const { rows, reader } = await readWhole([...records, changed].join('\n'), config);
      let isRecord: boolean;
      try {
        const value = JSON.parse(changed) as unknown;
        const t = at(value, ['t']);
        isRecord =
          typeof value === 'object' &&
          !Array.isArray(value) &&
          Number.isInteger(t) &&
          /"t"\s*:\s*-?\d+[\s,}]/.test(changed);
      } catch {
        isRecord = false;
      }
      fc.pre(isRecord || !/"t"\s*:\s*"/.test(changed));
      expect([rows.length, reader.rejects.count]).toEqual([records.length + (isRecord ? 1 : 0), isRecord ? 0 : 1]);
    }),
    { numRuns: 400 },
  );
});

it('white space that comes and goes in front of a value is stepped over', async () => {
  const gaps = ['', ' ', '', '\t', '  ', '', ' '];
  const records = gaps.flatMap((gap, i) =>
    gaps.map((other) => `{"t":${gap}${i},"a":${other}"x","o":${gap}{"a"${gap}:${other}"y"${other}}${gap}}`),
  );
  await holdAgainst(records, 1 << 16, parsed);
  const { rows, reader } = await readWhole('{"t":1,"a":,2}\n{"t":1,"a": "x"}\n{"t":2,"a":"y"}', config);
  expect(rows.map((row) => row['a'])).toEqual(['x', 'y']);
  expect(reader.rejects.kept.map(({ reason }) => reason)).toEqual(['expected a value, found , (byte 12 of the line)']);
});

it('records of thousands of different keys are read all the same', async () => {
  const many = Array.from({ length: 300 }, (_, i) => {
    const own = Array.from({ length: 30 }, (__, k) => `"key ${i * 30 + k}":${k}`);
    return `{${own.join(',')},"t":${i},"a":"${i}","o":{"a":"${-i}"}}`;
  });
  await holdAgainst(many, 1 << 16, parsed);
});
