import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { rowCount } from '../../stream/batch.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { KernelOutput, StateSize } from '../operator.ts';
import type { BoundKey } from './key-columns.ts';
import { rejectFailed } from './rejected-rows.ts';
import { lookAtKinds } from './state-contents.ts';
import type { StateKind } from './state-contents.ts';
import { withoutDeletions, withoutFailed } from './table-rows.ts';
import { NOTHING_TO_DELETE, UpsertTable } from './upsert-table.ts';

/** What a batch of a keyed changelog did to the table. */
export interface Taken {
  /** Spelled out as by `UpsertTable`; null when nothing changed. */
  readonly changes: Batch | null;
  /** How many of the batch's rows are behind them: all but those that were rejected. */
  readonly count: number;
}

/**
 * The table that a keyed changelog stands for, with what keeps a row out of it: an expression that fails for it, and a
 * deletion that finds nothing. Such rows are rejected before they change anything.
 */
export class TableRows {
  private readonly type: StreamType;
  private readonly table: UpsertTable;

  /** `changes`: how the dialect gives out what changes. Rows that Flink takes back come with the time that they had. */
  constructor(type: StreamType, key: BoundKey, changes: Exclude<Changes, 'append'>) {
    this.type = type;
    this.table = new UpsertTable(type.schema, key, changes === 'retract' ? 'own' : 'of-change');
  }

  /** Takes a batch in. `check` evaluates what may fail for a row; it is not asked about rows that only delete. */
  take(batch: Batch, check: (rows: Batch, errors: RowErrors) => void, out: KernelOutput): Taken {
    const errors = rowErrors();
    const rows = withoutDeletions(batch);
    if (rowCount(rows) > 0) check(rows, errors);
    const changes = this.table.spelledOut(withoutFailed(batch, errors), (row) => errors.fail(row, NOTHING_TO_DELETE));
    rejectFailed(batch, this.type, errors, out);
    return { changes, count: rowCount(batch) - errors.count };
  }

  /** The rows of the input as they stand. */
  look(most: number): StateLook {
    return lookAtKinds(this.lookAt('rows as they stand', most));
  }

  lookAt(what: string, most: number): StateKind {
    return this.table.look(what, most);
  }

  stateSize(): StateSize {
    return { rows: this.table.size, bytes: this.table.bytes };
  }

  snapshot(writer: StateWriter): void {
    this.table.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.table.restore(reader);
  }
}
