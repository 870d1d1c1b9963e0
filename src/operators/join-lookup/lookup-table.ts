import { z } from 'zod';
import { castValue } from '../../expression/cast-value.ts';
import { RowFailure } from '../../expression/functions/definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { DataType, Field } from '../../stream/types.ts';
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  INT,
  STRING,
  TIME,
  TIMESTAMP,
  decimal,
  field,
  typeName,
} from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { duplicateColumns } from '../shared/duplicate-columns.ts';

/** Most rows and columns of a table that stands in the document. */
export const TABLE_LIMITS = { rows: 5_000, columns: 50, cellChars: 1_000 } as const;

const cell = z.union([z.string().max(TABLE_LIMITS.cellChars), z.number(), z.boolean(), z.null()]);
export type TableCell = z.infer<typeof cell>;

const column = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Name of the column.' }),
  type: z.string().max(100).default('STRING').meta({
    title: 'Type',
    description: 'BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(precision, scale), STRING, DATE, TIME or TIMESTAMP.',
  }),
});

export const lookupTableConfig = z
  .strictObject({
    columns: z
      .array(column)
      .max(TABLE_LIMITS.columns)
      .default([])
      .meta({ title: 'Columns', description: 'What the table knows of each row.' }),
    rows: z.array(z.array(cell).max(TABLE_LIMITS.columns)).max(TABLE_LIMITS.rows).default([]).meta({
      title: 'Rows',
      description:
        'Values in the order of the columns. Empty cells are null; times are text as in SQL, or whole milliseconds.',
    }),
  })
  .default({ columns: [], rows: [] });

export type LookupTableConfig = z.infer<typeof lookupTableConfig>;

/** The table with its types. A DECIMAL is its unscaled bigint. */
export interface LookupTable {
  readonly fields: readonly Field[];
  readonly rows: readonly (readonly Value[])[];
}

/** Reads every cell. Problems have paths in `config.table`: of a column, or of the first ten cells that are wrong. */
export function readLookupTable(table: LookupTableConfig): Result<LookupTable> {
  const problems: Problem[] = [];
  const types = table.columns.map(({ name, type }, i) => {
    const known = tableType(type);
    if (known === null) {
      const message = `${name} cannot have the type “${type}”.`;
      const fix = 'Choose BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(10, 2), STRING, DATE, TIME or TIMESTAMP.';
      problems.push(configProblem('unknown-type', `config.table.columns.${i}.type`, message, fix));
    }
    return known ?? STRING;
  });
  const fields = table.columns.map(({ name }, i) =>
    field(
      name,
      types[i] ?? STRING,
      table.rows.some((row) => (row[i] ?? null) === null),
    ),
  );
  problems.push(...duplicateColumns(fields, { path: 'config.table.columns', fix: 'Rename one of them.' }));
  const rows: Value[][] = [];
  const faults: Problem[] = [];
  table.rows.forEach((row, r) => {
    if (row.length !== fields.length) {
      const message = `Row ${r + 1} has ${row.length} values, the table ${fields.length} columns.`;
      faults.push(configProblem('table-row', `config.table.rows.${r}`, message, 'Give it a value for each column.'));
    }
    rows.push(fields.map((column, c) => readCell({ column, row: r, place: c }, row[c] ?? null, faults)));
  });
  return resultOf({ fields, rows }, [...problems, ...faults.slice(0, MOST_FAULTS)]);
}

const MOST_FAULTS = 10;

interface CellPlace {
  readonly column: Field;
  readonly row: number;
  readonly place: number;
}

function readCell({ column, row, place }: CellPlace, given: TableCell, faults: Problem[]): Value {
  const value = given === null ? null : valueOf(given, column.type);
  if (value !== undefined) return value;
  const message = `Row ${row + 1} of the table has ${JSON.stringify(given)} as ${column.name}, which is no ${typeName(column.type)}.`;
  const fix = 'Correct the value, or give the column another type.';
  faults.push(configProblem('table-cell', `config.table.rows.${row}.${place}`, message, fix));
  return null;
}

const WHOLE = /^[+-]?\d+$/;

/** A cell as a value of the type; undefined where it is none. Text is read as CAST does, but nothing is cut off. */
function valueOf(given: string | number | boolean, type: DataType): Value | undefined {
  if (type.kind === 'STRING') return String(given);
  if (typeof given === 'boolean') return type.kind === 'BOOLEAN' ? given : undefined;
  if (typeof given === 'number') {
    if (type.kind === 'DOUBLE') return given;
    const isTime = type.kind === 'TIME' || type.kind === 'TIMESTAMP';
    if (isTime) return Number.isSafeInteger(given) ? given : undefined;
    if (type.kind === 'BOOLEAN' || type.kind === 'DATE') return undefined;
  }
  const text = String(given).trim();
  if ((type.kind === 'INT' || type.kind === 'BIGINT') && !WHOLE.test(text)) return undefined;
  const value = castValue(text, STRING, type);
  return value instanceof RowFailure || value === null ? undefined : value;
}

const SIMPLE_TYPES = new Map(
  [BOOLEAN, INT, BIGINT, DOUBLE, STRING, DATE, TIME, TIMESTAMP].map((type) => [type.kind, type]),
);

function tableType(text: string): DataType | null {
  const name = text.trim().toUpperCase();
  const simple = SIMPLE_TYPES.get(name as DataType['kind']);
  if (simple !== undefined) return simple;
  const parts = /^DECIMAL\s*\(\s*(\d{1,2})\s*(?:,\s*(\d{1,2})\s*)?\)$/.exec(name);
  if (parts === null) return null;
  const precision = Number(parts[1]);
  const scale = Number(parts[2] ?? 0);
  return precision >= 1 && precision <= 38 && scale <= precision ? decimal(precision, scale) : null;
}
