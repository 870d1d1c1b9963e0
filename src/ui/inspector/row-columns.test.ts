import { expect, it } from 'vitest';
import type { ResultTable } from '../../app/run-state.ts';
import { rowColumns, rowJson } from './row-columns.ts';

const NONE = Number.NaN;

function table(part: Partial<ResultTable>): ResultTable {
  return {
    nodeId: 'n',
    length: 1,
    seq: Float64Array.of(1),
    kinds: Uint8Array.of(0),
    windowStartMs: Float64Array.of(NONE),
    windowEndMs: Float64Array.of(NONE),
    timing: Uint8Array.of(1),
    tsMs: Float64Array.of(43_200_000),
    columns: [
      { name: 'page', type: 'STRING', values: ['/a'] },
      { name: 'ts', type: 'TIMESTAMP', values: [43_200_000] },
      { name: 'user', type: 'STRING', values: ['u1'] },
    ],
    key: ['user'],
    ...part,
  };
}

const names = (part: Partial<ResultTable>): readonly string[] =>
  rowColumns(table(part), (window) => window).map(({ name, textAt }) => `${name} ${textAt(0)}`);

it('shows the key and the times first', () => {
  expect(names({})).toEqual(['user u1', 'ts 12:00:00.0', 'page /a', 'event time 12:00:00.0']);
});

it('shows the window in the place of its bounds', () => {
  const bounds = ['window_start', 'window_end'].map((name) => ({ name, type: 'TIMESTAMP', values: [0] }));
  const windowed = {
    windowStartMs: Float64Array.of(60_000),
    windowEndMs: Float64Array.of(70_000),
    columns: [...bounds, { name: 'user', type: 'STRING', values: ['u1'] }],
  };
  expect(names(windowed)).toEqual(['window [01:00, 01:10)', 'user u1', 'event time 12:00:00.0']);
});

it('copies a row with the columns as the stream has them', () => {
  expect(rowJson(table({}), 0)).toBe('{"page":"/a","ts":43200000,"user":"u1"}');
});
