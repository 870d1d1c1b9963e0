import type { Drop, Firing, Rejection } from '../operators/operator.ts';
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

/** Rows of one sink's epoch. */
interface SinkRows {
  readonly sink: number;
  batches: Batch[];
}

/**
 * Puts what several nodes tell during a round into one order before the probe hears it: by position, then node, then the
 * order in which the node told it. Without this the cut into rounds would show.
 */
export class Delivery {
  private readonly sinks: readonly SinkRows[];
  private readonly drops: Noted<Drop>[] = [];
  private readonly rejections: Noted<Rejection>[] = [];
  private readonly firings: Noted<Firing>[] = [];
  private readonly probe: Probe;

  /** `sinks` are indices into the plan's nodes, ascending. */
  constructor(sinks: readonly number[], probe: Probe) {
    this.sinks = sinks.map((sink) => ({ sink, batches: [] }));
    this.probe = probe;
  }

  committed(sink: number, batch: Batch): void {
    const rows = this.sinks.find((one) => one.sink === sink);
    defined(rows, 'a sink').batches.push(batch);
  }

  dropped(node: number, drop: Drop): void {
    const { batch, row } = drop;
    this.drops.push({ node, seq: batch.seq[row]!, phase: phaseAt(batch, row), what: drop });
  }

  rejected(node: number, rejection: Rejection): void {
    const { batch, row } = rejection;
    this.rejections.push({ node, seq: batch.seq[row]!, phase: phaseAt(batch, row), what: rejection });
  }

  fired(node: number, firing: Firing): void {
    this.firings.push({ node, seq: firing.seq, phase: firing.phase, what: firing });
  }

  /** Tells the probe everything since the last call. */
  flush(): void {
    this.flushRows();
    tell(this.drops, (node, drop) => this.probe.drop?.(node, drop));
    tell(this.rejections, (node, rejection) => this.probe.rejected?.(node, rejection));
    tell(this.firings, (node, firing) => this.probe.firing?.(node, firing));
  }

  private flushRows(): void {
    const busy = this.sinks.filter(({ batches }) => batches.length > 0);
    if (busy.length <= 1 || this.probe.sinksApart === true) {
      for (const { sink, batches } of busy) for (const batch of batches) this.probe.committed?.(sink, batch);
    } else {
      forEachRun(busy, ({ input, batch, from, to }) => {
        this.probe.committed?.(busy[input]!.sink, runOf(batch, from, to));
      });
    }
    for (const rows of busy) rows.batches = [];
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

/** Tells what was noted, in order, and forgets it. */
function tell<T>(noted: Noted<T>[], probe: (node: number, what: T) => void): void {
  if (noted.length === 0) return;
  noted.sort(byPosition);
  for (const { node, what } of noted) probe(node, what);
  noted.length = 0;
}

function byPosition(a: Noted<unknown>, b: Noted<unknown>): number {
  return a.seq - b.seq || a.phase - b.phase || a.node - b.node;
}
