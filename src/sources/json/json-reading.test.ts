import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { fileConfig } from '../file/file-config.ts';
import { readWhole } from '../file/reading-in-tests.ts';
import { jsonText, jsonTree, parseJsonTree } from './json-tree.ts';

type Config = z.input<typeof fileConfig>;

const config: Config = {
  format: 'ndjson',
  columns: [
    { name: 't', type: 'BIGINT' },
    { name: 'a', type: 'STRING' },
    { name: 'deep', path: 'o.p.q', type: 'STRING' },
    { name: 'second', path: 'list.1', type: 'STRING' },
    { name: '__proto__', type: 'STRING' },
  ],
  time: { column: 't', unit: 'ms' },
};

const scalar = fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant(null));
const tree = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'o', 'p', 'q', 'x', 'list', 'é', '"'), tie('value'), { maxKeys: 4 }),
}));
const record = fc
  .tuple(fc.integer({ min: 0, max: 1e9 }), tree.object, tree.value, fc.boolean())
  .map(([t, rest, p, last]) => {
    const members = Object.entries({ ...rest, o: { p } });
    const own: [string, unknown] = ['t', t];
    const all = last ? [...members, own] : [own, ...members];
    return `{${all.map(([key, value]) => `${JSON.stringify(key)} : ${JSON.stringify(value, null, 1).replaceAll('\n', ' ')}`).join(' ,')}}`;
  });

/** What JSON.parse finds at a path, as the text that a STRING column shows: strings as they are, the rest as JSON. */
function at(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, path[0]!)) return null;
  return at((value as Record<string, unknown>)[path[0]!], path.slice(1));
}

function shown(value: unknown): unknown {
  return value === null || value === undefined || typeof value === 'string' ? (value ?? null) : JSON.stringify(value);
}

