import { describe, expect, it } from 'vitest';
import { sourceDefinitions } from '../definition.ts';
import { fileConfig } from '../file/file-config.ts';
import { readWhole } from '../file/reading-in-tests.ts';
import { entrySource } from '../open-source.ts';
import { defined } from '../../stream/assert.ts';
import { rowToJson } from '../../stream/value.ts';
import { entryLogOf } from './entries.ts';

/** A source with one column `t`, as the log sees it. */
function boundSource(type: string, unit: string, zone: string) {
  const written = type === 'TIMESTAMP' && unit !== 'iso' ? { unit } : {};
  const columns = [{ name: 't', type, ...written }];
  const config = { format: 'ndjson' as const, columns, time: { column: 't', unit, zone } };
  const request = { inputs: [], dialect: 'flink-datastream', timeDomain: 'event', engine: {} } as const;
  const bound = sourceDefinitions['source.file'].bind({ ...request, config: fileConfig.parse(config) });
  if (!bound.ok) throw new Error('not bound');
  return { config, source: entrySource('s', bound.value.bound, defined(bound.value.outputs.out, 'output')) };
}

describe('times in the rows of a log', () => {
  it.each<[string, string, string, readonly unknown[]]>([
    ['TIMESTAMP', 's', 'UTC', [1_700_000_000, '1700000001', 1_700_000_000.5]],
    ['BIGINT', 's', 'UTC', [1_700_000_000, 1_700_000_001]],
    ['DOUBLE', 's', 'UTC', [1_700_000_000.25]],
    ['TIMESTAMP', 'us', 'UTC', [1_700_000_000_000_001]],
    ['BIGINT', 'ns', 'UTC', ['1700000000123456789']],
    ['TIMESTAMP', 'ms', 'UTC', [1_700_000_000_000]],
    ['TIMESTAMP', 'iso', 'UTC', ['2024-07-01T12:00:00+02:00', 1_700_000_000_000, ' 2024-07-01 ']],
    ['TIMESTAMP', 'yyyy/MM/dd HH:mm', 'Europe/Berlin', ['2024/07/01 12:00']],
    ['STRING', 'yyyy/MM/dd HH:mm', 'Europe/Berlin', ['2024/07/01 12:00']],
  ])('of a %s column in %s, %s, are those of the file', async (type, unit, zone, times) => {
    const { config, source } = boundSource(type, unit, zone);
    const file = await readWhole(times.map((t) => `${JSON.stringify({ t })}\n`).join(''), config);
    const log = entryLogOf(
      times.map((t) => ({ source: 's', row: { t } })),
      [source],
    );
    if (!log.ok) throw new Error(log.problems[0]!.message);
    const { columns, ts } = log.value.rows[0]!;
    expect(file.ts).toHaveLength(times.length);
    expect([...ts]).toEqual(file.ts);
    expect(times.map((_, i) => rowToJson(columns, source.schema, i))).toEqual(file.rows);
  });

  it('that are none are problems with their place', () => {
    const late = entryLogOf([{ row: { t: 'soon' } }], [boundSource('STRING', 'iso', 'UTC').source]);
    expect(late.problems).toMatchObject([
      { path: 'log.0.row.t', message: 'Line 1 has no event time in t: not an ISO 8601 time: soon.' },
    ]);
    const wrong = entryLogOf([{ row: { t: true } }], [boundSource('TIMESTAMP', 's', 'UTC').source]);
    expect(wrong.problems).toMatchObject([
      { path: 'log.0.row.t', message: 'Line 1 has a wrong t: not a number: true.' },
    ]);
  });

  it('give way to the time of the entry', () => {
    const log = entryLogOf([{ row: { t: 5 }, ts: 7 }], [boundSource('BIGINT', 's', 'UTC').source]);
    expect(log.ok ? [...log.value.rows[0]!.ts] : log.problems).toEqual([7]);
  });
});
