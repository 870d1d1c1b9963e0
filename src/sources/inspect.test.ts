import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inflate, ReadEnvironment } from './byte-source.ts';
import { bytesSource, inflateError } from './byte-source.ts';
import type { DetectChoices } from './detect.ts';
import type { Inspection } from './inspect.ts';
import { inspectFile } from './inspect.ts';
import { encodeUtf8 } from './text/utf8-reader.ts';

const inflate: Inflate = async function* (chunks) {
  const gunzip = Readable.from(chunks).pipe(createGunzip());
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    throw inflateError(error) ?? error;
  }
};
const environment: ReadEnvironment = { inflate, signal: null };

function inspect(content: string | Uint8Array, choices?: DetectChoices): Promise<Inspection> {
  const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
  return inspectFile(bytesSource('file', bytes, 1000), environment, choices);
}

function warning(inspection: Inspection, code: string): string {
  return inspection.warnings
    .filter((finding) => finding.code === code)
    .map((finding) => finding.message)
    .join('\n');
}

const types = (inspection: Inspection): string[] => inspection.columns.map(({ name, type }) => `${name} ${type}`);
const codes = (inspection: Inspection): string[] => inspection.warnings.map((finding) => finding.code);

describe('inspecting a file', () => {
  it('accepts an ordinary CSV without a word', async () => {
    const found = await inspect('ts,user,n,ok\n2024-05-01T10:00:00Z,ann,1.5,true\n2024-05-01T10:00:05Z,bob,,false\n');
    expect(found).toMatchObject({
      verdict: 'accept',
      rows: 2,
      rejected: 0,
      timeColumn: 'ts',
      warnings: [],
      error: null,
    });
    expect(types(found)).toEqual(['ts TIMESTAMP', 'user STRING', 'n DOUBLE', 'ok BOOLEAN']);
  });

  it('finds delimiters, NULL words, numbers that are names, and whole numbers beyond a double', async () => {
    const lines = ['time\tzip\tlevel\tid', ...[1, 2, 3, 4].map((n) => `2024-05-0${n} 00:00:00Z\t0123${n}\t${n}\t${n}`)];
    const found = await inspect([...lines, '2024-05-05 00:00:00Z\t01235\tNA\t18446744073709551615'].join('\n'));
    expect(types(found)).toEqual(['time TIMESTAMP', 'zip STRING', 'level BIGINT', 'id STRING']);
    expect(found.columns[2]).toMatchObject({ nulls: ['NA'] });
    expect([found.rows, found.rejected]).toEqual([5, 0]);
    expect(warning(found, 'int64')).toContain('18446744073709551615');
  });

  it('refuses what holds no records, and says what to do instead', async () => {
    for (const [content, code] of [
      ['', 'empty-file'],
      ['\n \r\n', 'empty-file'],
      ['PK\u0003\u0004 rest of an archive', 'content-type'],
      ['PAR1 and columns', 'content-type'],
      [Uint8Array.from({ length: 300 }, (_, i) => (i * 7) & 15), 'content-type'],
      ['{"a":', 'bad-json'],
      ['[1, 2', 'bad-json'],
      ['[1, 2]', 'no-records'],
      ['"a,b\n1,2\n', 'unterminated-quote'],
      [`${'a,'.repeat(6_000)}b\n`, 'too-many-columns'],
    ] as const) {
      const found = await inspect(content);
      expect([found.verdict, found.error?.code, found.rows]).toEqual(['reject', code, 0]);
      expect(found.error?.fix).not.toBe('');
    }
  });

  it('knows the header alone from a file without one', async () => {
    const alone = await inspect('ts,user\n');
    expect([alone.rows, alone.rejected, codes(alone)]).toEqual([0, 0, ['no-time-column']]);
    const none = await inspect('2024-05-01T00:00:00Z,7\n2024-05-01T00:00:01Z,8\n');
    expect([none.verdict, none.rows, codes(none)]).toEqual(['ask', 2, ['header-looks-like-data']]);
    const told = await inspect('2024-05-01T00:00:00Z,7\n2024-05-01T00:00:01Z,8\n', { header: 'none' });
    expect([told.verdict, told.rows, types(told)]).toEqual(['accept', 2, ['c1 TIMESTAMP', 'c2 BIGINT']]);
  });

  it('says when the delimiter that was chosen is the wrong one', async () => {
    const found = await inspect('ts;n\n2024-05-01T00:00:00Z;1\n', { delimiter: ',' });
    expect(found.error).toMatchObject({ code: 'wrong-delimiter', fix: 'Choose “;” as the delimiter.' });
  });

  it('asks for what only the user knows: day or month, zone, unit, decimal sign, encoding', async () => {
    const asked = async (content: string | Uint8Array, choices?: DetectChoices): Promise<string[]> =>
      (await inspect(content, choices)).detection.questions.map((question) => question.code);
    expect(await asked('when,n\n01/02/2024 10:00,1\n', { zone: 'UTC' })).toEqual(['date-order-ambiguous']);
    expect(await asked('when,n\n21/02/2024 10:00,1\n', { zone: 'UTC' })).toEqual([]);
    expect(await asked('when,n\n2024-02-21 10:00,1\n')).toEqual(['timestamp-no-zone']);
    expect(await asked('ts,n\n1714521600,1\n1714521601000,1\n1714521602,1\n')).toEqual(['timestamp-units-mixed']);
    expect(await asked('ts;n\n1714521600000;1,5\n1714521600001;2.000,25\n')).toEqual(['decimal-comma']);
    expect(await asked(Uint8Array.from([...encodeUtf8('ts,n\n1714521600000,'), 0xe9, 10]))).toEqual(['invalid-utf8']);
  });

  it('names the lines where a clock was put forward or back', async () => {
    const text = 'ts,n\n2024-03-10T02:30:00,1\n2024-11-03T01:30:00,2\n2024-11-03T03:30:00,3\n';
    const found = await inspect(text, { zone: 'America/New_York' });
    expect(found.verdict).toBe('ask');
    expect(warning(found, 'local-time-gap')).toContain('line 2');
    expect(warning(found, 'local-time-ambiguous')).toContain('line 3');
  });

  it('names an event that would make all later ones late, but no order that is merely mixed up', async () => {
    const time = (second: number): string => new Date(Date.UTC(2024, 0, 1, 0, 0, second)).toISOString();
    const rows = Array.from({ length: 30 }, (_, i) => `${time(i)},${i}`);
    const poisoned = rows.with(9, '2061-07-28T00:00:00Z,9');
    const found = await inspect(['ts,n', ...poisoned].join('\n'));
    expect(warning(found, 'timestamp-outlier')).toMatch(/line 11: 2061-07-28.* 20 later events/);
    const shuffled = rows.map((_, i) => rows[(i * 7) % 30]!);
    expect((await inspect(['ts,n', ...shuffled].join('\n'))).verdict).toBe('accept');
  });

  it('shows characters that hide, and keeps keys apart that look the same', async () => {
    const rows = ['bell\u0007', 'zero\u200bwidth', 'e\u0301', '\u00e9'].map((key, i) => `171452160000${i},${key}`);
    const found = await inspect(['ts,key', ...rows].join('\n'));
    expect(codes(found)).toEqual(['control-characters', 'invisible-characters', 'unicode-normalization']);
    expect(warning(found, 'invisible-characters')).toContain('line 3');
    expect(warning(found, 'invisible-characters')).toContain('zeroU+200Bwidth');
    expect(warning(found, 'unicode-normalization')).toContain('line 4, line 5');
  });

  it('reads every kind of JSON by what is in it', async () => {
    const lines = await inspect('{"time":1714521600000,"a":{"b":1}}\n{"time":1714521600001,"a":{"b":2}}\n');
    expect([lines.detection.format, types(lines)]).toEqual(['ndjson', ['time TIMESTAMP', 'a.b BIGINT']]);
    const array = await inspect('{"meta":{"n":2},"data":{"items":[{"time":1714521600000,"tags":[1,2]}]}}');
    expect([array.detection.format, array.detection.layout.arrayPath, types(array)]).toEqual([
      'json',
      'data.items',
      ['time TIMESTAMP', 'tags ARRAY<DOUBLE>'],
    ]);
    const geo = await inspect(
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"time":1714521600000},"geometry":{"type":"Point","coordinates":[1,2]}}]}',
    );
    expect([geo.detection.format, geo.verdict, geo.timeColumn]).toEqual(['geojson', 'accept', 'properties.time']);
    expect(types(geo).slice(-2)).toEqual(['geometry.coordinates.0 BIGINT', 'geometry.coordinates.1 BIGINT']);
  });

  it('says which columns mix types, and reads them as text', async () => {
    const found = await inspect(
      '{"ts":1714521600000,"v":1}\n{"ts":1714521600001,"v":"x"}\n{"ts":1714521600002,"v":{"y":1}}\n',
    );
    expect([found.rows, found.rejected, types(found)]).toEqual([3, 0, ['ts TIMESTAMP', 'v STRING']]);
    expect(warning(found, 'mixed-types')).toContain('line 2, line 3');
  });

  it('reads gzip by its content, and tells a whole stream from one that is cut or damaged', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${1714521600000 + i},${(i * 7919) % 1000}`);
    const packed = gzipSync(['ts,n', ...rows].join('\n'));
    expect(await inspect(packed)).toMatchObject({ verdict: 'accept', rows: 20_000 });
    const cut = await inspect(packed.subarray(0, packed.length >> 1));
    expect(cut.verdict).toBe('accept_with_warnings');
    expect(cut.rows).toBeGreaterThan(1000);
    expect(cut.rows + cut.rejected).toBeLessThan(20_000);
    expect(warning(cut, 'compressed-stream-cut')).toContain(`${cut.rows} rows`);
    const damaged = Uint8Array.from(packed);
    damaged[packed.length - 8]! ^= 1;
    expect(await inspect(damaged)).toMatchObject({ verdict: 'reject', error: { code: 'checksum' } });
  });

  it('stops when it is told to, and tells how far it is', async () => {
    const bytes = encodeUtf8(`ts,n\n${'1714521600000,1\n'.repeat(200_000)}`);
    const signal = { aborted: false };
    const seen: number[] = [];
    const found = await inspectFile(bytesSource('file', bytes, 65_536), { inflate, signal }, {}, (progress) => {
      seen.push(progress.done / (progress.total ?? 1));
      if (progress.done > bytes.length / 2) signal.aborted = true;
    });
    expect(found).toMatchObject({ verdict: 'reject', error: { code: 'cancelled' } });
    expect(found.rows).toBeLessThan(200_000);
    expect(seen.every((share, i) => share <= 1 && (i === 0 || share >= seen[i - 1]!))).toBe(true);
  });

  it('judges any damaged file, and judges it alike however it is cut', async () => {
    const seeds = [
      'ts,user,n\r\n2024-05-01T10:00:00Z,"a ""b""\nc",1.5\n1714521600000,é,\n\n2024-05-01,x,y,z\n',
      '{"time":1714521600000,"a":{"b":[1,2]},"c":"\\u00e9"}\n{"time":"2024-05-01T10:00:00Z"}\n\n{"time":1e3',
      '{"data":{"items":[{"time":1714521600000,"v":true},{"time":null}]},"more":[]}',
      'when;v\n01.02.2024 10:00;1,5\n02.02.2024 10:00;2.000,25\n',
    ];
    const patch = fc.constantFrom(
      '"',
      ',',
      '\n',
      '\r',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '\u0000',
      '\u00ff',
      '1e999',
      ';',
      '-',
      'null',
    );
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(8), patch), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        damage,
        fc.integer({ min: 1, max: 40 }),
        async (seed, places, size) => {
          let bytes = [...encodeUtf8(seed)];
          for (const [where, length, text] of places)
            bytes = bytes.toSpliced(where % bytes.length, length, text.charCodeAt(0));
          const whole = await inspectFile(bytesSource('file', Uint8Array.from(bytes)), environment);
          const cut = await inspectFile(bytesSource('file', Uint8Array.from(bytes), size), environment);
          expect({ ...cut, rejects: cut.rejects.kept }).toEqual({ ...whole, rejects: whole.rejects.kept });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves no trace of hostile names', async () => {
    const found = await inspect(
      '{"ts":1714521600000,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}\n',
    );
    expect(types(found)).toContain('__proto__.polluted BIGINT');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
