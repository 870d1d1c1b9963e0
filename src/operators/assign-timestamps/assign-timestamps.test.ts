import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { Curve } from '../../stream/curve.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { STRING, TIMESTAMP, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { logOf } from '../../testing/log.ts';
import { entriesFrom } from '../../testing/notation.ts';
import { bindOperator, sinkNode, sourceNode } from '../../testing/planned-nodes.ts';
import { runLog } from '../../testing/transcript.ts';
import { dialectNamed } from '../dialects/dialects.ts';

const schema = { fields: [field('t', TIMESTAMP), field('k', STRING)] };
const type = { schema, changes: 'append' as const, key: null, eventTime: true };

function planOf(watermark: object, dialect: DialectName): Plan {
  const source = sourceNode(0, type, watermarkConfig.parse({ strategy: 'none' }));
  const feeds = [{ type, fromNode: 0, fromPort: 'out' as const }];
  const config = { time: 't', watermark: { delayMs: 0, ...watermark } };
  const assign = bindOperator({ id: 'assign', kind: 'assign-timestamps', config, feeds, dialect });
  const sink = sinkNode('sink', { type, fromNode: 1, fromPort: 'out' });
  const nodes = [source, assign, sink];
  return { dialect: dialectNamed(dialect), timeDomain: 'event', seed: 1, end: 'flush', nodes, sources: [0] };
}

function run(text: string, watermark: object, dialect: DialectName = 'flink-datastream') {
  const { transcript, ledger } = runLog(planOf(watermark, dialect), logOf(entriesFrom(text, [schema]), [schema]));
  return {
    watermarks: transcript.watermarks[1],
    times: transcript.results.map((line) => (JSON.parse(line) as { ts: number }).ts),
    drops: transcript.drops.map((line) => JSON.parse(line) as { seq: number; reason: string }),
    ledger: ledger.get('assign'),
  };
}

describe('an assigner in mid-stream', () => {
  test('swallows the watermarks before it, but for the end', () => {
    expect(run('+ 1 t=5\nW 100\n+ 1 t=3\nend', {}).watermarks).toEqual([4, 4, 4, Infinity]);
  });

  test('punctuated: goes by the rows that say so', () => {
    const marks = { strategy: 'punctuated', punctuation: "k = 'mark'" };
    const log = '+ 0 t=4 k=mark\n+ 0 t=9 k=row\n+ 0 t=2 k=mark\n+ 0 t=7 k=mark';
    expect(run(log, marks).watermarks).toEqual([4, 4, 4, 7]);
    expect(run(log, { ...marks, delayMs: 3 }).watermarks).toEqual([1, 1, 1, 4]);
    expect(run(log, { strategy: 'punctuated', punctuation: 't' }).watermarks).toEqual([4, 9, 9, 9]);
  });

  test('rejects rows without a time, and drops those that are too far ahead of the clock', () => {
    const log = '+ 0 t=1000 @ 1000\n+ 0 t=1101 @ 1000\n+ 0 k=a @ 1000\n+ 0 t=1100 @ 1000';
    const guarded = run(log, { maxAheadMs: 100 });
    expect(guarded.times).toEqual([1000, 1100]);
    expect(guarded.watermarks).toEqual([999, 999, 999, 1099]);
    expect(guarded.drops).toMatchObject([
      { seq: 1, reason: 'early' },
      { seq: 2, reason: 'no-time' },
    ]);
    expect(guarded.ledger).toMatchObject({ in: 4, used: 2, filtered: 1, rejected: 1 });
  });

  test('hands on that its input is idle in SQL, and keeps it to itself elsewhere', () => {
    const log = logOf(entriesFrom('+ 0 t=5\nidle\nactive\n+ 0 t=9', [schema]), [schema]);
    const idleAfter = (dialect: DialectName): readonly number[] => {
      let idle: readonly number[] = [];
      const curve = (node: number, shown: Curve): void => {
        if (node === 1) idle = [...(shown.idle ?? [])];
      };
      new Engine(planOf({}, dialect), { curve }).run(log);
      return idle;
    };
    expect(idleAfter('flink-sql')).toEqual([0, 1, 0, 0]);
    expect(idleAfter('flink-datastream')).toEqual([]);
  });
});
