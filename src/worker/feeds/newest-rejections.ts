import type { Probe } from '../../engine/probe.ts';
import { rowToJson } from '../../stream/value.ts';
import type { RejectedRow } from '../protocol.ts';
import { NEWEST_ROWS } from './newest-rows.ts';

/** What the engine's probe tells of a row that an operator could not use. */
export type Rejection = Parameters<NonNullable<Probe['rejected']>>[1];

/** The newest rows that a node rejected. Copied at the end of a round, so that a few of them do not keep many batches. */
export class NewestRejections {
  static readonly sharedFields = ['pending', 'kept'];
  private pending: Rejection[] = [];
  private kept: RejectedRow[] = [];

  add(rejection: Rejection): void {
    this.pending.push(rejection);
    if (this.pending.length > 2 * NEWEST_ROWS) this.pending = this.pending.slice(-NEWEST_ROWS);
  }

  endRound(): void {
    if (this.pending.length === 0) return;
    this.kept = [...this.kept, ...this.pending.slice(-NEWEST_ROWS).map(rejectedRow)].slice(-NEWEST_ROWS);
    this.pending = [];
  }

  /** Oldest first. */
  rows(limit: number): readonly RejectedRow[] {
    return this.kept.slice(Math.max(0, this.kept.length - limit));
  }
}

function rejectedRow({ batch, row, type, message }: Rejection): RejectedRow {
  const tsMs = batch.ts[row] ?? Number.NaN;
  return {
    seq: batch.seq[row] ?? Number.NaN,
    tsMs: Number.isNaN(tsMs) ? null : tsMs,
    message,
    row: rowToJson(batch.columns, type.schema, row),
  };
}
