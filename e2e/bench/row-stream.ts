import type { OperatorFunction } from 'rxjs';
import { Observable, from } from 'rxjs';
import type { Contender } from './job.ts';
import { MAX_ROW_OBJECTS } from './job.ts';
import type { EventRow, Workload } from './workload.ts';
import { rowsOf } from './workload.ts';

/** A stateful step over rows: what a user writes by hand when the library has no operator for it. */
export interface RowStep<Row = EventRow> {
  next(row: Row): void;
  end(): void;
}

export type MakeStep<Row, Out> = (emit: (result: Out) => void) => RowStep<Row>;

/** The step as an RxJS operator of the user's own. */
function rowOperator<Row, Out>(makeStep: MakeStep<Row, Out>): OperatorFunction<Row, Out> {
  return (source) =>
    new Observable<Out>((subscriber) => {
      const step = makeStep((result) => subscriber.next(result));
      return source.subscribe({
        next: (row) => step.next(row),
        error: (error) => subscriber.error(error),
        complete: () => {
          step.end();
          subscriber.complete();
        },
      });
    });
}

/** Takes the results of one run. */
export interface RowSums<Out> {
  add(result: Out): void;
  checksum(): string;
}

interface RowJob<Row, Out> {
  readonly rows: (workload: Workload) => readonly Row[];
  readonly step: MakeStep<Row, Out>;
  readonly sums: () => RowSums<Out>;
}

/** `plain`: the step row by row, without a library. `rxjs`: the same step as an operator. */
export function rowContenders<Row, Out>({ rows, step, sums }: RowJob<Row, Out>): readonly Contender[] {
  return [
    {
      name: 'plain',
      maxEvents: MAX_ROW_OBJECTS,
      prepare: (workload) => {
        const all = rows(workload);
        return () => {
          const results = sums();
          const state = step((result) => results.add(result));
          for (const row of all) state.next(row);
          state.end();
          return results.checksum();
        };
      },
    },
    {
      name: 'rxjs',
      maxEvents: MAX_ROW_OBJECTS,
      prepare: (workload) => {
        const all = rows(workload);
        return () => {
          const results = sums();
          from(all)
            .pipe(rowOperator(step))
            .subscribe((result) => results.add(result));
          return results.checksum();
        };
      },
    },
  ];
}

/** A step over the rows of the workload, as they are. */
export function eventRowContenders<Out>(job: Omit<RowJob<EventRow, Out>, 'rows'>): readonly Contender[] {
  return rowContenders({ ...job, rows: rowsOf });
}
