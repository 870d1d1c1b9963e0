import { expect, test } from 'vitest';
import type { ResultRecord } from '../engine/result-records.ts';
import { abandonedCarts } from '../pipeline/templates/abandoned-carts.ts';
import { bursts } from '../pipeline/templates/bursts.ts';
import { captures } from '../pipeline/templates/captures.ts';
import { GALLERY } from '../pipeline/templates/gallery.ts';
import { highestBid } from '../pipeline/templates/highest-bid.ts';
import { hotItems } from '../pipeline/templates/hot-items.ts';
import { lastTen } from '../pipeline/templates/last-ten.ts';
import { newSellers } from '../pipeline/templates/new-sellers.ts';
import { oneWindow } from '../pipeline/templates/one-window.ts';
import { salesSoFar } from '../pipeline/templates/sales-so-far.ts';
import { silentPartition } from '../pipeline/templates/silent-partition.ts';
import { transactionAudit } from '../pipeline/templates/transaction-audit.ts';
import { viewingHistory } from '../pipeline/templates/viewing-history.ts';
import { run, watch } from '../testing/run-template.ts';

/** Far fewer events, in order: what comes out can be told by looking at what goes in. */
const IN_ORDER = { delay: { distribution: 'none' }, stragglers: { sharePercent: 0 } };

test.each(GALLERY)('$id has rows at every sink after ten seconds of watching, late ones too', async (template) => {
  const { nodes } = await watch(template, 10);
  const sinks = template.document.nodes.filter(({ type }) => type === 'sink').map(({ id }) => id);
  expect(sinks.filter((id) => nodes[id]?.in === 0)).toEqual([]);
});

test('a hot item has as many bids as any auction of its window', async () => {
  const { results } = await run(hotItems.document, { events: 150 });
  const counts = results('by-auction');
  const hot = results('results');
  expect(hot.length).toBeGreaterThan(3);
  for (const { row, window } of hot) {
    const same = counts.filter((count) => String(count.window) === String(window));
    expect(row['bids']).toBe(Math.max(...same.map((count) => Number(count.row['num']))));
    expect(same.map((count) => count.row['auction'])).toContain(row['auction']);
  }
});

test('a window has one highest bid, at the highest price', async () => {
  const { results } = await run(highestBid.document, { events: 500, ...IN_ORDER });
  const prices = new Map(results('prices').map(({ window, row }) => [String(window), Number(row['highest'])]));
  const bids = results('results');
  expect(bids).toHaveLength(prices.size);
  for (const { window, row } of bids) expect(row['dollars']).toBe((prices.get(String(window)) ?? 0) / 100);
});

test('a new seller opened the account within the window in which the auctions are', async () => {
  const { results } = await run(newSellers.document, { events: 200, ...IN_ORDER });
  const sellers = results('results');
  expect(sellers.length).toBeGreaterThan(0);
  const ids = sellers.map(({ row }) => String(row['id']));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { row } of sellers) {
    expect(row['id']).toBe(row['seller']);
    expect(Number(row['auctions'])).toBeGreaterThan(0);
  }
});

test('a cart is either bought or abandoned, never both', async () => {
  const { results } = await run(abandonedCarts.document, { events: 1_500 });
  const [bought, abandoned] = ['bought', 'abandoned'].map((sink) =>
    results(sink).map(({ row }) => Number(row['click_id'])),
  );
  expect(bought?.length).toBeGreaterThan(10);
  expect(abandoned?.length).toBeGreaterThan(10);
  expect(bought?.filter((id) => abandoned?.includes(id))).toEqual([]);
  for (const { row } of results('bought')) {
    expect(Number(row['right_ts']) - Number(row['ts'])).toBeLessThanOrEqual(180_000);
  }
});

test('what is too late is of the silent partition alone, and nothing is where no partition is left behind', async () => {
  const { ledger, results } = await run(silentPartition.document, { events: 900, ...IN_ORDER });
  const late = results('too-late');
  expect(late.length).toBeGreaterThan(20);
  expect(late.length).toBe(ledger.nodes['mean']?.late);
  const sensors = new Set(late.map(({ row }) => row['sensor_id']));
  expect(sensors.size).toBeLessThanOrEqual(24 / 3);
  const waiting = await run(silentPartition.document, { events: 900, ...IN_ORDER, watermark: { delayMs: 4_000 } });
  expect(waiting.results('too-late')).toEqual([]);
  const counted = waiting.results('by-site').reduce((sum, { row }) => sum + Number(row['readings']), 0);
  expect(counted).toBe(waiting.ledger.nodes['mean']?.in);
});

