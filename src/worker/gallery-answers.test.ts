import { expect, test } from 'vitest';
import { abandonedCarts } from '../pipeline/templates/abandoned-carts.ts';
import { GALLERY } from '../pipeline/templates/gallery.ts';
import { highestBid } from '../pipeline/templates/highest-bid.ts';
import { hotItems } from '../pipeline/templates/hot-items.ts';
import { newSellers } from '../pipeline/templates/new-sellers.ts';
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
