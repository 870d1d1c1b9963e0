import { expect, test } from 'vitest';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { runWindow } from '../../testing/window-run.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };
const HOUR_MS = 3_600_000;
const aggregates = [{ name: 'n', function: 'count' }];

/** Windows, times and figures of the results in a local time 8 hours ahead, one window of 5 hours after the other. */
function results(config: object, log: string) {
  const common = { schema, dialect: 'flink-sql', log, engine: { localOffsetMs: 8 * HOUR_MS } } as const;
  const { lines } = runWindow({ ...common, config: { kind: 'tumbling', sizeMs: 5 * HOUR_MS, aggregates, ...config } });
  return lines.map(({ seq, window, ts, row }) => [seq, window, ts, row['n'] ?? row['window_time']]);
}

// 02:00 UTC is 10:00 there, where a window of five hours begins; it ends at 15:00, which is 07:00 UTC.
const at = (hours: number): number => hours * HOUR_MS;
const log = `
  + ${at(1)} user=a amount=1
  + ${at(2)} user=a amount=1
  W ${at(7) - 2}
  W ${at(7) - 1}
`;

test('windows are aligned to local time and told in it, and fire by UTC', () => {
  expect(results({}, log)).toEqual([
    [2, [at(5), at(10)], at(2) - 1, 1],
    [3, [at(10), at(15)], at(7) - 1, 1],
  ]);
});

test('the time of a row with its window is an instant', () => {
  expect(results({ result: 'rows' }, log)).toEqual([
    [0, [at(5), at(10)], at(2) - 1, at(2) - 1],
    [1, [at(10), at(15)], at(7) - 1, at(7) - 1],
  ]);
});

test('an offset moves the local grid', () => {
  expect(results({ offsetMs: HOUR_MS }, log).map(([, window]) => window)).toEqual([[at(6), at(11)]]);
});
