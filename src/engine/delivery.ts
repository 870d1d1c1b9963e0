import type { Drop, Firing, KernelInput } from '../operators/operator.ts';
import { forEachRun } from '../operators/shared/merge-by-position.ts';
import { defined } from '../stream/assert.ts';
import type { Batch } from '../stream/batch.ts';
import { phaseAt, rowAt, rowCount, withSelection } from '../stream/batch.ts';
import type { Probe } from './probe.ts';

interface Noted<T> {
  readonly node: number;
  readonly seq: number;
  readonly phase: number;
  readonly what: T;
}

/**
 * Puts what several nodes tell during a round into one order before the probe hears it: by position, then node, then the
 * order in which the node told it. Without this the cut into rounds would show.
 */
export class Delivery {
  private readonly rows: ReadonlyMap<number, Batch[]>;
  private drops: Noted<Drop>[] = [];
  private firings: Noted<Firing>[] = [];
  private readonly probe: Probe;

  /** `sinks` are indices into the plan's nodes, ascending. */
  constructor(sinks: readonly number[], probe: Probe) {
    this.rows = new Map(sinks.map((sink) => [sink, []]));
    this.probe = probe;
  }

  committed(sink: number, batch: Batch): void {
    defined(this.rows.get(sink), 'a sink').push(batch);
  }

  dropped(node: number, drop: Drop): void {
    const { batch, row } = drop;
    this.drops.push({ node, seq: batch.seq[row]!, phase: phaseAt(batch, row), what: drop });
  }

  fired(node: number, firing: Firing): void {
    this.firings.push({ node, seq: firing.seq, phase: firing.phase, what: firing });
  }

  /** Tells the probe everything since the last call. */
  flush(): void {
    this.flushRows();
    if (this.drops.length > 0) {
      this.drops.sort(byPosition);
      for (const { node, what } of this.drops) this.probe.drop?.(node, what);
      this.drops = [];
    }
    if (this.firings.length > 0) {
      this.firings.sort(byPosition);
      for (const { node, what } of this.firings) this.probe.firing?.(node, what);
      this.firings = [];
    }
  }

  private flushRows(): void {
    const busy = [...this.rows].filter(([, batches]) => batches.length > 0);
    const only = busy[0];
    if (only === undefined) return;
    if (busy.length === 1) for (const batch of only[1]) this.probe.committed?.(only[0], batch);
    else {
      const inputs = busy.map(([, batches]): Pick<KernelInput, 'batches'> => ({ batches }));
      forEachRun(inputs, ({ input, batch, from, to }) => {
        this.probe.committed?.(busy[input]![0], runOf(batch, from, to));
      });
    }
    for (const [, batches] of busy) batches.length = 0;
  }
}

/** Rows [from, to) of those that a reader sees. */
function runOf(batch: Batch, from: number, to: number): Batch {
  if (from === 0 && to === rowCount(batch)) return batch;
  return withSelection(
    batch,
    Int32Array.from({ length: to - from }, (_, i) => rowAt(batch, from + i)),
  );
}

function byPosition(a: Noted<unknown>, b: Noted<unknown>): number {
  return a.seq - b.seq || a.phase - b.phase || a.node - b.node;
}
