import type { ResultRecord } from '../../engine/result-records.ts';
import { resultRecords } from '../../engine/result-records.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_TIMING_NAMES, rowAt, rowCount, withSelection } from '../../stream/batch.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { typeName } from '../../stream/types.ts';
import type { Json } from '../../stream/value.ts';
import type { ResultTable, TableColumn } from '../chart-protocol.ts';
import { tightBatch } from './tight-batch.ts';

/** Rows that are kept of each node. */
export const NEWEST_ROWS = 200;
/** Rows that are kept where somebody looks through them. */
export const WATCHED_ROWS = 2_000;
/** Physical rows that kept batches may hold before the rows that count are copied out of them. */
const HELD_ROWS = 65_536;

/** The newest rows of a stream. Keeps whole batches by reference, since few rows are ever looked at. */
export class NewestRows {
  static readonly sharedFields = ['type', 'kept', 'copies'];
  private kept: Batch[] = [];
  private copies: ResultRecord[] = [];
  private readonly nodeId: string;
  private readonly type: StreamType;
  private capacity = NEWEST_ROWS;
  /** Rows that came so far. */
  seen = 0;

  constructor(nodeId: string, type: StreamType) {
    this.nodeId = nodeId;
    this.type = type;
  }

  /** How many rows are to be kept from now on. */
  keep(rows: number): void {
    this.capacity = rows;
    this.copies = this.copies.slice(-rows);
    this.letGo();
  }

  add(batch: Batch): void {
    const rows = rowCount(batch);
    if (rows === 0) return;
    this.seen += rows;
    this.kept.push(batch);
    this.letGo();
  }

  /** Oldest first. */
  rows(limit: number): readonly ResultRecord[] {
    const newest = this.converted(Math.min(limit, this.capacity));
    const older = Math.max(0, Math.min(limit, this.capacity) - newest.length);
    return older === 0 ? newest : [...this.copies.slice(-older), ...newest];
  }

  /** The newest rows, oldest first. Null while no row came. */
  table(limit: number = NEWEST_ROWS): ResultTable | null {
    const rows = this.rows(limit);
    if (rows.length === 0) return null;
    return {
      nodeId: this.nodeId,
      length: rows.length,
      seq: Float64Array.from(rows, (row) => row.seq),
      kinds: Uint8Array.from(rows, (row) => ROW_KIND_NAMES.indexOf(row.op)),
      windowStartMs: Float64Array.from(rows, (row) => row.window?.[0] ?? Number.NaN),
      windowEndMs: Float64Array.from(rows, (row) => row.window?.[1] ?? Number.NaN),
      timing: Uint8Array.from(rows, (row) => Math.max(0, paneNames.indexOf(row.pane?.timing ?? 'on-time'))),
      tsMs: Float64Array.from(rows, (row) => row.ts ?? Number.NaN),
      columns: tableColumns(
        this.type,
        rows.map(({ row }) => row),
      ),
      key: Object.keys(rows.at(-1)?.key ?? {}),
    };
  }

  /** Copies the rows that count out of batches with many others. */
  settle(): void {
    const held = this.kept.reduce((sum, batch) => sum + batch.length, 0);
    if (held <= 4 * NEWEST_ROWS) return;
    const parts: Batch[] = [];
    let wanted = this.capacity;
    for (let k = this.kept.length - 1; k >= 0 && wanted > 0; k--) {
      const batch = this.kept[k];
      if (batch === undefined) break;
      const part = lastRows(batch, wanted);
      wanted -= rowCount(part);
      parts.unshift(tightBatch(part, this.type.schema));
    }
    this.kept = parts;
  }

  /** Drops batches that are all older than what is kept. */
  private letGo(): void {
    let needed = 0;
    let held = 0;
    let first = this.kept.length;
    while (first > 0 && needed < this.capacity) {
      const older = this.kept[--first];
      if (older === undefined) break;
      needed += rowCount(older);
      held += older.length;
    }
    if (first > 0) this.kept = this.kept.slice(first);
    if (needed >= this.capacity) this.copies = [];
    if (held > HELD_ROWS && this.kept.length > 1) this.copyOut();
  }

  private copyOut(): void {
    this.copies = [...this.copies, ...this.converted(this.capacity)].slice(-this.capacity);
    this.kept = [];
  }

  /** Of the batches that are held. */
  private converted(limit: number): readonly ResultRecord[] {
    const parts: (readonly ResultRecord[])[] = [];
    let wanted = limit;
    for (let k = this.kept.length - 1; k >= 0 && wanted > 0; k--) {
      const batch = this.kept[k];
      if (batch === undefined) break;
      const part = lastRows(batch, wanted);
      wanted -= rowCount(part);
      parts.unshift(resultRecords(this.nodeId, part, this.type));
    }
    return parts.flat();
  }
}

const paneNames: readonly string[] = PANE_TIMING_NAMES;

function lastRows(batch: Batch, count: number): Batch {
  const all = rowCount(batch);
  if (all <= count) return batch;
  return withSelection(
    batch,
    Int32Array.from({ length: count }, (_, i) => rowAt(batch, all - count + i)),
  );
}

export function tableColumns(
  type: StreamType,
  rows: readonly Readonly<Record<string, Json>>[],
): readonly TableColumn[] {
  return type.schema.fields.map((field) => ({
    name: field.name,
    type: typeName(field.type),
    values: rows.map((row) => row[field.name] ?? null),
  }));
}
