import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatorDefinition } from './definition.ts';
import { GENERATOR_SHAPES, generatorConfig } from './generator-config.ts';
import { GeneratorReader } from './generator-reader.ts';

interface Row {
  readonly ts: number;
  readonly at: number;
  readonly partition: number;
  readonly values: string;
}

function rowsOf(input: Record<string, unknown>, seed = 3, chunkRows?: number): Row[] {
  const config = generatorConfig.parse(input);
  const reader = new GeneratorReader({ config, timeIsArrival: false }, seed, chunkRows);
  const rows: Row[] = [];
  for (let chunk = reader.next(); chunk !== null; chunk = reader.next()) {
    for (let row = 0; row < chunk.length; row++) {
      const values = chunk.columns.slice(1).map((column) => {
        if (column.kind === 'text') return column.dictionary[column.ids[row]!];
        return 'values' in column ? String(column.values[row]) : '';
      });
      rows.push({
        ts: chunk.ts[row]!,
        at: chunk.at[row]!,
        partition: chunk.partition?.[row] ?? 0,
        values: values.join(),
      });
    }
  }
  expect(reader.progress()).toMatchObject({ done: rows.length, total: rows.length });
  return rows;
}

function grouped<Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

const START = generatorConfig.parse({}).startMs;
const CLICKS = { events: 3_000, keys: 30, partitions: 3, rateEventsPerSec: 50 };

const faults = fc.record({
  kind: fc.constantFrom('cut', 'poison', 'clock-step'),
  afterMs: fc.integer({ min: 0, max: 40_000 }),
  partition: fc.integer({ min: 0, max: 2 }),
  forMs: fc.integer({ min: 1, max: 20_000 }),
  afterwards: fc.constantFrom('at-once', 'at-a-rate', 'lost'),
  rateEventsPerSec: fc.constantFrom(3, 40, 3_000),
});

const disorder = fc.record({
  shape: fc.constantFrom(...GENERATOR_SHAPES.filter((shape) => shape !== 'orders' && shape !== 'users')),
  events: fc.integer({ min: 1, max: 1_000 }),
  keys: fc.integer({ min: 1, max: 20 }),
  partitions: fc.constant(3),
  rateEventsPerSec: fc.constantFrom(5, 50),
  delay: fc.record({ distribution: fc.constantFrom('none', 'normal', 'exponential', 'weibull') }),
  stragglers: fc.record({ sharePercent: fc.constantFrom(0, 5) }),
  duplicates: fc.record({ sharePercent: fc.constantFrom(0, 10) }),
  offline: fc.record({
    sharePercent: fc.constantFrom(0, 50),
    everyMs: fc.constant(5_000),
    forMs: fc.constant(4_000),
    order: fc.constantFrom('oldest-first', 'newest-first'),
    batchEveryMs: fc.constantFrom(0, 500),
  }),
  backlog: fc.record({ growthPercent: fc.constantFrom(0, 17) }),
  clocks: fc.constantFrom([], [{ sharePercent: 40, offsetMs: -3_000, spreadMs: 500, driftMsPerHour: 1_000 }]),
  partitionSkewPercent: fc.constantFrom(0, 50),
  faults: fc.array(faults, { maxLength: 2 }),
});

