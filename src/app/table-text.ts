import { csvCells, csvText, delimiterOf } from './csv-cells.ts';

/** A table as a document holds it. */
export interface TextTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly TextCell[])[];
}

type TextCell = string | number | boolean | null;

export type ReadTable =
  { readonly ok: true; readonly table: TextTable } | { readonly ok: false; readonly reason: string };

/**
 * Reads a pasted table: delimited text with a line of names, a JSON array of objects, or an object a line. Types are the
 * narrowest that every cell of a column has; `types` are those that somebody has chosen for columns of a name. An empty cell
 * is NULL.
 */
export function readTableText(text: string, types: ReadonlyMap<string, string> = new Map()): ReadTable {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, table: { columns: [], rows: [] } };
  const records = trimmed.startsWith('[') || trimmed.startsWith('{') ? jsonRecords(trimmed) : csvRecords(trimmed);
  if (!records.ok) return records;
  const { names, rows } = records;
  const columns = names.map((name, i) => {
    const own = rows.map((row) => row[i] ?? null);
    return { name, type: types.get(name) ?? narrowestType(own) };
  });
  return {
    ok: true,
    table: { columns, rows: rows.map((row) => columns.map(({ type }, i) => typed(row[i] ?? null, type))) },
  };
}

/** The table as delimited text that reads back the same. */
export function writeTableText({ columns, rows }: TextTable): string {
  if (columns.length === 0) return '';
  const cells = rows.map((row) =>
    columns.map((_, i) => (row[i] === null || row[i] === undefined ? '' : String(row[i]))),
  );
  return csvText([columns.map(({ name }) => name), ...cells]);
}

type Records =
  | { readonly ok: true; readonly names: readonly string[]; readonly rows: readonly (readonly TextCell[])[] }
  | { readonly ok: false; readonly reason: string };

function csvRecords(text: string): Records {
  const [names = [], ...lines] = csvCells(text, delimiterOf(text));
  const trimmed = names.map((name) => name.trim());
  if (trimmed.includes('')) return { ok: false, reason: 'The first line must name every column.' };
  const odd = lines.findIndex((line) => line.length !== names.length);
  if (odd >= 0) {
    const found = lines[odd]?.length ?? 0;
    return {
      ok: false,
      reason: `Row ${String(odd + 1)} has ${String(found)} cells, the first line ${String(names.length)}.`,
    };
  }
  return { ok: true, names: trimmed, rows: lines.map((line) => line.map((cell) => (cell === '' ? null : cell))) };
}

function jsonRecords(text: string): Records {
  const parsed = parseJson(text);
  if (parsed === null) return { ok: false, reason: 'This is not JSON: an array of objects, or an object a line.' };
  const odd = parsed.findIndex((record) => typeof record !== 'object' || record === null || Array.isArray(record));
  if (odd >= 0) return { ok: false, reason: `Record ${String(odd + 1)} is not an object.` };
  const records = parsed as readonly Readonly<Record<string, unknown>>[];
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return {
    ok: true,
    names,
    rows: records.map((record) => names.map((name) => cellOf(Object.hasOwn(record, name) ? record[name] : null))),
  };
}

function parseJson(text: string): readonly unknown[] | null {
  try {
    if (text.startsWith('[')) return JSON.parse(text) as readonly unknown[];
    return text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as unknown);
  } catch {
    return wholeObject(text);
  }
}

/** One object over several lines. */
function wholeObject(text: string): readonly unknown[] | null {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    return null;
  }
}

function cellOf(value: unknown): TextCell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** A number with zeros before it is a name: nobody wants to lose them. */
const WHOLE = /^-?(0|[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const SHAPES: readonly (readonly [type: string, fits: (cell: Exclude<TextCell, null>) => boolean])[] = [
  ['BOOLEAN', (cell) => typeof cell === 'boolean' || /^(true|false)$/i.test(String(cell))],
  ['BIGINT', (cell) => WHOLE.test(String(cell)) && isLong(String(cell))],
  ['DOUBLE', (cell) => NUMBER.test(String(cell))],
  ['DATE', (cell) => /^\d{4}-\d\d-\d\d$/.test(String(cell))],
  ['TIMESTAMP', (cell) => /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(String(cell))],
];

function narrowestType(cells: readonly TextCell[]): string {
  const filled = cells.filter((cell) => cell !== null);
  if (filled.length === 0) return 'STRING';
  return SHAPES.find(([, fits]) => filled.every(fits))?.[0] ?? 'STRING';
}

/** What does not fit its column's type stays text, for the document to refuse with its place. */
function typed(cell: TextCell, type: string): TextCell {
  if (cell === null) return null;
  if (type === 'BOOLEAN' && typeof cell === 'string' && /^(true|false)$/i.test(cell)) return /^true$/i.test(cell);
  const isNumber = type === 'INT' || type === 'BIGINT' || type === 'DOUBLE';
  if (isNumber && typeof cell === 'string' && NUMBER.test(cell) && isExact(cell)) return Number(cell);
  return type === 'STRING' ? String(cell) : cell;
}

function isLong(text: string): boolean {
  return BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function isExact(text: string): boolean {
  return !WHOLE.test(text) || Number.isSafeInteger(Number(text));
}
