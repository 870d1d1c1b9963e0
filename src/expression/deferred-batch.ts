import { defined } from '../stream/assert.ts';
import type { Batch, Origin } from '../stream/batch.ts';
import { withColumns } from '../stream/batch.ts';
import type { Buffers } from '../stream/buffers.ts';
import type { Column } from '../stream/column.ts';
import type { RowErrors } from './frame.ts';
import { rowErrors } from './frame.ts';

/** Computes a column from those of a batch, for the rows of its selection. */
export interface Formula {
  /** Whether a row can fail: then it has to be computed at once, so that the row is rejected. */
  readonly canFail: boolean;
  evaluate(batch: Batch, errors: RowErrors, buffers: Buffers): Column;
}

/** A column that lies there, or what computes it when it is read. */
type Deferred = Column | Computed;

class Computed {
  readonly formula: Formula;
  readonly over: readonly Deferred[];
  /** The rows that there were where the column was made. */
  readonly made: Level;
  constructor(formula: Formula, over: readonly Deferred[], made: Level) {
    this.formula = formula;
    this.over = over;
    this.made = made;
  }
}

/** A selection among the rows of one batch, and what was computed for just these rows. */
class Level {
  readonly wider: Level | null;
  readonly selection: Int32Array | null;
  /** Whether several readers go on from here, each with rows of its own: what all may read is computed here, once. */
  readonly isShared: boolean;
  private known: Map<Computed, Column> | null = null;

  constructor(wider: Level | null, selection: Int32Array | null, isShared = false) {
    this.wider = wider;
    this.selection = selection;
    this.isShared = isShared;
  }

  find(computed: Computed): Column | undefined {
    return this.known?.get(computed);
  }

  keep(computed: Computed, column: Column): Column {
    this.known ??= new Map();
    this.known.set(computed, column);
    return column;
  }
}

/**
 * A batch between two operators that treat each row by itself. A column is computed when it is read, for the rows that are
 * left by then; one that nobody reads is never computed. `columns` computes all of them, so that any reader may have it.
 *
 * Made of a batch with `of`, then `narrowed` by filters and `mapped` by maps, each of which leaves the batch before as it
 * was. Physical rows stay what they are. Good for as long as the buffers lend their arrays.
 */
export class DeferredBatch implements Batch {
  readonly length: number;
  readonly phase: Uint8Array | null;
  readonly ts: Float64Array;
  readonly kinds: Uint8Array | null;
  readonly origin: Origin | null;
  /** What it was made of first; its columns may be others. */
  private readonly base: Batch;
  private readonly buffers: Buffers;
  private readonly level: Level;
  private readonly deferred: readonly Deferred[];
  private all: readonly Column[] | null = null;

  private constructor(rows: Batch, deferred: readonly Deferred[], level: Level, buffers: Buffers) {
    this.base = rows instanceof DeferredBatch ? rows.base : rows;
    this.length = rows.length;
    this.phase = rows.phase;
    this.ts = rows.ts;
    this.kinds = rows.kinds;
    this.origin = rows.origin;
    this.deferred = deferred;
    this.level = level;
    this.buffers = buffers;
  }

  /** A batch as one whose further columns wait to be read. */
  static of(batch: Batch, buffers: Buffers): DeferredBatch {
    if (batch instanceof DeferredBatch) return batch;
    return new DeferredBatch(batch, batch.columns, new Level(null, batch.selection), buffers);
  }

  get seq(): Float64Array {
    return this.base.seq;
  }

  get selection(): Int32Array | null {
    return this.level.selection;
  }

  get columns(): readonly Column[] {
    return (this.all ??= this.deferred.map((_, index) => this.column(index)));
  }

  /** One column, right in the rows of the selection. */
  column(index: number): Column {
    return this.resolve(defined(this.deferred[index], 'a column of the batch'), this.level);
  }

  /** The same with fewer rows. */
  narrowed(selection: Int32Array | null): DeferredBatch {
    if (selection === this.level.selection) return this;
    return new DeferredBatch(this, this.deferred, new Level(this.level, selection), this.buffers);
  }

  /** The same rows with other columns: each is one of this batch by its index, one that lies there, or is computed. */
  mapped(columns: readonly (number | Column | Formula)[]): DeferredBatch {
    const deferred = columns.map((column) => {
      if (typeof column === 'number') return defined(this.deferred[column], 'a column of the batch');
      return 'kind' in column ? column : new Computed(column, this.deferred, this.level);
    });
    return new DeferredBatch(this, deferred, this.level, this.buffers);
  }

  /** The same for several readers. */
  shared(): DeferredBatch {
    const level = new Level(this.level, this.level.selection, true);
    return new DeferredBatch(this, this.deferred, level, this.buffers);
  }

  /** The batch with all its columns, as any other. */
  settled(): Batch {
    return withColumns(this.base, this.columns, this.selection);
  }

  private resolve(wanted: Deferred, from: Level): Column {
    if (!(wanted instanceof Computed)) return wanted;
    let target = from;
    for (let level: Level | null = from; level !== null; level = level.wider) {
      // What was computed for more rows is right for these, too.
      const known = level.find(wanted);
      if (known !== undefined) return known;
      if (level === wanted.made) break;
      if (level.isShared) target = level;
    }
    const batch = new DeferredBatch(this, wanted.over, target, this.buffers);
    return target.keep(wanted, wanted.formula.evaluate(batch, rowErrors(), this.buffers));
  }
}

/** A column of any batch, without the others where they wait to be read. */
export function columnAt(batch: Batch, index: number): Column | undefined {
  return batch instanceof DeferredBatch ? batch.column(index) : batch.columns[index];
}
