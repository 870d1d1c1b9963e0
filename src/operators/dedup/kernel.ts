import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import type { DedupBound } from './bind-dedup.ts';

export function dedupKernel(request: KernelRequest<DedupBound>): Kernel {
  return new DedupKernel(request);
}

interface Kept {
  readonly handle: number;
  readonly timeMs: EventTimeMs;
}

/** Bytes of a kept row beside its columns and its key. */
const KEPT_BYTES = 48;

/** One row a key. Flink: `DeduplicateFunctionHelper`, `RowTimeDeduplicateFunction`, `ProcTimeDeduplicateKeepFirstRowFunction`. */
class DedupKernel implements Kernel {
  private readonly bound: DedupBound;
  private readonly type: StreamType;
  private readonly keys: KeyTable;
  private readonly rows: RowStore;
  /** By key number, in order of the keys' first arrival. */
  private readonly kept = new Map<number, Kept>();
  private readonly results: ResultBuilder;

  constructor({ bound, inputs, outputs }: KernelRequest<DedupBound>) {
    this.bound = bound;
    this.type = inputs[0]!;
    this.keys = new KeyTable(bound.key.fields);
    this.rows = new RowStore(this.type.schema);
    this.results = new ResultBuilder(outputs.out!.schema);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const count = rowCount(batch);
      for (let i = 0; i < count; i++) this.take(batch, rowAt(batch, i), clock, out);
    }
    this.flush(out);
    return clock;
  }

  private take(batch: Batch, row: number, clock: Curve, out: KernelOutput): void {
    const timeMs = batch.ts[row]!;
    if (this.bound.orderBy === 'event-time' && timeMs !== timeMs) {
      out.fates.rejected++;
      const watermark = watermarkBefore(clock, batch.seq[row]!);
      out.dropped({ batch, row, type: this.type, reason: 'no-time', watermark, windows: [] });
      return;
    }
    const key = this.keys.idOf(
      this.bound.key.columns.map((index) => batch.columns[index]!),
      row,
    );
    const before = this.kept.get(key);
    if (before === undefined) {
      this.keys.hold(key);
      this.put(key, batch, row, INSERT);
      out.fates.held++;
    } else if (this.replaces(timeMs, before.timeMs)) {
      this.add(batch, row, before, UPDATE_BEFORE);
      this.rows.release(before.handle);
      this.put(key, batch, row, UPDATE_AFTER);
      out.fates.used++;
    } else out.fates.filtered++;
    if (this.results.length >= CHUNK_ROWS - 1) this.flush(out);
  }

  private put(key: number, batch: Batch, row: number, kind: RowKind): void {
    const kept = { handle: this.rows.put(batch.columns, row), timeMs: batch.ts[row]! };
    this.kept.set(key, kept);
    this.add(batch, row, kept, kind);
  }

  // DeduplicateFunctionHelper.isDuplicate: first by a strictly smaller time, last by one that is not smaller
  private replaces(timeMs: EventTimeMs, keptMs: EventTimeMs): boolean {
    const { keep, orderBy } = this.bound;
    if (orderBy === 'arrival') return keep === 'last';
    return keep === 'first' ? timeMs < keptMs : timeMs >= keptMs;
  }

  private add(batch: Batch, row: number, { handle, timeMs }: Kept, kind: RowKind): void {
    this.rows.appendTo(this.results.columns, 0, handle);
    this.results.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, timeMs, kind);
  }

  private flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch !== null) out.emit('out', batch);
  }

  mostOutputs(_rows: number): number {
    return 2;
  }

  stateSize(): StateSize {
    return { rows: this.kept.size, bytes: this.kept.size * KEPT_BYTES + this.rows.bytes + this.keys.textBytes };
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.kept.size);
    for (const [key, { handle, timeMs }] of this.kept) {
      this.keys.write(writer, key);
      this.rows.write(writer, handle);
      writer.f64(timeMs);
    }
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const key = this.keys.read(reader);
      this.keys.hold(key);
      this.kept.set(key, { handle: this.rows.read(reader), timeMs: reader.f64() });
    }
  }
}
