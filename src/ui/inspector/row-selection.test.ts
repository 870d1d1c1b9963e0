import { expect, test } from 'vitest';
import type { ResultTable } from '../../app/run-state.ts';
import type { TimeSelection } from '../../app/time-view.ts';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { isSelectedRow, selectionOf } from './row-selection.ts';

const { document } = clicksToPurchases;

/** Results of a window of two users, two of entry 7 and one each of entries 5 and 9, by which the table begins and ends. */
function tableOf(nodeId: string): ResultTable {
  return {
    nodeId,
    length: 4,
    seq: Float64Array.of(5, 7, 7, 9),
    kinds: new Uint8Array(4),
    windowStartMs: Float64Array.of(0, 10_000, 10_000, 20_000),
    windowEndMs: Float64Array.of(10_000, 20_000, 20_000, 30_000),
    timing: Uint8Array.of(1, 1, 1, 1),
    tsMs: Float64Array.of(9_999, 19_999, 19_999, 29_999),
    columns: [{ name: 'user_id', type: 'STRING', values: ['a', 'a', 'b', 'a'] }],
    key: ['user_id'],
  };
}

const windowTable = tableOf('clicks-per-user');
const place: Place = { nodeId: 'clicks-per-user', port: 'out', viewerId: 'clicks-per-user' };

function selectedRows(selection: TimeSelection | null, table = windowTable, at = place): number[] {
  return [0, 1, 2, 3].filter((row) => isSelectedRow(selection, selectionOf(document, at, table, row), table, row));
}

type Place = Parameters<typeof selectionOf>[1];

test('a result that is selected by its row is that row alone', () => {
  for (const row of [0, 1, 2, 3]) expect(selectedRows(selectionOf(document, place, windowTable, row))).toEqual([row]);
  expect(selectedRows(null)).toEqual([]);
});

test('a result that is selected elsewhere is found: counted from either end, or by its window and key', () => {
  const pane = { kind: 'pane', nodeId: 'clicks-per-user', key: null, startMs: 10_000, endMs: 20_000, seq: 7 } as const;
  expect(selectedRows({ ...pane, nth: 1 })).toEqual([2]);
  expect(selectedRows({ ...pane, nth: -2 })).toEqual([1]);
  expect(selectedRows(pane)).toEqual([1, 2]);
  expect(selectedRows({ ...pane, key: '{"user_id":"b"}' })).toEqual([2]);
  expect(selectedRows({ ...pane, endMs: 25_000 })).toEqual([]);
  expect(selectedRows({ ...pane, nodeId: 'activity' })).toEqual([]);
  // Rows of entry 5 may stand before the table.
  expect(selectedRows({ ...pane, seq: 5, nth: 0 })).toEqual([]);
});

test('rows before any window are events, by whichever node they are looked at; so are those that came late', () => {
  const event = { kind: 'event', nodeId: 'clicks-per-user', seq: 9 } as const;
  for (const at of [
    { nodeId: 'clicks', port: 'out', viewerId: 'real-pages' },
    { nodeId: 'real-pages', port: 'out', viewerId: 'clicks-per-user' },
    { nodeId: 'clicks-per-user', port: 'late', viewerId: 'late-clicks' },
  ] as const) {
    const own = { kind: 'event', nodeId: at.viewerId, seq: 9, eventMs: 29_999 };
    expect(selectionOf(document, at, tableOf(at.nodeId), 3)).toEqual(own);
    expect(selectedRows(event, tableOf(at.nodeId), at)).toEqual([3]);
  }
  expect(selectedRows(event)).toEqual([]);
});
