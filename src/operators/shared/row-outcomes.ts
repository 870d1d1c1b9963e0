import type { Batch, StreamType } from '../../stream/batch.ts';
import { withSelection } from '../../stream/batch.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { DropReason, KernelOutput } from '../operator.ts';

/** Bounds of windows, `[startMs, endMs]` as the dialect writes them. */
export type WindowBounds = readonly (readonly [EventTimeMs, EventTimeMs])[];

/**
 * The rows of a batch that an operator did not take: counted, told, and handed on at `late` and `rejected` where these
 * ports have an edge. `begin` with every batch, `finish` behind its last row.
 */
export class RowOutcomes {
  private readonly type: StreamType;
  private readonly emitsLate: boolean;
  private readonly emitsRejected: boolean;
  private batch: Batch | null = null;
  private readonly lateRows: number[] = [];
  private readonly rejectedRows: number[] = [];

  constructor(type: StreamType, connected: ReadonlySet<OutputPortName>) {
    this.type = type;
    this.emitsLate = connected.has('late');
    this.emitsRejected = connected.has('rejected');
  }

  begin(batch: Batch): void {
    this.batch = batch;
  }

  /** The row came too late for all of its windows; `windows` are those that it missed. */
  late(row: number, watermark: WatermarkMs, windows: WindowBounds, out: KernelOutput): void {
    out.fates.late++;
    this.missed(row, watermark, windows, out);
    if (this.emitsLate) this.lateRows.push(row);
  }

  /** The row came too late for these of its windows, and was taken by others. */
  lateFor(windows: number, out: KernelOutput): void {
    out.fates.lateWindows += windows;
  }

  private missed(row: number, watermark: WatermarkMs, windows: WindowBounds, out: KernelOutput): void {
    out.fates.lateWindows += windows.length;
    out.dropped({ batch: this.batch!, row, type: this.type, reason: 'late', watermark, windows });
  }

  /** The row has no usable time or key. */
  reject(row: number, reason: DropReason, watermark: WatermarkMs, out: KernelOutput): void {
    out.fates.rejected++;
    out.dropped({ batch: this.batch!, row, type: this.type, reason, watermark, windows: [] });
    if (this.emitsRejected) this.rejectedRows.push(row);
  }

  /** An expression failed for the row: counted and told already by `rejectFailed`. */
  failed(row: number): void {
    if (this.emitsRejected) this.rejectedRows.push(row);
  }

  finish(out: KernelOutput): void {
    const batch = this.batch!;
    if (this.lateRows.length > 0) out.emit('late', withSelection(batch, Int32Array.from(this.lateRows)));
    if (this.rejectedRows.length > 0) out.emit('rejected', withSelection(batch, Int32Array.from(this.rejectedRows)));
    this.lateRows.length = 0;
    this.rejectedRows.length = 0;
    this.batch = null;
  }
}
