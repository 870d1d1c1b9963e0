import type { Batch, StreamType } from '../../../stream/batch.ts';
import { phaseAt } from '../../../stream/batch.ts';
import type { OutputPortName } from '../../../stream/node-definition.ts';
import type { WatermarkMs } from '../../../stream/time.ts';
import type { DropReason, KernelOutput } from '../../operator.ts';
import { emitInChunks } from '../emit-chunks.ts';
import { ResultBuilder } from '../result-builder.ts';
import type { SideRow } from './side-row.ts';
import { appendBesideNull } from './side-row.ts';

/**
 * The rows that a join cannot use: counted, told, and handed on at `rejected` in the columns of both sides, the other side
 * NULL. `flush` at the end of the round.
 */
export class RefusedRows {
  private readonly types: readonly StreamType[];
  private readonly rows: ResultBuilder | null;

  constructor(
    types: readonly StreamType[],
    outputs: Readonly<Partial<Record<OutputPortName, StreamType>>>,
    connected: ReadonlySet<OutputPortName>,
  ) {
    this.types = types;
    this.rows = connected.has('rejected') ? new ResultBuilder(outputs.rejected!.schema) : null;
  }

  /** The row has no usable time or key. */
  drop({ side, batch, row }: SideRow, reason: DropReason, watermark: WatermarkMs, out: KernelOutput): void {
    out.fates.rejected++;
    out.dropped({ batch, row, type: this.types[side]!, reason, watermark, windows: [] });
    this.handOn(side, batch, row);
  }

  /** The row is of no use for a reason that takes words. */
  reject({ side, batch, row }: SideRow, message: string, out: KernelOutput): void {
    out.fates.rejected++;
    out.rejected({ batch, row, type: this.types[side]!, message });
    this.handOn(side, batch, row);
  }

  private handOn(side: 0 | 1, batch: Batch, row: number): void {
    if (this.rows === null) return;
    appendBesideNull(this.rows.columns, this.types[0]!.schema.fields.length, { side, batch, row });
    this.rows.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, batch.ts[row]!);
  }

  flush(out: KernelOutput): void {
    emitInChunks(out, 'rejected', this.rows?.take(null) ?? null);
  }
}
