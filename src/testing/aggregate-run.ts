import { rowErrors } from '../expression/frame.ts';
import { dialectNamed } from '../operators/dialects/dialects.ts';
import { AggregateCells } from '../operators/shared/aggregates/aggregate-cells.ts';
import type { AggregateConfig } from '../operators/shared/aggregates/aggregate-config.ts';
import type { AggregateContext } from '../operators/shared/aggregates/bind-aggregate.ts';
import type { BoundAggregate } from '../operators/shared/aggregates/bound-aggregate.ts';
import { bindAggregate } from '../operators/shared/aggregates/bind-aggregate.ts';
import { assert } from '../stream/assert.ts';
import type { Batch } from '../stream/batch.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import type { DialectName } from '../stream/node-definition.ts';
import type { Result } from '../stream/problem.ts';
import { StateReader, StateWriter } from '../stream/state-codec.ts';
import type { Schema } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { cell as valueOf } from '../stream/value.ts';

/** Rows as a batch, the i-th of log entry i. DECIMAL values are unscaled bigints. */
export function batchOf(schema: Schema, rows: readonly (readonly Value[])[]): Batch {
  const builders = schema.fields.map(({ type }) => columnBuilder(type));
  for (const row of rows) builders.forEach((builder, i) => builder.append(row[i] ?? null));
  return {
    length: rows.length,
    selection: null,
    columns: builders.map((builder) => builder.finish()),
    seq: Float64Array.from(rows, (_, i) => i),
    phase: null,
    ts: new Float64Array(rows.length),
    kinds: null,
    origin: null,
  };
}

/** A configuration without the name, which is always `a`. */
export type Asked = Omit<AggregateConfig, 'name'>;

export interface AskedOf {
  readonly schema: Schema;
  readonly dialect?: DialectName;
  readonly takesChanges?: boolean;
  readonly initial?: string;
}

export function tryBinding(asked: Asked, { schema, dialect, takesChanges, initial }: AskedOf): Result<BoundAggregate> {
  const context: AggregateContext = {
    schema,
    path: 'config.aggregates.0',
    dialect: dialectNamed(dialect ?? 'flink-datastream'),
    takesChanges: takesChanges ?? false,
    initial: initial ?? null,
  };
  return bindAggregate({ name: 'a', ...asked }, context);
}

export function boundAggregate(asked: Asked, of: AskedOf): BoundAggregate {
  const bound = tryBinding(asked, of);
  assert(bound.ok, () => JSON.stringify(bound.problems));
  return bound.value;
}

/** Cells of one aggregate that has begun with a batch. */
export class AggregateRun {
  readonly cells: AggregateCells;
  private readonly bound: BoundAggregate;

  constructor(bound: BoundAggregate, batch: Batch) {
    this.bound = bound;
    this.cells = new AggregateCells([bound]);
    this.cells.begin(batch, rowErrors());
  }

  result(cell: number): Value {
    const { type } = this.bound.field;
    const builder = columnBuilder(type);
    this.cells.appendTo([builder], 0, cell);
    return valueOf(builder.finish(), type, 0);
  }

  snapshot(cells: readonly number[]): Uint8Array {
    const writer = new StateWriter();
    for (const cell of cells) this.cells.write(writer, cell);
    return writer.finish();
  }

  restore(bytes: Uint8Array, cells: readonly number[]): void {
    const reader = new StateReader(bytes);
    for (const cell of cells) this.cells.read(reader, cell);
    assert(reader.atEnd(), 'a snapshot that is longer than what was read');
  }
}
