import type { OperatorFunction } from 'rxjs';
import { Observable } from 'rxjs';
import type { EventRow } from './workload.ts';

/** A stateful step over rows: what a user writes by hand when the library has no operator for it. */
export interface RowStep {
  next(row: EventRow): void;
  end(): void;
}

/** The step as an RxJS operator of the user's own. */
export function rowOperator<Out>(makeStep: (emit: (result: Out) => void) => RowStep): OperatorFunction<EventRow, Out> {
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
