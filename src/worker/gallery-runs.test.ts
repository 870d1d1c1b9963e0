import { expect, test } from 'vitest';
import type { ResultRecord } from '../engine/result-records.ts';
import { cardCheck } from '../pipeline/templates/card-check.ts';
import { enrich } from '../pipeline/templates/enrich.ts';
import { orders } from '../pipeline/templates/orders.ts';
import { panes } from '../pipeline/templates/panes.ts';
import { sessions } from '../pipeline/templates/sessions.ts';
import { topPages } from '../pipeline/templates/top-pages.ts';
import { updates } from '../pipeline/templates/updates.ts';
import { EVENTS, run } from '../testing/run-template.ts';

/** What the templates of the gallery promise to show. */

function groupBy(
  results: readonly ResultRecord[],
  keyOf: (result: ResultRecord) => string,
): ReadonlyMap<string, ResultRecord[]> {
  const groups = new Map<string, ResultRecord[]>();
  for (const result of results) groups.set(keyOf(result), [...(groups.get(keyOf(result)) ?? []), result]);
  return groups;
}

function clicksOf({ row }: ResultRecord): number {
  return Number(row['clicks']);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** In order: a straggler may begin a session within one that is over. */
test('sessions of a user lie apart, are at least a gap long and hold every click', async () => {
  const { ledger, results } = await run(sessions.document, {
    delay: { distribution: 'none' },
    stragglers: { sharePercent: 0 },
  });
  const visits = results('by-user');
  const byUser = groupBy(visits, ({ row }) => String(row['user_id']));
  expect(byUser.size).toBeGreaterThan(3);
  for (const own of byUser.values()) {
    const windows = own.map(({ window }) => window!).toSorted((a, b) => a[0] - b[0]);
    windows.forEach(([startMs, endMs], i) => {
      expect(endMs - startMs).toBeGreaterThanOrEqual(10_000);
      expect(startMs).toBeGreaterThanOrEqual(windows[i - 1]?.[1] ?? -Infinity);
    });
  }
  expect(new Set(visits.map(({ window }) => window![1] - window![0])).size).toBeGreaterThan(3);
  expect(sum(visits.map(clicksOf))).toBe(EVENTS);
  expect(ledger.nodes['visits']?.used).toBe(EVENTS);
});

test('a window has early panes, one on time and late ones, each with more than the one before', async () => {
  const { ledger, results } = await run(panes.document);
  const byWindow = groupBy(results('results'), ({ window }) => String(window));
  const seen = new Set<string>();
  let last = 0;
  for (const own of byWindow.values()) {
    const timings = own.map(({ pane }) => pane!.timing);
    timings.forEach((timing) => seen.add(timing));
    expect(timings.filter((timing) => timing === 'on-time')).toHaveLength(1);
    const order = timings.map((timing) => ['early', 'on-time', 'late'].indexOf(timing));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const clicks = own.map(clicksOf);
    expect(clicks).toEqual(clicks.toSorted((a, b) => a - b));
    for (const [i, timing] of timings.entries()) if (timing === 'early') expect(clicks[i]! % 25).toBe(0);
    last += clicks.at(-1)!;
  }
  expect(seen).toEqual(new Set(['early', 'on-time', 'late']));
  expect(last).toBe(ledger.nodes['counts']?.used);
});

test('every click in time updates its count once, and what comes through suppress is the last update', async () => {
  const { ledger, results } = await run(updates.document);
  const counts = ledger.nodes['counts']!;
  const all = results('all-updates');
  expect(all).toHaveLength(EVENTS - counts.late);
  const last = new Map(
    all.map((update) => [`${String(update.row['user_id'])} ${String(update.window)}`, clicksOf(update)]),
  );
  const final = results('results');
  expect(final.length).toBeGreaterThan(10);
  for (const result of final) {
    expect(clicksOf(result)).toBe(last.get(`${String(result.row['user_id'])} ${String(result.window)}`));
  }
  expect(sum(final.map(clicksOf))).toBe(counts.used);
});

/** The newest row of each key: what a changelog stands for. */
function tableOf(results: readonly ResultRecord[], key: string): ReadonlyMap<unknown, ResultRecord['row']> {
  const rows = new Map<unknown, ResultRecord['row']>();
  for (const { op, row } of results) {
    if (op === '-D' || op === '-U') rows.delete(row[key]);
    else rows.set(row[key], row);
  }
  return rows;
}

test('the board counts the open orders of the table as it stands', async () => {
  const { results } = await run(orders.document, { events: 60 });
  const open = [...tableOf(results('table'), 'order_id').values()].filter(({ status }) => status !== 'delivered');
  const board = tableOf(results('results'), 'status');
  expect(open.length).toBeGreaterThan(10);
  expect(board.size).toBeGreaterThan(1);
  const counted = [...board].map(([status, row]) => [status, row['orders'], Math.round(Number(row['worth']) * 100)]);
  const expected = [...new Set(open.map(({ status }) => status))].map((status) => {
    const own = open.filter((order) => order['status'] === status);
    return [status, own.length, Math.round(sum(own.map(({ amount }) => Number(amount))) * 100)];
  });
  expect(counted.toSorted()).toEqual(expected.toSorted());
});

test('every click meets its user, in the tier of that moment', async () => {
  const { ledger, results } = await run(enrich.document);
  const clicks = results('all-clicks');
  expect(clicks).toHaveLength(EVENTS);
  expect(ledger.nodes['enriched']?.in).toBe(2 * EVENTS);
  const tiers = new Set(clicks.map(({ row }) => row['tier']));
  expect(tiers.size).toBeGreaterThan(1);
  const users = results('users-now');
  for (const { seq, row } of clicks) {
    const before = users.filter((user) => user.seq < seq && user.row['user_id'] === row['user_id']).at(-1);
    expect(row['tier']).toBe(before === undefined || before.op === '-D' ? null : before.row['tier']);
  }
});

test('the ranking is that of the counts, each place once', async () => {
  const { results } = await run(topPages.document, { events: 30 });
  const ranking = [...tableOf(results('results'), 'place').values()].toSorted(
    (a, b) => Number(a['place']) - Number(b['place']),
  );
  expect(ranking.map(({ place }) => place)).toEqual([1, 2, 3]);
  const clicks = ranking.map((row) => Number(row['clicks']));
  expect(clicks).toEqual(clicks.toSorted((a, b) => b - a));
});

test('an alert tells of a small purchase and a far larger one', async () => {
  const { results } = await run(cardCheck.document, { events: 2_000 });
  const alerts = results('alerts');
  expect(alerts.length).toBeGreaterThan(5);
  for (const { row } of alerts) {
    expect(Number(row['tried'])).toBeLessThan(25);
    expect(Number(row['then_paid'])).toBeGreaterThan(20 * Number(row['tried']));
  }
});