describe('disorder', () => {
  it('is the same for the same seed, whatever the chunks, in order of arrival', () => {
    fc.assert(
      fc.property(disorder, fc.integer(), fc.integer({ min: 1, max: 90 }), (input, seed, chunkRows) => {
        const rows = rowsOf(input, seed);
        expect(rowsOf(input, seed, chunkRows)).toEqual(rows);
        for (let i = 1; i < rows.length; i++) expect(rows[i]!.at).toBeGreaterThanOrEqual(rows[i - 1]!.at);
        if (input.faults.every(({ afterwards }) => afterwards !== 'lost')) expect(rows).toHaveLength(input.events);
      }),
      { numRuns: 80 },
    );
  });

  it('leaves alone what arrives before a fault that is added', () => {
    fc.assert(
      fc.property(disorder, faults, fc.integer(), (input, fault, seed) => {
        // A clock jumps in event time, which a planned event reaches before it arrives.
        fc.pre(fault.kind !== 'clock-step' || input.delay.distribution !== 'normal');
        const before = (rows: Row[]): Row[] => rows.filter(({ at }) => at < START + fault.afterMs);
        const without = rowsOf(input, seed);
        expect(before(rowsOf({ ...input, faults: [...input.faults, fault] }, seed))).toEqual(before(without));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the rows of a cut partition for the rest of the cut, and touches no other', () => {
    const plain = rowsOf(CLICKS);
    const cut = rowsOf({ ...CLICKS, faults: [{ kind: 'cut', afterMs: 10_000, forMs: 15_000, partition: 1 }] });
    const [fromMs, toMs] = [START + 10_000, START + 25_000];
    const moved = ({ at, partition }: Row): number => (partition === 1 && at >= fromMs && at < toMs ? toMs : at);
    const wanted = plain.map((row) => ({ ...row, at: moved(row) }));
    const sorted = (rows: Row[]): Row[] => rows.toSorted((a, b) => a.at - b.at || a.values.localeCompare(b.values));
    expect(sorted(cut)).toEqual(sorted(wanted));
    expect(cut.filter(({ at }) => at === toMs).length).toBeGreaterThan(100);
  });

  it('lets what was cut off catch up in line, no faster than the rate, new rows behind it', () => {
    const fault = { kind: 'cut', afterMs: 10_000, forMs: 15_000, partition: 1, afterwards: 'at-a-rate' };
    const rate = 40;
    const toMs = START + 25_000;
    const waiting = rowsOf(CLICKS).filter(({ partition, at }) => partition === 1 && at >= START + 10_000);
    let freeMs = toMs;
    const wanted = waiting.map(({ at, values }) => {
      if (at >= toMs && at >= freeMs) return [at, values];
      const turnMs = freeMs;
      freeMs += 1000 / rate;
      return [Math.floor(turnMs), values];
    });
    const made = rowsOf({ ...CLICKS, faults: [{ ...fault, rateEventsPerSec: rate }] });
    const caughtUp = made.filter(({ partition, at }) => partition === 1 && at >= START + 10_000);
    expect(caughtUp.map(({ at, values }) => [at, values])).toEqual(wanted);
  });

  it('lets a partition fall silent: its rows never come', () => {
    const silent = { kind: 'cut', afterMs: 10_000, forMs: 15_000, partition: 1, afterwards: 'lost' };
    const wanted = rowsOf(CLICKS).filter(
      ({ partition, at }) => partition !== 1 || at < START + 10_000 || at >= START + 25_000,
    );
    expect(rowsOf({ ...CLICKS, faults: [silent] })).toEqual(wanted);
  });

  it('poisons one event, the first from a time on or the one of a number', () => {
    const plain = rowsOf(CLICKS);
    for (const [fault, at] of [
      [{ kind: 'poison', afterMs: 20_000, aheadMs: 5 }, plain.findIndex(({ at }) => at >= START + 20_000)],
      [{ kind: 'poison', row: 77, aheadMs: 5 }, 76],
    ] as const) {
      const row = plain[at]!;
      expect(rowsOf({ ...CLICKS, faults: [fault] })).toEqual(plain.with(at, { ...row, ts: row.ts + 5 }));
    }
  });

  it('sends a second time what it sends twice, and changes nothing else', () => {
    const input = { ...CLICKS, delay: { distribution: 'none' } };
    const once = new Set(rowsOf({ ...input, events: 6_000 }).map(({ ts, values }) => `${ts} ${values}`));
    const rows = rowsOf({ ...input, duplicates: { sharePercent: 20, copyDelayMs: 3_000 } });
    const first = new Map<string, number>();
    const gaps: number[] = [];
    for (const { ts, values, at } of rows) {
      const text = `${ts} ${values}`;
      expect(once).toContain(text);
      const before = first.get(text);
      if (before === undefined) first.set(text, at);
      else gaps.push(at - before);
    }
    expect(gaps.length / first.size).toBeGreaterThan(0.17);
    expect(gaps.length / first.size).toBeLessThan(0.22);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length / 3_000).toBeCloseTo(1, 0);
  });

  it('keeps the events of an offline device and sends them in batches, in the order that was asked for', () => {
    for (const order of ['oldest-first', 'newest-first']) {
      const offline = { sharePercent: 100, everyMs: 20_000, forMs: 20_000, order, batchRows: 4, batchEveryMs: 700 };
      const rows = rowsOf({ ...CLICKS, keys: 1, rateEventsPerSec: 2, delay: { distribution: 'none' }, offline });
      expect(new Set(rows.map(({ values }) => values)).size).toBe(CLICKS.events);
      const late = rows.filter(({ at, ts }) => at > ts);
      expect(late.length).toBeGreaterThan(500);
      // A device that is back sends its batches 700 ms apart, four rows each but the last.
      const burst = late.slice(
        0,
        late.findIndex(({ at }, i) => i > 0 && at - late[i - 1]!.at > 700),
      );
      const batches = grouped(burst, ({ at }) => at);
      expect([...batches.values()].slice(0, -1).every((batch) => batch.length === 4)).toBe(true);
      const times = burst.map(({ ts }) => ts);
      expect(times).toEqual(times.toSorted((a, b) => (order === 'oldest-first' ? a - b : b - a)));
    }
  });

  it('shows the times of wrong clocks, the same for every event of a user', () => {
    const input = { ...CLICKS, keys: 400, delay: { distribution: 'none' } };
    const clocks = [{ sharePercent: 25, offsetMs: -90_000, spreadMs: 0, driftMsPerHour: 3_600 }];
    const plain = rowsOf(input);
    const byClick = new Map(plain.map((row) => [row.values, row]));
    const behind = new Map<string, boolean>();
    for (const { ts, at, values } of rowsOf({ ...input, clocks })) {
      const real = byClick.get(values)!;
      expect(at).toBe(real.at);
      const user = values.split(',')[0]!;
      const isBehind = ts !== real.ts;
      expect(behind.get(user) ?? isBehind).toBe(isBehind);
      behind.set(user, isBehind);
      if (isBehind) expect(ts).toBe(real.ts - 90_000 + Math.floor((real.ts - START) / 1_000));
    }
    const share = [...behind.values()].filter(Boolean).length / behind.size;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.08);
  });

  it('lets delays grow and fall back as a queue does', () => {
    const input = { ...CLICKS, delay: { distribution: 'none' }, backlog: { growthPercent: 17, everyMs: 20_000 } };
    for (const { ts, at } of rowsOf(input)) expect(at - ts).toBe(Math.floor(((ts - START) % 20_000) * 0.17));
  });

  it('gives partitions shares that fall by the skew, of which each user stays in one', () => {
    const rows = rowsOf({
      ...CLICKS,
      events: 30_000,
      keys: 20_000,
      partitionSkewPercent: 50,
      partitions: 4,
      idlePartitions: 1,
    });
    const users = grouped(rows, ({ values }) => values.split(',')[0]);
    const counts = [0, 0, 0, 0];
    for (const own of users.values()) {
      expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
      counts[own[0]!.partition]!++;
    }
    counts.forEach((count, i) => expect(count / users.size).toBeCloseTo([4 / 7, 2 / 7, 1 / 7, 0][i]!, 1));
  });

  it('refuses what makes no sense, with the field and a cure', () => {
    const wrong = generatorConfig.parse({
      shape: 'orders',
      delay: { distribution: 'mixture' },
      duplicates: { sharePercent: 1 },
      offline: { sharePercent: 1 },
      clocks: [{ sharePercent: 60 }, { sharePercent: 60 }],
      faults: [{ kind: 'cut', partition: 1, afterwards: 'lost' }],
    });
    const request = {
      config: wrong,
      inputs: [],
      dialect: 'flink-datastream',
      timeDomain: 'event',
      engine: {},
    } as const;
    const bound = generatorDefinition.bind(request);
    expect(bound.problems.map(({ path }) => path)).toEqual([
      'config.delay.parts',
      'config.clocks',
      'config.faults.0.partition',
      'config.duplicates.sharePercent',
      'config.offline.sharePercent',
      'config.faults.0.afterwards',
    ]);
    expect(bound.problems.every(({ fix }) => fix !== '')).toBe(true);
  });
});
