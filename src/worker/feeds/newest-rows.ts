import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_TIMING_NAMES, kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { typeName } from '../../stream/types.ts';
import type { Json } from '../../stream/value.ts';
import { cell, rowToJson, toJson } from '../../stream/value.ts';
import type { ResultTable, TableColumn } from '../chart-protocol.ts';
import type { ResultRow } from '../protocol.ts';

/** Rows that are kept of each node. */
export const NEWEST_ROWS = 200;
/** Physical rows that kept batches may hold before the rows that count are copied out of them. */
const HELD_ROWS = 65_536;

interface KeptBatch {
  readonly batch: Batch;
  readonly type: StreamType;
  readonly port: OutputPortName;
  /** Rows in it that a reader sees. */
  readonly rows: number;
}

/** The newest rows of a node. Keeps whole batches by reference, since few rows are ever looked at. */
export class NewestRows {
  private kept: KeptBatch[] = [];
  private copies: ResultRow[] = [];
  private readonly nodeId: string;
  /** Rows that came so far. */
  seen = 0;

  constructor(nodeId: string) {
    this.nodeId = nodeId;
  }

  add(port: OutputPortName, batch: Batch, type: StreamType): void {
    const rows = rowCount(batch);
    if (rows === 0) return;
    this.seen += rows;
    this.kept.push({ batch, type, port, rows });
    let needed = 0;
    let held = 0;
    let first = this.kept.length;
    while (first > 0 && needed < NEWEST_ROWS) {
      first--;
      needed += this.kept[first]?.rows ?? 0;
      held += this.kept[first]?.batch.length ?? 0;
    }
    if (first > 0) this.kept = this.kept.slice(first);
    if (needed >= NEWEST_ROWS) this.copies = [];
    if (held > HELD_ROWS && this.kept.length > 1) this.copyOut();
  }

  /** Oldest first. */
  rows(limit: number): readonly ResultRow[] {
    this.copyOut();
    return this.copies.slice(Math.max(0, this.copies.length - limit));
  }

  /** Null while no row came. */
  table(type: StreamType): ResultTable | null {
    const rows = this.rows(NEWEST_ROWS);
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
        type,
        rows.map((row) => row.row),
      ),
      key: Object.keys(rows[0]?.key ?? {}),
    };
  }

  private copyOut(): void {
    const rows: ResultRow[] = [];
    for (let k = this.kept.length - 1; k >= 0 && rows.length < NEWEST_ROWS; k--) {
      const kept = this.kept[k];
      if (kept === undefined) continue;
      for (let i = kept.rows - 1; i >= 0 && rows.length < NEWEST_ROWS; i--) rows.push(this.copy(kept, i));
    }
    this.copies = [...this.copies, ...rows.reverse()].slice(-NEWEST_ROWS);
    this.kept = [];
  }

  private copy({ batch, type, port }: KeptBatch, i: number): ResultRow {
    const row = rowAt(batch, i);
    const origin = batch.origin;
    const startMs = origin?.windowStartMs[row] ?? Number.NaN;
    const endMs = origin?.windowEndMs[row] ?? Number.NaN;
    const hasWindow = !Number.isNaN(startMs) && !Number.isNaN(endMs);
    const ts = batch.ts[row] ?? Number.NaN;
    return {
      seq: batch.seq[row] ?? 0,
      phase: phaseAt(batch, row),
      node: this.nodeId,
      port,
      op: ROW_KIND_NAMES[kindAt(batch, row)],
      key: origin === null ? null : keyOf(origin, row),
      window: hasWindow ? [startMs, endMs] : null,
      pane:
        origin === null || !hasWindow
          ? null
          : { timing: PANE_TIMING_NAMES[origin.timing[row] as 0 | 1 | 2], index: origin.paneIndex[row] ?? 0 },
      ts: Number.isNaN(ts) ? null : ts,
      row: rowToJson(batch.columns, type.schema, row),
    };
  }
}

const paneNames: readonly string[] = PANE_TIMING_NAMES;

function keyOf(origin: NonNullable<Batch['origin']>, row: number): Record<string, Json> {
  return Object.fromEntries(
    origin.keyFields.map((field, i) => {
      const column = origin.keyColumns[i];
      return [field.name, column === undefined ? null : toJson(cell(column, field.type, row), field.type)];
    }),
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
