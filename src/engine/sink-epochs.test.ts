import { describe, expect, test } from 'vitest';
import type { Batch } from '../stream/batch.ts';
import { CONTROL_CHECKPOINT } from '../stream/log-slice.ts';
import { STRING, field } from '../stream/types.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import { logOf } from '../testing/log.ts';
import { planOf } from '../testing/scenario.ts';
import { Engine } from './engine.ts';
import { BufferingSink } from './sink-epochs.ts';

function batch(seq: number): Batch {
  const one = Float64Array.of(seq);
  return { length: 1, selection: null, columns: [], seq: one, phase: null, ts: one, kinds: null, origin: null };
}

describe('a sink with epochs', () => {
  test('shows rows with the commit of their epoch, once', () => {
    const seen: number[] = [];
    const sink = new BufferingSink(({ seq }) => seen.push(seq[0]!));
    sink.begin();
    sink.write(batch(1));
    sink.write(batch(2));
    sink.preCommit(7);
    expect(seen).toEqual([]);
    sink.commit(6);
    expect(seen).toEqual([]);
    sink.commit(7);
    sink.commit(7);
    expect(seen).toEqual([1, 2]);
  });

  test('throws an epoch away that is aborted, before or after its pre-commit', () => {
    const seen: number[] = [];
    const sink = new BufferingSink(({ seq }) => seen.push(seq[0]!));
    sink.begin();
    sink.write(batch(1));
    sink.abort(0);
    sink.preCommit(0);
    sink.commit(0);
    sink.begin();
    sink.write(batch(2));
    sink.preCommit(1);
    sink.abort(1);
    sink.commit(1);
    expect(seen).toEqual([]);
  });
});

test('a checkpoint is taken with the rows of its entry counted, and shows them', () => {
  const schema = { fields: [field('k', STRING)] };
  const watermark = watermarkConfig.parse({ strategy: 'none' });
  const plan = planOf({ kind: 'filter', config: { predicate: 'TRUE' }, sources: [{ schema, watermark }], entries: [] });
  const seen: number[] = [];
  const engine = new Engine(plan, { committed: (_node, { seq }) => seen.push(...seq) });
  const row = (at: number) => ({ kind: 'row' as const, at, source: 0, ts: at, values: ['a'] });
  engine.run(logOf([row(0), { kind: 'control', at: 1, control: CONTROL_CHECKPOINT }, row(2)], [schema]));
  expect(seen).toEqual([0, 2]);
  const restored = new Engine(plan);
  restored.restore(engine.lastCheckpoint!);
  expect(restored.position).toBe(2);
  expect(restored.ledger().get('operator')).toMatchObject({ in: 1, used: 1 });
});
