import type { Drop } from '../../operators/operator.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import { rowToJson } from '../../stream/value.ts';
import type { DropTable } from '../chart-protocol.ts';
import type { DropRow } from '../protocol.ts';
import { NEWEST_ROWS, tableColumns } from './newest-rows.ts';

interface KeptDrop {
  readonly row: DropRow;
  readonly type: StreamType;
  readonly atMs: ProcessingTimeMs;
}

/**
 * The newest drops of a node. Input batches are only lent for a round, so what a round dropped is copied at its end; of
 * a round that dropped more than is kept, only the newest.
 */
export class NewestDrops {
  private pending: { readonly drop: Drop; readonly atMs: ProcessingTimeMs }[] = [];
  private kept: KeptDrop[] = [];
  private readonly nodeId: string;
  seen = 0;

  constructor(nodeId: string) {
    this.nodeId = nodeId;
  }

  add(drop: Drop, atMs: ProcessingTimeMs): void {
    this.seen++;
    this.pending.push({ drop, atMs });
    if (this.pending.length > 2 * NEWEST_ROWS) this.pending = this.pending.slice(-NEWEST_ROWS);
  }

  endRound(): void {
    if (this.pending.length === 0) return;
    const copies = this.pending.slice(-NEWEST_ROWS).map(({ drop, atMs }) => this.copy(drop, atMs));
    this.kept = [...this.kept, ...copies].slice(-NEWEST_ROWS);
    this.pending = [];
  }

  /** Oldest first. */
  rows(limit: number): readonly DropRow[] {
    return this.kept.slice(Math.max(0, this.kept.length - limit)).map(({ row }) => row);
  }

  /** Rows of the port that dropped last: inputs of a join may differ in their columns. Null while none was dropped. */
  table(): DropTable | null {
    const type = this.kept.at(-1)?.type;
    if (type === undefined) return null;
    const kept = this.kept.filter((drop) => drop.type === type);
    return {
      nodeId: this.nodeId,
      length: kept.length,
      seq: Float64Array.from(kept, ({ row }) => row.seq),
      tsMs: Float64Array.from(kept, ({ row }) => row.ts ?? Number.NaN),
      atMs: Float64Array.from(kept, ({ atMs }) => atMs),
      watermarkMs: Float64Array.from(kept, ({ row }) => row.watermark),
      windowStartMs: Float64Array.from(kept, ({ row }) => row.windows[0]?.[0] ?? Number.NaN),
      windowEndMs: Float64Array.from(kept, ({ row }) => row.windows[0]?.[1] ?? Number.NaN),
      reasons: kept.map(({ row }) => row.reason),
      columns: tableColumns(
        type,
        kept.map(({ row }) => row.row),
      ),
    };
  }

  private copy({ batch, row, type, reason, watermark, windows }: Drop, atMs: ProcessingTimeMs): KeptDrop {
    const ts = batch.ts[row] ?? Number.NaN;
    const copied: DropRow = {
      seq: batch.seq[row] ?? 0,
      node: this.nodeId,
      row: rowToJson(batch.columns, type.schema, row),
      ts: Number.isNaN(ts) ? null : ts,
      watermark,
      windows,
      reason,
    };
    return { row: copied, type, atMs };
  }
}