function compact(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

describe('reading NDJSON', () => {
  it('finds what JSON.parse finds, line by line, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 6 }),
        fc.integer({ min: 1, max: 50 }),
        async (lines, chunkBytes) => {
          const { rows, reader } = await readWhole(lines.join('\n'), config, chunkBytes);
          expect(reader.rejects.kept).toEqual([]);
          const parsed = lines.map((line) => JSON.parse(line) as unknown);
          for (const [name, path] of [
            ['a', ['a']],
            ['deep', ['o', 'p', 'q']],
            ['second', ['list', '1']],
          ] as const) {
            const isList = (value: unknown): boolean =>
              path[0] !== 'list' || Array.isArray(at(value, ['list'])) || at(value, ['list', '1']) === null;
            rows.forEach((row, i) => {
              if (isList(parsed[i])) expect(compact(row[name])).toEqual(compact(shown(at(parsed[i], path))));
            });
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('accepts a line if and only if JSON.parse does and it is an object', async () => {
    const damage = fc.tuple(
      record,
      fc.nat(),
      fc.constantFrom('', '"', '\\', '{', ']', ',', '0', '\u0001', 'e', '.', 'tru'),
    );
    await fc.assert(
      fc.asyncProperty(damage, async ([line, where, patch]) => {
        const i = where % line.length;
        const text = line.slice(0, i) + patch + line.slice(i + 1);
        // An event time is written in digits alone.
        fc.pre(!/\p{Surrogate}/u.test(text) && !/"t" : -?\d+[.eE]/.test(text));
        const { rows, reader } = await readWhole(text, config);
        let wanted: boolean;
        try {
          const value = JSON.parse(text) as unknown;
          wanted =
            typeof value === 'object' && value !== null && !Array.isArray(value) && Number.isInteger(at(value, ['t']));
        } catch {
          wanted = false;
        }
        if (text.trim() !== '') expect([rows.length, reader.rejects.count]).toEqual(wanted ? [1, 0] : [0, 1]);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps whole numbers exact, keys plain, and the last of equal keys', async () => {
    const text = [
      '{"t":1,"__proto__":"own","a":9007199254740993}',
      '{"a":"\\ud83d\\ude00\\u0041\\n","t":2,"o":{"p":{"q":1}},"o":{"p":{}}}',
      '{"t":9223372036854775808}',
    ].join('\r\n');
    const { rows, reader } = await readWhole(text, config);
    expect(rows.map((row) => Object.values(row))).toEqual([
      [1, '9007199254740993', null, null, 'own'],
      [2, '😀A\n', null, null, null],
    ]);
    expect(reader.rejects.kept.map((reject) => reject.reason)).toEqual(['beyond int64: 9223372036854775808']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('rejects lines that are cut, nested too deep, no objects or no UTF-8, each with its reason', async () => {
    const deep = `{"t":1,"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const { reader } = await readWhole([deep, '[1]', '{"t":2', '', '{"t":3} x', '{"t":4,}'].join('\n'), config, 900);
    expect(reader.blank).toBe(1);
    expect(reader.rejects.kept.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 nesting deeper than the limit of 64 (byte 75 of the line)',
      '2 not a JSON object',
      '3 incomplete JSON',
      '5 something follows the JSON value',
      '6 expected a key, found } (byte 8 of the line)',
    ]);
  });

  it('passes over the actions of an Elasticsearch bulk request', async () => {
    const text =
      'POST _bulk\n{ "index" : { "_index" : "x", "_id" : "1" } }\n{"t":1}\n{"delete":{"_id":"2"}}\n{"t":2}\n';
    const { rows, reader } = await readWhole(text, config);
    expect(rows.map((row) => row['t'])).toEqual([1, 2]);
    expect([reader.blank, reader.bulkLines, reader.rejects.count]).toEqual([3, 3, 0]);
    const plain = await readWhole('{"t":1}\n{"index":{"_id":"1"}}\n', config);
    expect(plain.reader.rejects.count).toBe(1);
  });
});

describe('reading a JSON array', () => {
  it('gives the rows of the same records as NDJSON, wherever the array stands', async () => {
    const paths = fc.constantFrom<readonly [string, string, string]>(
      ['', '', ''],
      ['items', '{"x":[1,{"items":[2]}],"items":', ',"y":[]}'],
      ['data.items', '{"items":[7],"data":{"a":"items","items":', '},"more":1}'],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 6 }),
        paths,
        fc.integer({ min: 1, max: 50 }),
        async (lines, [arrayPath, before, after], chunkBytes) => {
          const text = `${before}[ ${lines.join(' ,\n')} ]${after}\n`;
          const lined = await readWhole(lines.join('\n'), config);
          const { rows, reader } = await readWhole(text, { ...config, format: 'json', arrayPath }, chunkBytes);
          expect(reader.problems().map(({ code }) => code)).toEqual(lined.reader.problems().map(({ code }) => code));
          expect(rows).toEqual(lined.rows);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('rejects elements that are no objects and goes on; says where an array breaks off', async () => {
    const array: Config = { ...config, format: 'json' };
    const { rows, reader } = await readWhole(`[{"t":1}, 5,\n{"t":"x"},\n{"t":2}]`, array, 3);
    expect(rows.map((row) => row['t'])).toEqual([1, 2]);
    expect(reader.rejects.kept.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 not a JSON object',
      '2 not a whole number: x',
    ]);
    for (const [text, message] of [
      ['[{"t":1},\n{"t"', 'The record on line 2 is not JSON: incomplete JSON (line 2).'],
      ['[{"t":1}\n', 'The file ends inside the array.'],
      ['[{"t":1} {"t":2}]', 'Line 1 has something other than , or ] behind a record.'],
      ['{"t":1}', 'The file is no array.'],
      ['t,a\n1,2\n', 'The file does not begin as JSON: with [ or {.'],
    ] as const) {
      for (const chunkBytes of [1, 100]) {
        const cut = await readWhole(text, array, chunkBytes);
        expect(cut.reader.problems().map((problem) => problem.message)).toEqual([message]);
      }
    }
    const elsewhere = await readWhole('{"a":[]}', { ...array, arrayPath: 'b.c' });
    expect(elsewhere.reader.problems()[0]!.message).toBe('The file has no array at b.c.');
  });

  it('reads the features of GeoJSON by path', async () => {
    const text =
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"time":5,"mag":1.5},"geometry":{"type":"Point","coordinates":[-118.5,34.25,2]}}]}';
    const { rows } = await readWhole(text, {
      format: 'geojson',
      columns: [
        { name: 'properties.time', type: 'TIMESTAMP' },
        { name: 'mag', path: 'properties.mag', type: 'DOUBLE' },
        { name: 'geometry.coordinates', type: 'ARRAY<DOUBLE>' },
        { name: 'lat', path: 'geometry.coordinates.1', type: 'DOUBLE' },
      ],
      time: { column: 'properties.time', unit: 'ms' },
    });
    expect(rows).toEqual([{ 'properties.time': 5, mag: 1.5, 'geometry.coordinates': [-118.5, 34.25, 2], lat: 34.25 }]);
  });
});

describe('a JSON tree', () => {
  it('is what JSON.parse gives, but exact', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(JSON.parse(jsonText(parseJsonTree(text)))).toEqual(JSON.parse(text));
        expect(jsonText(jsonTree(JSON.parse(text)))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
    expect(jsonText(parseJsonTree('[9007199254740993, -12345678901234567890]'))).toBe(
      '[9007199254740993,-12345678901234567890]',
    );
  });
});
