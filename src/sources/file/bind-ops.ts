import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { FileConfig } from './file-config.ts';

/** Where a record says what it does to the table. */
export type BoundOps =
  | { readonly by: 'none' }
  /** `column` is the index of the column with the operation, which is no part of the row. */
  | { readonly by: 'column'; readonly column: number }
  | DebeziumPaths;

/** Keys and positions from the record to the parts of a Debezium envelope. */
export interface DebeziumPaths {
  readonly by: 'debezium';
  /** Empty where the record is the envelope. */
  readonly envelope: readonly string[];
  readonly op: readonly string[];
  /** Parallel to the columns: where the row stood before the change; null for a column of neither image. */
  readonly before: readonly (readonly string[] | null)[];
}

type Config = Pick<FileConfig, 'ops' | 'changes' | 'columns' | 'format'>;

/** Finds what says how rows change, and what is wrong with it. `columnAt` gives the index of a column, -1 for none. */
export function bindOps(config: Config, columnAt: (name: string) => number, problems: Problem[]): BoundOps {
  const { ops, changes } = config;
  if (ops.by === 'none') return ops;
  if (changes === 'append') {
    const message = 'The records say what they change, and the rows are to be new ones alone.';
    const fix = 'Choose upsert, with a key, or retract as the changes; or read no operations.';
    problems.push(configProblem('changes-missing', 'config.changes', message, fix));
  }
  return ops.by === 'column' ? bindColumn(ops.column, columnAt, problems) : bindEnvelope(config, ops.path, problems);
}

function bindColumn(name: string, columnAt: (name: string) => number, problems: Problem[]): BoundOps {
  const column = columnAt(name);
  if (column < 0) {
    const message = `The file has no column “${name}” for the operation.`;
    const fix = 'Choose a column of the file; where its columns are listed, list this one, too.';
    problems.push(configProblem('unknown-column', 'config.ops.column', message, fix));
  }
  return { by: 'column', column };
}

function bindEnvelope({ columns, format }: Config, path: string, problems: Problem[]): BoundOps {
  if (format === 'csv') {
    const message = 'A CSV file holds no Debezium envelopes, which are JSON.';
    const fix = 'Choose the column with the operation instead, or a JSON file.';
    problems.push(configProblem('wrong-format', 'config.ops.by', message, fix));
  }
  const envelope = path === '' ? [] : path.split('.');
  const after = [...envelope, 'after'];
  const before = columns.map((column) => {
    const parts = (column.path ?? column.name).split('.');
    const isOfRow = after.every((part, i) => parts[i] === part) && parts.length > after.length;
    return isOfRow ? [...envelope, 'before', ...parts.slice(after.length)] : null;
  });
  if (before.every((each) => each === null)) {
    const message = `No column is read from “${after.join('.')}”, so that the rows would have none.`;
    const fix = 'Let the columns be found in the file, or give paths such as after.id.';
    problems.push(configProblem('no-row-columns', 'config.columns', message, fix));
  }
  return { by: 'debezium', envelope, op: [...envelope, 'op'], before };
}

/** The columns that rows have: what only says how and when a row changes is none of its values. */
export function rowColumnsOf(ops: BoundOps, count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (ops.by === 'none') return all;
  return ops.by === 'column' ? all.filter((i) => i !== ops.column) : all.filter((i) => ops.before[i] !== null);
}
