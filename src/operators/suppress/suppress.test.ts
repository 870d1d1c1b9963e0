import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import { imbalance } from '../../engine/ledger.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { RowKindName } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { Entry } from '../../testing/log.ts';
import { logOf } from '../../testing/log.ts';
import { entriesFrom } from '../../testing/notation.ts';
import type { Feed } from '../../testing/planned-nodes.ts';
import { bindOperator, sinkNode, sourceNode } from '../../testing/planned-nodes.ts';
import { cutsOfOne, runLog } from '../../testing/transcript.ts';
import { dialectNamed } from '../dialects/dialects.ts';

const schema: Schema = { fields: [field('k', STRING), field('v', STRING)] };
const dialect = 'kafka-streams';
const input: StreamType = { schema, changes: 'upsert', key: ['k'], eventTime: true };

/** A source of updates, or of rows and a window that counts them with each; then suppress; a sink behind it. */
function planOf(config: object, window?: object): Plan {
  const source = window === undefined ? input : { ...input, changes: 'append' as const, key: null };
  const nodes = [sourceNode(0, source, watermarkConfig.parse({ strategy: 'none' }))];
  let feed: Feed = { type: source, fromNode: 0, fromPort: 'out' };
  const then = (id: string, kind: 'window' | 'suppress', settings: object): void => {
    const node = bindOperator({ id, kind, config: settings, feeds: [feed], dialect });
    feed = { type: defined(node.outputs.out, 'an output'), fromNode: nodes.push(node) - 1, fromPort: 'out' };
  };
  if (window !== undefined) then('window', 'window', { keys: ['k'], emission: 'each-event', ...window });
  then('suppress', 'suppress', config);
  nodes.push(sinkNode('sink', feed));
  return { dialect: dialectNamed(dialect), timeDomain: 'event', seed: 1, end: 'none', nodes, sources: [0] };
}

/** `+ time key value` a row; another change in place of the plus. */
function entriesOf(log: string): readonly Entry[] {
  const lines = log.split('\n');
  const plain = lines.map((line) => line.replace(/^(\S+) (\S+) (\S+) (\S+)$/, '+ $2 k=$3 v=$4')).join('\n');
  return entriesFrom(plain, [schema]).map((entry, i) => {
    const op = /^[-+][UDI]/.exec(lines[i]!)?.[0] as RowKindName | undefined;
    return op === undefined ? entry : { ...entry, op };
  });
}

/** Runs in one round, entry by entry, and with a restored snapshot before each: all must come to the same. */
function run(plan: Plan, log: string) {
  const slice = logOf(entriesOf(log), [schema]);
  const cuts = cutsOfOne(slice);
  const outcomes = [{}, { cuts }, { cuts, crashes: new Set(cuts) }].map((options) => {
    const { transcript, ledger } = runLog(plan, slice, options);
    const counts = defined(ledger.get('suppress'), 'suppress');
    assert(imbalance(counts) === 0, 'a ledger that balances');
    return { lines: transcript.results.map(show), ledger: counts };
  });
  const [whole, ...others] = outcomes;
  for (const other of others) expect(other).toEqual(whole);
  return defined(whole, 'a run');
}

interface Result {
  readonly seq: number;
  readonly op: string;
  readonly window: readonly [number, number] | null;
  readonly pane: { readonly timing: string } | null;
  readonly ts: number;
  readonly row: { readonly k: string; readonly v?: string; readonly count?: number };
}

function show(line: string): string {
  const { seq, op, window, pane, ts, row } = JSON.parse(line) as Result;
  const place = window === null ? '' : ` [${window.join(',')}] ${pane?.timing}`;
  return `${seq} ${op} ${row.k}${place} ${row.v ?? row.count ?? 'null'} @${ts}`;
}

