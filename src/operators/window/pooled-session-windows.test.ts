import { describe, expect, test } from 'vitest';
import { Random } from '../../stream/random.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { shownWindow } from '../../testing/shown-window.ts';
import { runWindow } from '../../testing/window-run.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };
const GAP_MS = 100;
const USERS = 12;

type Entry =
  { readonly user: string; readonly timeMs: number; readonly amount: number } | { readonly watermark: number };

interface Session {
  readonly user: string;
  startMs: number;
  endMs: number;
  n: number;
  total: number;
}

/** Rows out of order around a time that moves on, and now and then leaps; watermarks that some of them are behind. */
function disordered(count: number, leapMs: number): readonly Entry[] {
  const random = new Random(7);
  const entries: Entry[] = [];
  let nowMs = -1000;
  let watermark = -Infinity;
  for (let i = 0; i < count; i++) {
    nowMs += random.below(20);
    if (random.below(120) === 0) nowMs += leapMs;
    const ahead = random.below(60) === 0 ? 4 * leapMs : 0;
    const timeMs = nowMs - random.below(300) + ahead;
    entries.push({ user: `u${random.below(USERS)}`, timeMs, amount: random.below(1000) });
    if (random.below(4) > 0) continue;
    watermark = Math.max(watermark, nowMs - 120);
    entries.push({ watermark });
  }
  return entries;
}

function written(entries: readonly Entry[]): string {
  return entries
    .map((entry) =>
      'watermark' in entry ? `W ${entry.watermark}` : `+ ${entry.timeMs} user=${entry.user} amount=${entry.amount}`,
    )
    .join('\n');
}

/** Every open session is looked at with every entry. */
function plainly(entries: readonly Entry[]): readonly string[] {
  const lines: string[] = [];
  let open: Session[] = [];
  let watermark = -Infinity;
  entries.forEach((entry, seq) => {
    if ('watermark' in entry) {
      watermark = entry.watermark;
      const over = open.filter(({ endMs }) => endMs - 1 <= watermark);
      open = open.filter((session) => !over.includes(session));
      for (const { user, startMs, endMs, n, total } of over.toSorted(
        (a, b) => a.endMs - b.endMs || a.startMs - b.startMs,
      ))
        lines.push(`${seq}.1 [${startMs},${endMs}) on-time#0 ${user} n=${n} total=${total}`);
      return;
    }
    const { user, timeMs, amount } = entry;
    const met = open.filter(
      (other) => other.user === user && timeMs <= other.endMs && timeMs + GAP_MS >= other.startMs,
    );
    const startMs = Math.min(timeMs, ...met.map((session) => session.startMs));
    const endMs = Math.max(timeMs + GAP_MS, ...met.map((session) => session.endMs));
    if (endMs - 1 <= watermark) {
      lines.push(`${seq}.0 late ${user} ${amount}`);
      return;
    }
    const [into, ...others] = met;
    const n = met.reduce((sum, session) => sum + session.n, 1);
    const total = met.reduce((sum, session) => sum + session.total, amount);
    // The one that came first stays where it stands, which decides between sessions of equal bounds.
    if (into === undefined) open.push({ user, startMs, endMs, n, total });
    else Object.assign(into, { startMs, endMs, n, total });
    open = open.filter((session) => !others.includes(session));
  });
  return lines;
}

describe('sessions in pooled arrays', () => {
  const config = {
    kind: 'session',
    gapMs: GAP_MS,
    keys: ['user'],
    aggregates: [
      { name: 'n', function: 'count' },
      { name: 'total', function: 'sum', argument: 'amount' },
    ],
  };

  // 64 buckets of an eighth of the gap: leaps within the ring, over all of it, and a little beyond its end.
  test.each([50, 300, 900, 5000])('merge, fire and drop as a look at all of them would: leaps of %i ms', (leapMs) => {
    const entries = disordered(500, leapMs);
    const { lines } = runWindow({ schema, dialect: 'flink-datastream', log: written(entries), config });
    const expected = plainly(entries);
    expect(expected.some((line) => line.includes('late'))).toBe(true);
    expect(lines.map(shownWindow)).toEqual(expected);
  });

  test('a key with several open sessions has each row in the one that it meets', () => {
    const log = '+ 0 user=a amount=1\n+ 500 user=a amount=2\n+ 1000 user=a amount=4\n+ 560 user=a amount=8\nW 2000';
    const { lines, ledger } = runWindow({ schema, dialect: 'flink-sql', log, config });
    expect(lines.map(shownWindow)).toEqual([
      '4.1 [0,100) on-time#0 a n=1 total=1',
      '4.1 [500,660) on-time#0 a n=2 total=10',
      '4.1 [1000,1100) on-time#0 a n=1 total=4',
    ]);
    expect(ledger).toMatchObject({ in: 4, used: 4, held: 0 });
  });

  test('nothing is left of sessions that are over', () => {
    const rows = Array.from({ length: 150 }, (_, i) => `+ ${i * 40} user=fresh${i} amount=1\nW ${i * 40 - 1}`);
    const { ledger } = runWindow({ schema, dialect: 'flink-datastream', log: rows.join('\n'), config });
    expect(ledger).toMatchObject({ in: 150, held: 3, stateRows: 3 });
  });
});
