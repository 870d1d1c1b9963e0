import { statedWatermarks } from '../expression/punctuation.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { SourceTimes } from '../sources/source-times.ts';
import { defined } from '../stream/assert.ts';
import type { Batch, StreamType } from '../stream/batch.ts';
import { rowAt, rowCount, withSelection } from '../stream/batch.ts';
import type { Buffers } from '../stream/buffers.ts';
import { isNull } from '../stream/column.ts';
import type { Curve } from '../stream/curve.ts';
import { watermarkBefore } from '../stream/curve.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../stream/state-codec.ts';
import { fieldIndex } from '../stream/types.ts';
import type { Delivery } from './delivery.ts';
import { NodeCounters } from './ledger.ts';
import type { NodeOutput } from './node.ts';
import type { PartitionMove, Probe } from './probe.ts';
import type { PartitionMark, SourceRows } from './progress/source-progress.ts';
import { SourceProgress } from './progress/source-progress.ts';

export interface SourceContext {
  readonly plan: Plan;
  readonly probe: Probe;
  readonly delivery: Delivery;
  readonly buffers: Buffers;
}

/**
 * A source of a running dataflow: hands on the log's rows and states the watermark.
 *
 * The early guard stands here: a row whose event time is more than `maxAheadMs` ahead of the processing time of its entry
 * is dropped (`filtered`, reason `early`), and for the watermark it is as if it had not come. So does the guard of keys: a
 * row of a table by key that has NULL in its key is `rejected`, reason `null-key` (Kafka: `KTableSource`).
 */
export class SourceNode {
  readonly node: number;
  readonly counters = new NodeCounters();
  private readonly times: SourceTimes;
  private readonly type: StreamType;
  /** Columns in which a row must not be NULL. */
  private readonly keyColumns: readonly number[];
  private readonly progress: SourceProgress;
  private readonly context: SourceContext;

  constructor(node: number, context: SourceContext) {
    const { plan } = context;
    const planned = plan.nodes[node]!;
    this.node = node;
    this.context = context;
    this.times = planned.bound as SourceTimes;
    this.type = defined(planned.outputs.out, 'output of a source');
    const { changes, key, schema } = this.type;
    this.keyColumns = changes === 'upsert' ? (key ?? []).map((name) => fieldIndex(schema, name)) : [];
    const { probe } = context;
    const tell = probe.partition === undefined ? null : (move: PartitionMove): void => probe.partition?.(node, move);
    this.progress = new SourceProgress(this.times, plan.dialect.time, plan.end !== 'none', tell);
  }

  /** `index` is the source's number in the log. */
  run(slice: LogSlice, index: number): NodeOutput {
    const batch = slice.rows[index] ?? null;
    const early = batch === null ? null : this.earlyRows(slice, batch);
    const curve = this.progress.run(
      slice,
      index,
      batch === null ? null : this.rowsOf(batch, early),
      this.context.buffers,
    );
    const { probe } = this.context;
    probe.curve?.(this.node, curve);
    if (batch === null || batch.length === 0) return outputOf([], curve);
    this.counters.in += batch.length;
    const kept = this.withKeys(early === null ? batch : this.withoutEarly(batch, early, curve), curve);
    const count = rowCount(kept);
    this.counters.fates.used += count;
    if (count === 0) return outputOf([], curve);
    this.counters.countEmitted('out', kept);
    probe.output?.(this.node, 'out', kept);
    return outputOf([kept], curve);
  }

  /** The watermarks of its partitions. */
  partitions(): readonly PartitionMark[] {
    return this.progress.marks();
  }

  private rowsOf(batch: Batch, early: Uint8Array | null): SourceRows {
    const { punctuation, watermark } = this.times;
    const stated = punctuation === null ? null : statedWatermarks(punctuation, batch, watermark.delayMs);
    return { batch, stated, early };
  }

  private earlyRows(slice: LogSlice, batch: Batch): Uint8Array | null {
    const { maxAheadMs } = this.times.watermark;
    if (maxAheadMs === 0) return null;
    let early: Uint8Array | null = null;
    for (let row = 0; row < batch.length; row++) {
      const atMs = slice.at[batch.seq[row]! - slice.firstSeq]!;
      if (batch.ts[row]! - atMs > maxAheadMs) (early ??= new Uint8Array(batch.length))[row] = 1;
    }
    return early;
  }

  private withKeys(batch: Batch, curve: Curve): Batch {
    const keys = this.keyColumns.map((index) => batch.columns[index]!).filter((column) => column.nulls !== null);
    if (keys.length === 0) return batch;
    const { fates } = this.counters;
    const kept: number[] = [];
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      if (!keys.some((column) => isNull(column.nulls, row))) kept.push(row);
      else {
        fates.rejected++;
        const watermark = watermarkBefore(curve, batch.seq[row]!);
        const drop = { batch, row, type: this.type, reason: 'null-key' as const, watermark, windows: [] };
        if (this.context.probe.drop !== undefined) this.context.delivery.dropped(this.node, drop);
      }
    }
    return kept.length === count ? batch : withSelection(batch, Int32Array.from(kept));
  }

  private withoutEarly(batch: Batch, early: Uint8Array, curve: Curve): Batch {
    const { fates } = this.counters;
    const kept: number[] = [];
    for (let row = 0; row < batch.length; row++) {
      if (early[row] === 0) kept.push(row);
      else {
        fates.filtered++;
        const watermark = watermarkBefore(curve, batch.seq[row]!);
        const drop = { batch, row, type: this.type, reason: 'early' as const, watermark, windows: [] };
        if (this.context.probe.drop !== undefined) this.context.delivery.dropped(this.node, drop);
      }
    }
    return withSelection(batch, Int32Array.from(kept));
  }

  snapshot(writer: StateWriter): void {
    this.counters.snapshot(writer);
    this.progress.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.counters.restore(reader);
    this.progress.restore(reader);
  }
}

function outputOf(out: readonly Batch[], curve: Curve): NodeOutput {
  return { batches: { out, late: [], rejected: [] }, curve };
}
