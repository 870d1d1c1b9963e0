import type { RecordScanner, ScanInput } from '../fields/field-block.ts';
import { FieldBlock } from '../fields/field-block.ts';
import type { JsonTree } from '../json/json-tree.ts';
import { JsonError, isTreeArray, jsonText, parseJsonTree } from '../json/json-tree.ts';
import { LIMITS } from '../limits.ts';
import { decodeUtf8 } from '../text/utf8-reader.ts';
import type { ColumnSample, Sample } from './sample.ts';
import { SAMPLE_RECORDS } from './sample.ts';

/** Levels of objects that columns are made of; what lies deeper stays JSON in a STRING. */
const FLATTENED_LEVELS = 6;

/** Columns of the first JSON records that `scanner` finds: one for each path that leads to something but an object. */
export function sampleJson(scanner: RecordScanner, input: ScanInput): readonly ColumnSample[] {
  const block = new FieldBlock(SAMPLE_RECORDS, scanner.width);
  scanner.scan(input, block);
  const columns = new Map<string, ColumnSample>();
  for (let record = 0; record < block.records; record++) {
    const text = decodeUtf8(block.bytes, block.recordStarts[record] ?? 0, block.recordEnds[record] ?? 0) ?? '';
    try {
      const tree = parseJsonTree(text);
      if (tree instanceof Map) flatten(columns, tree as ReadonlyMap<string, JsonTree>, '', block.lines[record] ?? 0);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
    }
  }
  return withoutMixedLevels([...columns.values()]);
}

function flatten(
  columns: Map<string, ColumnSample>,
  object: ReadonlyMap<string, JsonTree>,
  prefix: string,
  line: number,
): void {
  for (const [key, value] of object) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    const isObject = value instanceof Map;
    if (isObject && value.size > 0 && path.split('.').length < FLATTENED_LEVELS) {
      flatten(columns, value as ReadonlyMap<string, JsonTree>, path, line);
      // Kept to see whether something else stands here in other records.
      if (columns.has(path)) columns.get(path)?.samples.push(sampleOf(value, line));
    } else if (isCoordinates(path, value)) {
      value.forEach((item, i) => push(columns, `${path}.${i}`, sampleOf(item, line)));
    } else push(columns, path, sampleOf(value, line));
  }
}

function push(columns: Map<string, ColumnSample>, path: string, sample: Sample): void {
  let column = columns.get(path);
  if (column === undefined) {
    if (columns.size > LIMITS.columns) return;
    column = { name: path, path, samples: [] };
    columns.set(path, column);
  }
  column.samples.push(sample);
}

/** A point of GeoJSON: its two or three numbers get columns of their own. */
function isCoordinates(path: string, value: JsonTree): value is readonly JsonTree[] {
  return (
    path === 'geometry.coordinates' &&
    isTreeArray(value) &&
    value.length >= 2 &&
    value.length <= 3 &&
    value.every((item) => typeof item === 'number')
  );
}

function sampleOf(value: JsonTree, line: number): Sample {
  if (value === null) return { kind: 'empty', text: '', line };
  if (typeof value === 'string') return { kind: 'text', text: value, line };
  if (typeof value === 'boolean') return { kind: 'boolean', text: String(value), line };
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'number', text: String(value), line };
  return { kind: 'structure', text: jsonText(value), line };
}

/** Where a path holds a value in some records and an object in others, one column takes both, as JSON text. */
function withoutMixedLevels(columns: readonly ColumnSample[]): readonly ColumnSample[] {
  const real = columns.filter((column) => column.samples.some((sample) => sample.kind !== 'empty'));
  const mixed = new Set(real.map((column) => column.path));
  const parents = (path: string): string[] => path.split('.').map((_, i, parts) => parts.slice(0, i).join('.'));
  const kept = columns.filter((column) => !parents(column.path).some((parent) => mixed.has(parent)));
  // A path that is null here and an object there is only the object's columns.
  return kept.filter(
    (column) => mixed.has(column.path) || !columns.some((other) => other.path.startsWith(`${column.path}.`)),
  );
}

/** The path of the first array of objects in a JSON text, looked for in its beginning; null when there is none. */
export function findArrayPath(text: string): string | null {
  const keys: string[] = [];
  const open: ('[' | '{')[] = [];
  const tokens = /"((?:[^"\\]|\\.)*)"|[[\]{},:]/g;
  let lastText = '';
  let key = '';
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const mark = token[0];
    if (mark.startsWith('"')) lastText = token[1] ?? '';
    else if (mark === ':') key = lastText;
    else if (mark === '{' || mark === '[') {
      if (open.length >= LIMITS.jsonDepth) return null;
      const path = [...keys.slice(1), key].filter((part) => part !== '');
      if (mark === '[' && !open.includes('[') && /^\s*\{/.test(text.slice(tokens.lastIndex, tokens.lastIndex + 200))) {
        return open.length === 0 ? '' : path.join('.');
      }
      keys.push(key);
      key = '';
      open.push(mark);
    } else if (mark === '}' || mark === ']') {
      open.pop();
      keys.pop();
      key = '';
    } else key = '';
  }
  return null;
}
