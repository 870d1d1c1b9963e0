import { parseExpression } from '../../expression/parser.ts';
import type { DataType } from '../../stream/types.ts';
import { BIGINT, BOOLEAN, BYTES, DATE, DOUBLE, INT, STRING, TIME, TIMESTAMP, decimal } from '../../stream/types.ts';

const SIMPLE: ReadonlyMap<string, DataType> = new Map([
  ['BOOLEAN', BOOLEAN],
  ['INT', INT],
  ['INTEGER', INT],
  ['BIGINT', BIGINT],
  ['DOUBLE', DOUBLE],
  ['STRING', STRING],
  ['VARCHAR', STRING],
  ['BYTES', BYTES],
  ['DATE', DATE],
  ['TIME', TIME],
  ['TIMESTAMP', TIMESTAMP],
]);

/** Names of the types that a file's column may have, for messages and choices. */
export const COLUMN_TYPES = [
  'BOOLEAN',
  'INT',
  'BIGINT',
  'DOUBLE',
  'DECIMAL(10, 2)',
  'STRING',
  'BYTES',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'ARRAY<DOUBLE>',
  'MAP<STRING, DOUBLE>',
  'ROW<a INT>',
] as const;

/** The type of a column of a file as `typeName` writes it, null when a file's column cannot have it. */
export function columnType(text: string): DataType | null {
  const name = text.trim().toUpperCase();
  const simple = SIMPLE.get(name);
  if (simple !== undefined) return simple;
  const decimalParts = /^DECIMAL\s*\(\s*(\d{1,2})\s*(?:,\s*(\d{1,2})\s*)?\)$/.exec(name);
  if (decimalParts !== null) {
    const precision = Number(decimalParts[1]);
    const scale = Number(decimalParts[2] ?? 0);
    return precision >= 1 && precision <= 38 && scale <= precision ? decimal(precision, scale) : null;
  }
  return /^(ARRAY|MAP|ROW)\s*</.test(name) ? collectionType(text) : null;
}

/** Collections as a cast writes them: `ARRAY<MAP<STRING, INT>>`, `ROW<a INT>`. Times in them are milliseconds. */
function collectionType(text: string): DataType | null {
  const { ast, problems } = parseExpression(`CAST(NULL AS ${text})`);
  return ast?.kind === 'cast' && problems.length === 0 ? ast.type : null;
}

/** Whether values of the type have parts, which only a format with structure can hold. */
export function isCollection({ kind }: DataType): boolean {
  return kind === 'ARRAY' || kind === 'MAP' || kind === 'ROW';
}
