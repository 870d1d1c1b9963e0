import type { BoundFile } from './bind-file.ts';

/** Which field of a block holds what: fields of a JSON record are asked for by path. -1 and null: there is none. */
export interface FieldPlan {
  /** Parallel to the columns. */
  readonly columns: readonly number[];
  /** The same columns as they were before the change. */
  readonly before: readonly (number | null)[];
  readonly op: number;
  /** The whole envelope, where it is only a part of the record. */
  readonly envelope: number;
}

/** What a scanner of JSON records looks for. No path is there twice. */
export function jsonFields({ columns, ops }: BoundFile): {
  readonly plan: FieldPlan;
  readonly paths: readonly (readonly string[])[];
} {
  const paths: (readonly string[])[] = [];
  const fields = new Map<string, number>();
  const fieldOf = (path: readonly string[]): number => {
    const name = path.join('\n');
    const known = fields.get(name);
    if (known !== undefined) return known;
    fields.set(name, paths.length);
    return paths.push(path) - 1;
  };
  const own = columns.map(({ path }) => fieldOf(path));
  const plan: FieldPlan =
    ops.by === 'debezium'
      ? {
          columns: own,
          before: ops.before.map((path) => (path === null ? null : fieldOf(path))),
          op: fieldOf(ops.op),
          envelope: ops.envelope.length === 0 ? -1 : fieldOf(ops.envelope),
        }
      : planOf(own, ops);
  return { plan, paths };
}

/** The plan of records whose columns are known by place. */
export function planOf(columns: readonly number[], ops: BoundFile['ops']): FieldPlan {
  const op = ops.by === 'column' ? (columns[ops.column] ?? -1) : -1;
  return { columns, before: columns.map(() => null), op, envelope: -1 };
}
