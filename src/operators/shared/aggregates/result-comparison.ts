import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import { columnBuilder } from '../../../stream/column-builder.ts';
import type { Value } from '../../../stream/value.ts';
import { cell } from '../../../stream/value.ts';
import type { AggregateCells } from './aggregate-cells.ts';
import type { BoundAggregate } from './bound-aggregate.ts';

/** Compares what two cells give as results. */
export class ResultComparison {
  private readonly aggregates: readonly BoundAggregate[];
  private readonly builders: readonly ColumnBuilder[];

  constructor(aggregates: readonly BoundAggregate[]) {
    this.aggregates = aggregates;
    this.builders = aggregates.map(({ field }) => columnBuilder(field.type));
  }

  areEqual(cells: AggregateCells, a: number, b: number): boolean {
    cells.appendTo(this.builders, 0, a);
    cells.appendTo(this.builders, 0, b);
    const columns = this.builders.map((builder) => builder.finish());
    return this.aggregates.every(({ field: { type } }, i) => {
      const column = columns[i];
      return column !== undefined && areSame(cell(column, type, 0), cell(column, type, 1));
    });
  }
}

function areSame(a: Value, b: Value): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  const [left, right] = [parts(a), parts(b)];
  return left.length === right.length && left.every((value, i) => areSame(value, right[i] ?? null));
}

function parts(value: Uint8Array | readonly Value[] | ReadonlyMap<string, Value>): readonly Value[] {
  return value instanceof Map ? ([...value].flat() as Value[]) : Array.from(value as Iterable<Value>);
}
