import { rowErrors } from '../../expression/frame.ts';
import type { RowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { Schema } from '../../stream/types.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import { AggregateCells } from '../shared/aggregates/aggregate-cells.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import type { RowStore } from '../shared/state/row-store.ts';
import type { PatternBound } from './bound.ts';
import type { KeptRow, Run, TakenRow } from './runs-state.ts';

/** Measures over the same rows: those of one step, or of the whole match. */
interface Group {
  readonly step: number | null;
  readonly cells: AggregateCells;
  /** Output columns, one a measure. */
  readonly columns: readonly number[];
}

export interface Place {
  readonly seq: number;
  readonly phase: 0 | 1;
}

/** Puts the results of matches together. */
export class MatchResults {
  private readonly results: ResultBuilder;
  private readonly groups: readonly Group[];
  private readonly rows: ResultBuilder;
  private readonly keyWidth: number;
  private readonly tellsTimeouts: boolean;
  private readonly keys: KeyTable;
  private readonly store: RowStore;

  constructor(
    bound: PatternBound,
    types: { readonly input: Schema; readonly out: StreamType },
    keys: KeyTable,
    store: RowStore,
  ) {
    this.keys = keys;
    this.store = store;
    this.results = new ResultBuilder(types.out.schema);
    this.rows = new ResultBuilder(types.input);
    this.keyWidth = bound.key.fields.length;
    this.tellsTimeouts = bound.timeouts;
    this.groups = groupsOf(bound);
  }

  /** Notes the rows of a batch for which a measure could not be computed. */
  check(batch: Batch, errors: RowErrors): void {
    for (const { cells } of this.groups) cells.begin(batch, errors);
  }

  add(
    { path }: Run,
    key: number,
    result: Place & { readonly timeMs: number; readonly isTimeout: boolean },
    out: KernelOutput,
  ): void {
    const taken: TakenRow[] = [];
    for (let each: TakenRow | null = path; each !== null; each = each.previous) {
      each.row.isTold = true;
      taken.push(each);
    }
    taken.reverse();
    const { columns } = this.results;
    this.keys.appendTo(columns, key);
    if (this.tellsTimeouts) columns[this.keyWidth]!.append(result.isTimeout);
    for (const { step, cells, columns: places } of this.groups) {
      const rows = taken.flatMap((each) => (step === null || each.step === step ? [each.row] : []));
      const cell = this.gather(cells, rows);
      cells.appendTo(
        places.map((place) => columns[place]!),
        0,
        cell,
      );
      cells.release(cell);
    }
    this.results.place(result.seq, result.phase, result.timeMs);
    if (this.results.length === CHUNK_ROWS) this.flush(out);
  }

  /** In the order of the match, which first, last and lists go by. */
  private gather(cells: AggregateCells, rows: readonly KeptRow[]): number {
    const cell = cells.take();
    rows.forEach(({ handle, timeMs }, i) => {
      this.store.appendTo(this.rows.columns, 0, handle);
      this.rows.place(i, 0, timeMs);
    });
    const batch = this.rows.take(null);
    if (batch === null) return cell;
    cells.begin(batch, rowErrors());
    for (let row = 0; row < batch.length; row++) cells.add(cell, row);
    return cell;
  }

  flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch !== null) out.emit('out', batch);
  }
}

function groupsOf({ measures, key, timeouts }: PatternBound): readonly Group[] {
  const first = key.fields.length + (timeouts ? 1 : 0);
  const steps = [...new Set(measures.map(({ step }) => step))];
  return steps.map((step) => {
    const own = measures.flatMap((measure, i) => (measure.step === step ? [{ measure, column: first + i }] : []));
    return {
      step,
      cells: new AggregateCells(own.map(({ measure }) => measure.aggregate)),
      columns: own.map(({ column }) => column),
    };
  });
}