describe('until windows close', () => {
  const final = { until: 'window-closes' };

  test('the latest result of each window comes once, with what stream time closes it', () => {
    // kafka.suppress.timeWindows
    const plan = planOf(final, { sizeMs: 2, latenessMs: 1 });
    const { lines, ledger } = run(plan, '+ 0 k1 v\n+ 1 k1 v\n+ 2 k1 v\n+ 1 k1 v\n+ 0 k1 v\n+ 5 k1 v\n+ 0 k1 v');
    expect(lines).toEqual(['5 +I k1 [0,2] on-time 4 @1', '5 +I k1 [2,4] on-time 1 @2']);
    expect(ledger).toMatchObject({ in: 6, used: 2, filtered: 3, held: 1, stateRows: 1 });
  });

  test('tombstones of sessions are kept to themselves', () => {
    const plan = planOf(final, { kind: 'session', gapMs: 5 });
    const { lines, ledger } = run(plan, '+ 1 a v\n+ 4 a v\n+ 3 b v\n+ 20 c v');
    expect(lines).toEqual(['3 +I b [3,3] on-time 1 @3', '3 +I a [1,4] on-time 2 @4']);
    expect(ledger).toMatchObject({ in: 5, used: 2, filtered: 2, held: 1 });
  });

  test('one end comes in order of the key’s bytes', () => {
    const { lines } = run(planOf(final, { sizeMs: 10 }), '+ 1 b v\n+ 2 ab v\n+ 3 a v\n+ 10 z v');
    expect(lines.map((line) => line.split(' ')[2])).toEqual(['a', 'ab', 'b']);
  });

  test('rows without windows are refused, and a buffer that would emit early', () => {
    expect(() => planOf(final)).toThrow('The rows come without a window');
    expect(() => planOf({ ...final, onFull: 'emit-early' }, { sizeMs: 2 })).toThrow('early is not final');
  });
});

describe('until a time limit', () => {
  const limited = { until: 'time-limit', limitMs: 5 };

  test('the latest update of a key comes so long after the first that was held', () => {
    const { lines, ledger } = run(planOf(limited), '+I 1 a x\n+I 3 b y\n+U 5 a z\n+I 6 c w\n+I 8 d v');
    expect(lines).toEqual(['3 +I a z @5', '4 +I b y @3']);
    expect(ledger).toMatchObject({ in: 5, used: 2, filtered: 1, held: 2 });
  });

  test('a change that nobody heard the beginning of is told as new; deletions come out', () => {
    const log = '+I 0 a x\n+U 1 a y\n+U 0 b x\n+U 0 c x\n-D 1 c x\n-D 0 d x\n+U 1 d y\n+I 6 z x';
    expect(run(planOf(limited), log).lines).toEqual(['7 +I a y @1', '7 +U b x @0', '7 -D c x @1', '7 +U d y @1']);
  });

  test('updates behind the time that was observed come out at once', () => {
    expect(run(planOf({ ...limited, limitMs: 0 }), '+I 5 a x\n+I 3 b y').lines).toEqual(['0 +I a x @5', '1 +I b y @3']);
  });

  test('a full buffer lets the earliest go', () => {
    const { lines, ledger } = run(planOf({ ...limited, maxRows: 2 }), '+I 3 b x\n+I 2 c y\n+I 2 a z\n+U 4 b w');
    expect(lines).toEqual(['2 +I a z @2']);
    expect(ledger).toMatchObject({ used: 1, filtered: 1, held: 2 });
  });

  test('rows without a time are rejected', () => {
    expect(run(planOf(limited), '+I -1 a x\n+I - b x').ledger).toMatchObject({ in: 2, rejected: 2, held: 0 });
  });
});

describe('a buffer that shuts down when it is full', () => {
  const log = logOf(entriesOf(Array.from({ length: 50 }, (_, i) => `+I ${i} k${i} v`).join('\n')), [schema]);
  const stops = (config: object): Engine => {
    const engine = new Engine(planOf({ until: 'time-limit', limitMs: 1000, onFull: 'shut-down', ...config }));
    while (engine.position < log.length && engine.limit === null) {
      const to = Math.min(log.length, engine.position + engine.roundEntries);
      engine.run(cutSlice(log, engine.position, to));
    }
    return engine;
  };

  test('stops the run with the entry that was too much', () => {
    const engine = stops({ maxRows: 7 });
    expect(engine.position).toBe(8);
    expect(engine.limit).toMatchObject({ code: 'buffer-full', nodeId: 'suppress' });
    expect(engine.limit?.message).toContain('8 updates, the limit is 7');
  });

  test('counts bytes as well', () => {
    const engine = stops({ maxBytes: 500 });
    const { stateBytes, stateRows } = defined(engine.ledger().get('suppress'), 'suppress');
    expect(stateBytes).toBeGreaterThan(500);
    expect((stateBytes / stateRows) * (stateRows - 1)).toBeLessThanOrEqual(500);
    expect(engine.limit?.message).toContain('the limit is 500');
  });

  test('lets a run go on that it holds', () => {
    expect(stops({ maxRows: 50 }).limit).toBeNull();
  });
});
