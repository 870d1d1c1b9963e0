import { rowErrors } from '../../expression/frame.ts';
import type { Drop, Rejection } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Probe } from '../probe.ts';
import type { BoundWatch } from './bind-watch.ts';
import type { Hit } from './hit.ts';

/** Finds the first and the last entry of a stretch of the log that one of its watches waits for. */
export class HitProbe implements Probe {
  readonly keepsRounds = 0;
  readonly sinksApart = true;
  first: Hit | null = null;
  last: Hit | null = null;
  private readonly plan: Plan;
  private readonly watches: readonly BoundWatch[];
  private readonly kinds: ReadonlySet<string>;

  constructor(plan: Plan, watches: readonly BoundWatch[]) {
    this.plan = plan;
    this.watches = watches;
    this.kinds = new Set(watches.map(({ kind }) => kind));
  }

  /** Whether the ledgers have to be looked at after each stretch. */
  get weighs(): boolean {
    return this.kinds.has('anomaly');
  }

  /** Forgets what was found. */
  reset(): void {
    this.first = null;
    this.last = null;
  }

  curve(node: number, { firstSeq, before, watermarks }: Curve): void {
    if (!this.kinds.has('watermark')) return;
    this.eachOf('watermark', node, (watch) => {
      let previous = before;
      for (let i = 0; i < watermarks.length; i++) {
        const watermark = watermarks[i] ?? previous;
        if (watermark > previous) this.note(watch, node, firstSeq + i);
        previous = watermark;
      }
    });
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const { origin } = batch;
    if (origin !== null && port === 'out' && this.kinds.has('firing')) {
      this.eachOf('firing', node, (watch) => {
        for (let i = 0; i < rowCount(batch); i++) {
          const row = rowAt(batch, i);
          if (!Number.isNaN(origin.windowStartMs[row] ?? Number.NaN)) this.note(watch, node, batch.seq[row] ?? 0);
        }
      });
    }
    if (this.kinds.has('condition')) this.test(node, port, batch);
  }

  drop(node: number, { batch, row, reason }: Drop): void {
    this.eachOf('drop', node, (watch) => this.note(watch, node, batch.seq[row] ?? 0));
    if (reason === 'late' || reason === 'early') return;
    this.eachOf('anomaly', node, (watch) => this.note(watch, node, batch.seq[row] ?? 0));
  }

  rejected(node: number, { batch, row }: Rejection): void {
    this.eachOf('anomaly', node, (watch) => this.note(watch, node, batch.seq[row] ?? 0));
  }

  /** The ledger of a node does not add up behind entry `seq`. */
  unbalanced(node: number, seq: number): void {
    this.eachOf('anomaly', node, (watch) => this.note(watch, node, seq));
  }

  private test(node: number, port: OutputPortName, batch: Batch): void {
    this.watches.forEach(({ node: own, condition }, watch) => {
      if (condition?.ports.some((looked) => looked.node === node && looked.port === port) !== true) return;
      for (const row of condition.predicate.select(batch, rowErrors())) {
        this.note(watch, own ?? node, batch.seq[row] ?? 0);
      }
    });
  }

  private eachOf(kind: BoundWatch['kind'], node: number, act: (watch: number) => void): void {
    this.watches.forEach((watch, index) => {
      if (watch.kind === kind && (watch.node === null || watch.node === node)) act(index);
    });
  }

  private note(watch: number, node: number, seq: number): void {
    const hit: Hit = { seq, watch, nodeId: this.plan.nodes[node]?.id ?? '' };
    if (this.first === null || seq < this.first.seq) this.first = hit;
    if (this.last === null || seq >= this.last.seq) this.last = hit;
  }
}
