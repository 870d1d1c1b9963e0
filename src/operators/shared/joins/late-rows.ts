import type { StreamType } from '../../../stream/batch.ts';
import { phaseAt } from '../../../stream/batch.ts';
import type { OutputPortName } from '../../../stream/node-definition.ts';
import type { WatermarkMs } from '../../../stream/time.ts';
import type { KernelOutput } from '../../operator.ts';
import { emitInChunks } from '../emit-chunks.ts';
import { ResultBuilder } from '../result-builder.ts';
import type { WindowBounds } from '../row-outcomes.ts';
import type { SideRow } from './side-row.ts';
import { appendBesideNull } from './side-row.ts';

/**
 * The rows that come too late for a join: counted, told, and handed on at `late` in the columns of both sides, the other
 * side NULL. `flush` at the end of the round.
 */
export class LateRows {
  private readonly types: readonly StreamType[];
  private readonly rows: ResultBuilder | null;

  constructor(
    types: readonly StreamType[],
    outputs: Readonly<Partial<Record<OutputPortName, StreamType>>>,
    connected: ReadonlySet<OutputPortName>,
  ) {
    this.types = types;
    this.rows = connected.has('late') ? new ResultBuilder(outputs.late!.schema) : null;
  }

  /** `windows` are those that the row missed. */
  late({ side, batch, row }: SideRow, watermark: WatermarkMs, windows: WindowBounds, out: KernelOutput): void {
    out.fates.late++;
    out.fates.lateWindows += windows.length;
    out.dropped({ batch, row, type: this.types[side]!, reason: 'late', watermark, windows });
    if (this.rows === null) return;
    appendBesideNull(this.rows.columns, this.types[0]!.schema.fields.length, { side, batch, row });
    this.rows.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, batch.ts[row]!);
  }

  flush(out: KernelOutput): void {
    emitInChunks(out, 'late', this.rows?.take(null) ?? null);
  }
}
