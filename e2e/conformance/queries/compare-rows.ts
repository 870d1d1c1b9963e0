import type { Json, JsonObject, QueryCase } from '../case.ts';
import { isObject } from '../case.ts';

/** Of doubles. */
const TOLERANCE = 1e-6;
/** Of doubles so large that their last digits are coarser than that. */
const ROUNDING = 1e-12;
const LONGEST = 160;

/** The first difference between the answer that a case states and the rows that came; null where there is none. */
export function rowsDifference(
  { expected, expectedMode, pipeline }: QueryCase,
  actual: readonly JsonObject[],
): string | null {
  if (expected === undefined) return null;
  switch (expectedMode) {
    case 'changelog-ordered':
      return sequenceDifference(expected, actual);
    case 'append-set': {
      const change = actual.find((row) => opOf(row) !== '+I');
      return change === undefined
        ? setDifference(expected, actual)
        : `a change in an append-only result: ${short(change)}`;
    }
    case 'changelog-set':
      return setDifference(expected, actual);
    case 'final-set': {
      const outputKey = pipeline['outputKey'];
      const keys = Array.isArray(outputKey) ? (outputKey as readonly Json[]).map(String) : null;
      return setDifference(remaining(expected, keys), remaining(actual, keys));
    }
    default:
      return `there is no way of comparing called ${JSON.stringify(expectedMode)}`;
  }
}

function opOf({ op }: JsonObject): Json {
  return op ?? '+I';
}

/** The rows that are left when all changes were applied: by key, or one for one. */
function remaining(changes: readonly JsonObject[], keys: readonly string[] | null): readonly JsonObject[] {
  const rows: JsonObject[] = [];
  for (const change of changes) {
    const op = opOf(change);
    const removes = op === '-U' || op === '-D' || change['row'] === null;
    const at = rows.findIndex((row) => (keys === null ? sameCells(row, change) : sameKey(row, change, keys)));
    if (removes || keys !== null) {
      if (at >= 0) rows.splice(at, 1);
    }
    if (!removes) rows.push({ ...change, op: '+I' });
  }
  return rows;
}

function sameCells(a: JsonObject, b: JsonObject): boolean {
  return same(a['row'], b['row']);
}

function sameKey(a: JsonObject, b: JsonObject, keys: readonly string[]): boolean {
  return keys.every((key) => same(cell(a, key), cell(b, key)));
}

function cell({ key, row }: JsonObject, name: string): Json | undefined {
  if (isObject(key) && key[name] !== undefined) return key[name];
  return isObject(row) ? row[name] : undefined;
}

function sequenceDifference(expected: readonly JsonObject[], actual: readonly JsonObject[]): string | null {
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    const [stated, came] = [expected[i], actual[i]];
    if (stated === undefined || came === undefined || !agrees(stated, came)) return `row ${i}: ${told(stated, came)}`;
  }
  return null;
}

function setDifference(expected: readonly JsonObject[], actual: readonly JsonObject[]): string | null {
  const rest = [...actual];
  const missing = expected.filter((stated) => {
    const at = rest.findIndex((came) => agrees(stated, came));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return missing.length === 0 && rest.length === 0 ? null : told(missing[0], rest[0]);
}

function told(expected: JsonObject | undefined, actual: JsonObject | undefined): string {
  if (actual === undefined) return `missing ${short(expected)}`;
  return expected === undefined ? `too much: ${short(actual)}` : `expected ${short(expected)}, got ${short(actual)}`;
}

function short(row: JsonObject | undefined): string {
  const text = JSON.stringify(row) ?? 'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** What the case states of a row is so; of its columns it may leave some away, and a NULL one too. */
function agrees(stated: JsonObject, came: JsonObject): boolean {
  const { key, row, ts, window } = stated;
  if (opOf(stated) !== opOf(came)) return false;
  if (typeof ts === 'number' && ts !== came['ts']) return false;
  if (window !== undefined && window !== null && !same(window, came['window'])) return false;
  return same(key ?? {}, came['key'] ?? {}) && holds(row, came['row']);
}

function holds(stated: Json | undefined, came: Json | undefined): boolean {
  if (!isObject(stated)) return same(stated, came);
  return isObject(came) && Object.entries(stated).every(([name, value]) => same(value, came[name]));
}

/** Equal as values: doubles nearly, numbers that a double cannot hold by their digits, absent as NULL. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    const others = b as readonly Json[];
    return a.length === b.length && (a as readonly Json[]).every((item, i) => same(item, others[i]));
  }
  if (isObject(a) && isObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => same(a[name], b[name]));
  }
  return sameNumber(a, b);
}

function sameNumber(a: Json | undefined, b: Json | undefined): boolean {
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [digits(a), digits(b)];
    return x !== null && x === y && x.length > 15;
  }
  const [x, y] = [numberIn(a), numberIn(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return a === 'NaN' && b === 'NaN';
  // Whole numbers, which times and counts are, have no tolerance.
  if (x === y || (Number.isInteger(x) && Number.isInteger(y))) return x === y;
  return Math.abs(x - y) <= Math.max(TOLERANCE, ROUNDING * Math.abs(x));
}

/** A decimal without the zeros that change nothing; null for other texts. */
function digits(text: string): string | null {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return null;
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function numberIn(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (day) return Date.parse(value) / 86_400_000;
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) || /^-?Infinity$/.test(value) ? Number(value) : Number.NaN;
}
