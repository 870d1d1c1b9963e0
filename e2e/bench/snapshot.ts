import { Engine } from '../../src/engine/engine.ts';
import { makePlan } from '../../src/pipeline/make-plan.ts';
import type { Plan } from '../../src/pipeline/plan.ts';
import { assert } from '../../src/stream/assert.ts';
import { logOf, takeLog } from './engine/engine-run.ts';
import { chunkOf } from './engine/memory-source.ts';
import { makeJob } from './job.ts';
import { windowDocument } from './windows/window-document.ts';
import { START_MS } from './workload.ts';

const HOUR_MS = 3_600_000;

const document = windowDocument({ kind: 'tumbling', sizeMs: HOUR_MS });

interface Filled {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly bytes: Uint8Array;
  readonly entries: number;
}

/** An engine in the middle of a run that holds so many keys of one window. */
function fill(entries: number): Filled {
  const planned = makePlan(document);
  assert(planned.ok, () => planned.problems.map((problem) => problem.message).join('\n'));
  const plan = { ...planned.value, end: 'none' as const };
  const chunk = chunkOf({
    length: entries,
    key: Int32Array.from({ length: entries }, (_, i) => Math.imul(i, 7919)),
    value: Float64Array.from({ length: entries }, (_, i) => i),
    ts: Float64Array.from({ length: entries }, (_, i) => START_MS + (i % 1000)),
    arrival: new Float64Array(entries).fill(START_MS),
  });
  const engine = new Engine(plan);
  takeLog(logOf(plan, [chunk], Infinity), engine, null);
  const held = engine.ledger().get('windows')?.stateRows;
  assert(held === entries, `${entries} rows in state, not ${String(held)}`);
  return { plan, engine, bytes: engine.snapshot(), entries };
}

/** Snapshots of a window with many keys, restoring them, and copying as many bytes: the limit. Rates are entries a second. */
export const snapshotJob = makeJob<Filled>({
  name: 'snapshot',
  events: 100_000,
  input: fill,
  size: ({ entries }) => entries,
  contenders: [
    {
      name: 'copy',
      prepare:
        ({ bytes }) =>
        () =>
          String(bytes.slice().length),
    },
    {
      name: 'tidemark',
      prepare:
        ({ engine }) =>
        () =>
          String(engine.snapshot().length),
    },
    {
      name: 'restore',
      prepare: ({ plan, bytes }) => {
        const restored = new Engine(plan);
        restored.restore(bytes);
        assert(equal(restored.snapshot(), bytes), 'a restored engine has the same snapshot');
        return () => {
          const engine = new Engine(plan);
          engine.restore(bytes);
          return String(engine.stateBytes() > 0 ? bytes.length : 0);
        };
      },
    },
  ],
});

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
