import { describe, expect, it } from 'vitest';
import { bytesSource } from '../byte-source.ts';
import { detectFile } from '../detect.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';

const environment = { inflate: <T>(chunks: T): T => chunks, signal: null };

async function columnsOf(text: string): Promise<readonly string[]> {
  const { columns } = await detectFile(bytesSource('file', encodeUtf8(text)), environment);
  return columns.map(({ name, type }) => `${name} ${type}`);
}

const ndjson = (records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('columns of JSON records', () => {
  it.each<[string, readonly object[], readonly string[]]>([
    [
      'an object or null',
      [
        { p: null, q: 1 },
        { p: { x: 1, y: 'a' }, q: 1 },
      ],
      ['p.x BIGINT', 'p.y STRING', 'q BIGINT'],
    ],
    [
      'an object, empty or not',
      [
        { p: {}, q: 1 },
        { p: { x: 1 }, q: 1 },
      ],
      ['p.x BIGINT', 'q BIGINT'],
    ],
    [
      'an object or a value',
      [
        { p: 5, q: 1 },
        { p: { x: 1 }, q: 1 },
      ],
      ['p STRING', 'q BIGINT'],
    ],
    ['a value or null', [{ p: null }, { p: 5 }], ['p BIGINT']],
    ['nothing but null', [{ p: null }, { p: null }], ['p STRING']],
    ['an object of objects', [{ p: null }, { p: { x: null } }, { p: { x: { y: true } } }], ['p.x.y BOOLEAN']],
  ])('are the same in whatever order there is %s', async (_, records, expected) => {
    expect(await columnsOf(ndjson(records))).toEqual(expected);
    expect(await columnsOf(ndjson(records.toReversed()))).toEqual(expected);
  });

  it('are found behind GeoJSON features without properties or geometry', async () => {
    const empty = { type: 'Feature', properties: null, geometry: null };
    const full = {
      type: 'Feature',
      properties: { time: 1_700_000_000_000, mag: 1.5 },
      geometry: { type: 'Point', coordinates: [1.5, 2.5] },
    };
    const expected = [
      'type STRING',
      'properties.time TIMESTAMP',
      'properties.mag DOUBLE',
      'geometry.type STRING',
      'geometry.coordinates.0 DOUBLE',
      'geometry.coordinates.1 DOUBLE',
    ];
    const collection = (features: readonly object[]): string => JSON.stringify({ type: 'FeatureCollection', features });
    expect(await columnsOf(collection([empty, full]))).toEqual(expected);
    expect(await columnsOf(collection([full, empty]))).toEqual(expected);
  });

  it('stand in the order of the file, also when they are named by numbers', async () => {
    expect(await columnsOf('{"2":1,"1":"a","b":1}\n')).toEqual(['2 BIGINT', '1 STRING', 'b BIGINT']);
  });
});