test('each authorisation is told once: with a capture within a minute, or without any', async () => {
  const { ledger, results } = await run(captures.document, { events: 300, ...IN_ORDER });
  const [inTime, missing] = [results('in-time'), results('missing')].map((rows) => rows.map(({ row }) => row));
  expect(inTime!.length).toBeGreaterThan(50);
  expect(missing!.length).toBeGreaterThan(5);
  const ids = [...inTime!, ...missing!].map((row) => Number(row['payment_id']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(ledger.nodes['authorised']?.used);
  for (const row of inTime!) {
    const afterMs = Number(row['right_ts']) - Number(row['ts']);
    expect(row['right_payment_id']).toBe(row['payment_id']);
    expect(afterMs).toBeGreaterThanOrEqual(0);
    expect(afterMs).toBeLessThanOrEqual(60_000);
  }
  for (const row of missing!) expect(row['right_payment_id']).toBeNull();
});

test('every payment is in the trail once, with the total of its account up to then', async () => {
  const { ledger, results } = await run(transactionAudit.document, { events: 150 });
  const rows = [...results('review'), ...results('trail')]
    .map(({ row }) => row)
    .toSorted((a, b) => Number(a['ts']) - Number(b['ts']));
  expect(rows).toHaveLength(150 - (ledger.nodes['balance']?.late ?? 0));
  expect(new Set(rows.map((row) => row['click_id'])).size).toBe(rows.length);
  expect(ledger.nodes['once']?.filtered).toBe(ledger.nodes['one-in-seven']?.used);
  const totals = new Map<unknown, number>();
  for (const row of rows) {
    const total = (totals.get(row['user_id']) ?? 0) + Number(row['amount']);
    totals.set(row['user_id'], total);
    expect(Number(row['total'])).toBeCloseTo(total, 6);
  }
});

test('a film goes on where the sittings of its viewer add up to', async () => {
  const { results } = await run(viewingHistory.document, { events: 120, ...IN_ORDER });
  const seconds = new Map<string, number>();
  for (const { row, window } of results('by-viewer')) {
    const film = `${String(row['user_id'])} ${String(row['film'])}`;
    const [startMs, endMs] = window ?? [0, 0];
    seconds.set(film, (seconds.get(film) ?? 0) + Math.floor((endMs - startMs) / 1000) - 8);
  }
  const now = new Map<string, unknown>();
  for (const { op, row } of results('results')) {
    if (op !== '-U') now.set(`${String(row['viewer'])} ${String(row['film'])}`, row['resume_at_s']);
  }
  expect(now.size).toBeGreaterThan(5);
  expect(Object.fromEntries(now)).toEqual(Object.fromEntries(seconds));
});

/** Rows told apart. */
function by<Key>(rows: readonly ResultRecord[], keyOf: (record: ResultRecord) => Key): Map<Key, ResultRecord[]> {
  const groups = new Map<Key, ResultRecord[]>();
  for (const record of rows) groups.set(keyOf(record), [...(groups.get(keyOf(record)) ?? []), record]);
  return groups;
}

function userOf({ row }: ResultRecord): string {
  return String(row['user_id']);
}

function sum(rows: readonly ResultRecord[], column: string): number {
  return rows.reduce((total, { row }) => total + Number(row[column]), 0);
}

test('the sales of a minute grow step by step to those of the whole minute, and all minutes to all purchases', async () => {
  const { ledger, results } = await run(salesSoFar.document, { events: 700, ...IN_ORDER });
  const steps = by(results('results'), ({ window }) => window?.[0]);
  const minutes = new Map(results('minutes').map(({ window, row }) => [window?.[0], row['sales']]));
  expect(minutes.size).toBeGreaterThan(2);
  for (const [start, figures] of steps) {
    const sales = figures.map(({ row }) => Number(row['sales']));
    expect(sales).toEqual(sales.toSorted((a, b) => a - b));
    expect(sales.at(-1)).toBe(minutes.get(start));
  }
  expect(sum(results('minutes'), 'purchases')).toBe(ledger.nodes['so-far']?.in);
});

test('sliding windows find each burst that windows by the clock find, and more', async () => {
  const { results } = await run(bursts.document, { events: 120, ...IN_ORDER });
  const sliding = by(results('bursts'), userOf);
  const fixed = results('bursts-by-clock');
  expect(fixed.length).toBeGreaterThan(3);
  for (const record of fixed) {
    const { row, window } = record;
    const [startMs, endMs] = window ?? [0, 0];
    const found = sliding.get(userOf(record))?.filter((burst) => {
      const [from, to] = burst.window ?? [0, 0];
      return from < endMs && startMs < to;
    });
    expect(Math.max(...(found ?? []).map((burst) => Number(burst.row['clicks'])))).toBeGreaterThanOrEqual(
      Number(row['clicks']),
    );
  }
  const times = (rows: readonly ResultRecord[]): readonly string[] =>
    rows.map((record) => `${userOf(record)} ${String(Math.floor((record.window?.[1] ?? 0) / 5_000))}`);
  expect(new Set(times(results('bursts'))).size).toBeGreaterThan(new Set(times(fixed)).size);
});

test('windows by number give a mean of the last ten after each five, however long that takes', async () => {
  const { results } = await run(lastTen.document, { events: 400, ...IN_ORDER });
  const all = by(results('means'), userOf);
  const users = by(results('results'), userOf);
  expect(users.size).toBeGreaterThan(5);
  for (const [user, rows] of users) {
    const purchases = sum(all.get(user) ?? [], 'purchases');
    expect(rows.map(({ row }) => row['purchases'])).toEqual([5, ...Array<number>(rows.length - 1).fill(10)]);
    expect(rows).toHaveLength(Math.floor(purchases / 5));
  }
});

test('what a window for ever gives piece by piece adds up to what it gives whole', async () => {
  const { ledger, results } = await run(oneWindow.document, { events: 300 });
  const product = ({ row }: ResultRecord): string => String(row['product']);
  const pieces = by(results('results'), product);
  const whole = by(results('totals'), product);
  expect(whole.size).toBeGreaterThan(3);
  for (const [name, panes] of whole) {
    expect(sum(pieces.get(name) ?? [], 'sales')).toBeCloseTo(Number(panes.at(-1)?.row['sales']), 6);
  }
  expect(sum(results('results'), 'purchases')).toBe(ledger.nodes['fresh']?.in);
});
