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
  const paths = new Map<string, PathSamples>();
  for (let record = 0; record < block.records; record++) {
    const text = decodeUtf8(block.bytes, block.recordStarts[record] ?? 0, block.recordEnds[record] ?? 0) ?? '';
    try {
      const tree = parseJsonTree(text);
      if (tree instanceof Map) flatten(paths, tree as ReadonlyMap<string, JsonTree>, '', block.lines[record] ?? 0);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
    }
  }
  return columnsOf([...paths.values()]);
}

/** What stands at one path, record by record. */
interface PathSamples {
  readonly path: string;
  readonly values: { readonly json: JsonTree; readonly line: number }[];
  /** Whether there is ever anything but null and an object: then the path is a column. */
  isValue: boolean;
}

function flatten(
  paths: Map<string, PathSamples>,
  object: ReadonlyMap<string, JsonTree>,
  prefix: string,
  line: number,
): void {
  for (const [key, value] of object) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (value instanceof Map && path.split('.').length < FLATTENED_LEVELS) {
      push(paths, path, value as JsonTree, line);
      flatten(paths, value as ReadonlyMap<string, JsonTree>, path, line);
    } else if (isCoordinates(path, value)) {
      value.forEach((item, i) => (push(paths, `${path}.${i}`, item, line).isValue = true));
    } else {
      const samples = push(paths, path, value, line);
      if (value !== null) samples.isValue = true;
    }
  }
}

function push(paths: Map<string, PathSamples>, path: string, json: JsonTree, line: number): PathSamples {
  let samples = paths.get(path);
  if (samples === undefined) {
    samples = { path, values: [], isValue: false };
    paths.set(path, samples);
  }
  samples.values.push({ json, line });
  return samples;
}

/**
 * Where a path holds a value in some records and an object in others, one column takes both, as JSON text. A path that
 * holds nothing but objects and nulls is only the object's columns. Which record comes first makes no difference.
 */
function columnsOf(paths: readonly PathSamples[]): readonly ColumnSample[] {
  const mixed = new Set(paths.filter(({ isValue }) => isValue).map(({ path }) => path));
  const withColumns = new Set(paths.flatMap(({ path }) => parentsOf(path)));
  const places = new Map(paths.map(({ path }, place) => [path, place]));
  const columns = paths.filter(
    ({ path, isValue }) => (isValue || !withColumns.has(path)) && !parentsOf(path).some((parent) => mixed.has(parent)),
  );
  // The columns of an object stand where it was first seen, though it was null there.
  const placeOf = ({ path }: PathSamples): number =>
    Math.min(...[path, ...parentsOf(path)].map((each) => places.get(each) ?? Infinity));
  return columns
    .map((samples) => ({ samples, place: placeOf(samples) }))
    .sort((a, b) => a.place - b.place)
    .slice(0, LIMITS.columns + 1)
    .map(({ samples: { path, values } }) => ({
      name: path,
      path,
      samples: values.map(({ json, line }) => sampleOf(json, line)),
    }));
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('.');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
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
