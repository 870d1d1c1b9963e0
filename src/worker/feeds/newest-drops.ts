import type { Probe } from '../../engine/probe.ts';
import type { DropRecord } from '../../engine/result-records.ts';
import { dropRecord } from '../../engine/result-records.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { DropTable } from '../chart-protocol.ts';
import { NEWEST_ROWS, tableColumns } from './newest-rows.ts';

/** What the engine's probe tells of a row that was dropped. */
export type Drop = Parameters<NonNullable<Probe['drop']>>[1];

/** Where and when a dropped row came. */
export interface DropArrival {
  readonly sourceId: string;
  readonly atMs: ProcessingTimeMs;
  /** How far behind the newest event of its source the row came. */
  readonly latenessMs: DurationMs;
}

interface KeptDrop {
  readonly record: DropRecord;
  readonly type: StreamType;
  readonly atMs: ProcessingTimeMs;
}

/** The newest drops of a node. Copied at the end of a round, so that a few of them do not keep many batches. */
export class NewestDrops {
  static readonly sharedFields = ['pending', 'kept'];
  private pending: { readonly drop: Drop; readonly arrival: DropArrival }[] = [];
  private kept: KeptDrop[] = [];
  private readonly nodeId: string;
  seen = 0;

  constructor(nodeId: string) {
    this.nodeId = nodeId;
  }

  add(drop: Drop, arrival: DropArrival): void {
    this.seen++;
    this.pending.push({ drop, arrival });
    if (this.pending.length > 2 * NEWEST_ROWS) this.pending = this.pending.slice(-NEWEST_ROWS);
  }

  endRound(): void {
    if (this.pending.length === 0) return;
    const copies = this.pending.slice(-NEWEST_ROWS).map(({ drop, arrival }) => ({
      record: dropRecord(this.nodeId, arrival.sourceId, drop),
      type: drop.type,
      atMs: arrival.atMs,
    }));
    this.kept = [...this.kept, ...copies].slice(-NEWEST_ROWS);
    this.pending = [];
  }

  /** Oldest first. */
  rows(limit: number): readonly DropRecord[] {
    return this.kept.slice(Math.max(0, this.kept.length - limit)).map(({ record }) => record);
  }

  /** Rows of the input that dropped last: those of a join may differ in their columns. Null while none was dropped. */
  table(): DropTable | null {
    const type = this.kept.at(-1)?.type;
    if (type === undefined) return null;
    const columns = columnsText(type);
    const kept = this.kept.filter((drop) => columnsText(drop.type) === columns);
    const records = kept.map(({ record }) => record);
    return {
      nodeId: this.nodeId,
      length: kept.length,
      seq: Float64Array.from(records, ({ seq }) => seq),
      tsMs: Float64Array.from(records, ({ ts }) => ts ?? Number.NaN),
      atMs: Float64Array.from(kept, ({ atMs }) => atMs),
      watermarkMs: Float64Array.from(records, ({ watermark }) => Number(watermark)),
      windowStartMs: Float64Array.from(records, ({ windows }) => windows[0]?.[0] ?? Number.NaN),
      windowEndMs: Float64Array.from(records, ({ windows }) => windows[0]?.[1] ?? Number.NaN),
      reasons: records.map(({ reason }) => reason),
      columns: tableColumns(
        type,
        records.map(({ row }) => row),
      ),
    };
  }
}

const texts = new WeakMap<StreamType['schema'], string>();

/** Equal for types of the same columns: after an edit of the run they are other objects. */
function columnsText({ schema }: StreamType): string {
  let text = texts.get(schema);
  if (text === undefined) texts.set(schema, (text = JSON.stringify(schema)));
  return text;
}
