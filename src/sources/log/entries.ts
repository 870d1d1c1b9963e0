import { defined } from '../../stream/assert.ts';
import {
  CONTROL_CHECKPOINT,
  CONTROL_CRASH_RESTORE,
  ENTRY_CLOCK,
  ENTRY_CONTROL,
  ENTRY_END,
  ENTRY_ROW,
  ENTRY_STATUS,
  ENTRY_WATERMARK,
} from '../../stream/log-slice.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { INSERT, ROW_KIND_NAMES, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import { END_OF_TIME, NO_WATERMARK, TIME_LIMIT_MS } from '../../stream/time.ts';
import type { Value } from '../../stream/value.ts';
import type { JsonTree } from '../json/json-tree.ts';
import { JsonError, jsonText, jsonTree, parseJsonTree } from '../json/json-tree.ts';
import { ValueError } from '../json/json-value.ts';
import type { LogColumns } from './entry-log.ts';
import type { EntrySource } from './entry-rows.ts';
import { RowStore } from './entry-rows.ts';

const ROW_KEYS = ['source', 'row', 'ts', 'at', 'partition', 'op'] as const;
const PROBLEMS_KEPT = 1_000;

/** As `readEntryLog` of written-log.ts, of entries at hand: plain JSON values, the first one being line 1. */
export function entryLogOf(entries: readonly unknown[], sources: readonly EntrySource[]): Result<LogColumns> {
  const reader = new EntryReader(sources);
  entries.forEach((entry, i) => reader.addTree(i + 1, jsonTree(entry)));
  return reader.finish();
}

type Members = ReadonlyMap<string, JsonTree>;

/** Makes columns of entries, and keeps the problems of those that are none. */
export class EntryReader {
  private readonly stores: readonly RowStore[];
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly problems: Problem[] = [];
  private readonly kinds: number[] = [];
  private readonly at: number[] = [];
  private readonly source: number[] = [];
  private readonly partition: number[] = [];
  private readonly payload: number[] = [];
  private atMs = -Infinity;
  private partitioned = false;
  private broken = false;

  constructor(sources: readonly EntrySource[]) {
    this.stores = sources.map((source) => new RowStore(source));
    this.indexes = new Map(sources.map((source, i) => [source.id, i]));
  }

  problem(line: number, code: string, key: string, text: string | { what: string; fix: string }): void {
    const { what, fix } = typeof text === 'string' ? { what: text, fix: 'Correct the line.' } : text;
    this.broken = true;
    if (this.problems.length >= PROBLEMS_KEPT) return;
    const path = `log.${line - 1}${key === '' ? '' : `.${key}`}`;
    this.problems.push({ code, severity: 'error', path, nodeId: null, message: `Line ${line} ${what}.`, fix });
  }

  addText(line: number, text: string): void {
    try {
      this.addTree(line, parseJsonTree(text));
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      this.problem(line, 'bad-json', '', `is not JSON: ${error.message}`);
    }
  }

  addTree(line: number, tree: JsonTree): void {
    if (!(tree instanceof Map)) return this.problem(line, 'bad-entry', '', 'is not an object');
    const entry = tree as Members;
    this.broken = false;
    if (entry.has('row')) this.row(line, entry);
    else if (entry.has('watermark')) this.watermark(line, entry);
    else if (entry.has('status')) this.status(line, entry);
    else if (entry.has('clock')) this.clock(line, entry);
    else if (entry.has('end')) this.end(line, entry);
    else if (entry.has('control')) this.control(line, entry);
    else this.problem(line, 'bad-entry', '', 'has none of row, watermark, status, clock, end, control');
  }

  private row(line: number, entry: Members): void {
    this.onlyKeys(line, entry, ROW_KEYS);
    const index = this.sourceIndex(line, entry);
    const kind = this.rowKind(line, entry, this.stores[index]?.source);
    const row = entry.get('row');
    if (!(row instanceof Map)) return this.problem(line, 'bad-entry', 'row', 'has a row that is no object');
    const store = index < 0 ? null : defined(this.stores[index], 'store');
    const values = store === null ? [] : this.values(line, store, row as Members);
    const partition = this.wholeOr(line, entry, 'partition', () => store?.partition(values) ?? 0);
    const stated = this.eventTime(line, entry, store, values);
    const at = entry.has('at') ? this.time(line, entry, 'at') : (store?.arrivalMs(stated, this.atMs) ?? this.atMs);
    this.checkAt(line, at);
    if (store?.ended === true) this.problem(line, 'after-end', 'source', `comes after the end of ${store.source.id}`);
    if (this.broken || store === null) return;
    const atMs = at === -Infinity ? 0 : at;
    this.push(ENTRY_ROW, atMs, { source: index, partition, payload: 0 });
    const ts = store.source.timeIsArrival === true ? atMs : stated;
    store.add(this.kinds.length - 1, { ts, kind, values });
  }

  private values(line: number, store: RowStore, row: Members): Value[] {
    const { fields } = store.source.schema;
    for (const name of row.keys()) {
      if (!fields.some((field) => field.name === name)) {
        const fix = `Its columns are ${fields.map((field) => field.name).join(', ')}.`;
        this.problem(line, 'unknown-column', `row.${name}`, {
          what: `names ${name}, no column of ${store.source.id}`,
          fix,
        });
      }
    }
    return fields.map((field, i) => {
      try {
        return store.value(i, row.get(field.name) ?? null);
      } catch (error) {
        if (!(error instanceof ValueError)) throw error;
        this.problem(line, 'wrong-type', `row.${field.name}`, `has a wrong ${field.name}: ${error.message}`);
        return null;
      }
    });
  }

  private eventTime(line: number, entry: Members, store: RowStore | null, values: readonly Value[]): number {
    if (entry.has('ts')) return entry.get('ts') === null ? Number.NaN : this.time(line, entry, 'ts');
    if (store === null || store.timeIndex < 0 || this.broken) return Number.NaN;
    const value = store.timeReader === null ? values[store.timeIndex] : this.rowTime(line, entry, store);
    return typeof value === 'number' ? value : Number.NaN;
  }

  /** The event time in a column whose own value is none, as seconds in a BIGINT. */
  private rowTime(line: number, entry: Members, store: RowStore): number | null {
    const { timeColumn } = store.source;
    const row = entry.get('row') as Members;
    try {
      return store.timeReader?.read(row.get(timeColumn ?? '') ?? null) ?? null;
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      this.problem(line, 'wrong-type', `row.${timeColumn}`, `has no event time in ${timeColumn}: ${error.message}`);
      return null;
    }
  }

  private rowKind(line: number, entry: Members, source: EntrySource | undefined): number {
    const op = entry.get('op');
    if (op === undefined) return INSERT;
    const kind = ROW_KIND_NAMES.findIndex((name) => name === op);
    if (kind < 0) this.problem(line, 'bad-entry', 'op', `has an op other than ${ROW_KIND_NAMES.join(', ')}`);
    else if (kind !== INSERT && source?.changes === 'append') {
      this.problem(line, 'not-append', 'op', {
        what: `has the op ${ROW_KIND_NAMES[kind]}, but ${source.id} only appends rows`,
        fix: 'Write +I, or leave op away.',
      });
    } else if (kind === UPDATE_BEFORE && source?.changes === 'upsert') {
      this.problem(line, 'not-upsert', 'op', {
        what: `has the op -U, but rows of ${source.id} replace others by key`,
        fix: 'Leave the entry away, or let the source take rows back.',
      });
    }
    return kind;
  }

  private watermark(line: number, entry: Members): void {
    this.onlyKeys(line, entry, ['source', 'watermark', 'partition', 'at']);
    const value = entry.get('watermark');
    const time =
      value === 'Infinity' || value === '+Infinity'
        ? END_OF_TIME
        : value === '-Infinity'
          ? NO_WATERMARK
          : this.time(line, entry, 'watermark');
    this.other(line, entry, ENTRY_WATERMARK, time);
  }

  private status(line: number, entry: Members): void {
    this.onlyKeys(line, entry, ['source', 'status', 'partition', 'at']);
    const status = entry.get('status');
    if (status !== 'idle' && status !== 'active') {
      this.problem(line, 'bad-entry', 'status', 'has a status that is neither idle nor active');
    }
    this.other(line, entry, ENTRY_STATUS, status === 'idle' ? 1 : 0);
  }

  private clock(line: number, entry: Members): void {
    this.onlyKeys(line, entry, ['clock']);
    const time = this.time(line, entry, 'clock');
    this.checkAt(line, time);
    if (!this.broken) this.push(ENTRY_CLOCK, time, { source: -1, partition: 0, payload: time });
  }

  private end(line: number, entry: Members): void {
    this.onlyKeys(line, entry, ['source', 'end', 'at']);
    if (entry.get('end') !== true) this.problem(line, 'bad-entry', 'end', 'has an end that is not true');
    const index = this.sourceIndex(line, entry);
    const store = this.stores[index];
    if (store?.ended === true) this.problem(line, 'after-end', 'source', `ends ${store.source.id} a second time`);
    this.other(line, entry, ENTRY_END, 0);
    if (store !== undefined && !this.broken) store.ended = true;
  }

  private control(line: number, entry: Members): void {
    this.onlyKeys(line, entry, ['control', 'at']);
    const control = entry.get('control');
    if (control !== 'checkpoint' && control !== 'crash-restore') {
      this.problem(line, 'bad-entry', 'control', 'has a control other than checkpoint, crash-restore');
    }
    const at = this.otherAt(line, entry);
    const payload = control === 'checkpoint' ? CONTROL_CHECKPOINT : CONTROL_CRASH_RESTORE;
    if (!this.broken) this.push(ENTRY_CONTROL, at, { source: -1, partition: 0, payload });
  }

  private other(line: number, entry: Members, kind: number, payload: number): void {
    const source = this.sourceIndex(line, entry);
    const partition = this.wholeOr(line, entry, 'partition', () => 0);
    const at = this.otherAt(line, entry);
    if (!this.broken) this.push(kind, at, { source, partition, payload });
  }

  private otherAt(line: number, entry: Members): number {
    if (!entry.has('at')) return this.atMs === -Infinity ? 0 : this.atMs;
    const at = this.time(line, entry, 'at');
    this.checkAt(line, at);
    return at;
  }

  private push(
    kind: number,
    at: number,
    what: { readonly source: number; readonly partition: number; readonly payload: number },
  ): void {
    this.kinds.push(kind);
    this.at.push(at);
    this.source.push(what.source);
    this.partition.push(what.partition);
    this.payload.push(what.payload);
    if (what.partition !== 0) this.partitioned = true;
    // An entry before any time is known stands at 0 without saying that the clock has come so far.
    if (kind === ENTRY_ROW || kind === ENTRY_CLOCK || at !== 0) this.atMs = at;
  }

  private checkAt(line: number, at: number): void {
    if (at < this.atMs) {
      this.problem(
        line,
        'time-goes-back',
        'at',
        `is processed at ${at}, before the entry in front of it (${this.atMs})`,
      );
    }
  }

  private onlyKeys(line: number, entry: Members, keys: readonly string[]): void {
    for (const key of entry.keys()) {
      if (!keys.includes(key)) this.problem(line, 'unknown-key', key, `has a key ${key}, beside ${keys.join(', ')}`);
    }
  }

  private sourceIndex(line: number, entry: Members): number {
    const id = entry.get('source');
    if (id === undefined && this.stores.length === 1) return 0;
    const index = typeof id === 'string' ? this.indexes.get(id) : undefined;
    if (index !== undefined) return index;
    const names = [...this.indexes.keys()].join(', ');
    const shown = id === undefined ? 'no source' : `the source ${jsonText(id).slice(0, 80)}`;
    this.problem(line, 'unknown-source', 'source', `names ${shown}; the sources are ${names}`);
    return -1;
  }

  private wholeOr(line: number, entry: Members, key: string, otherwise: () => number): number {
    const value = entry.get(key);
    if (value === undefined) return otherwise();
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
    this.problem(line, 'bad-entry', key, `has a ${key} that is no whole number from 0`);
    return 0;
  }

  /** A time in ms, also written as text; NaN after a problem. */
  private time(line: number, entry: Members, key: string): number {
    const value = entry.get(key);
    const time = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof time === 'number' && Number.isInteger(time) && Math.abs(time) < TIME_LIMIT_MS) return time;
    const shown = jsonText(value ?? null).slice(0, 80);
    this.problem(line, 'bad-time', key, `has ${shown} for ${key}, no whole milliseconds below 2^53`);
    return Number.NaN;
  }

  finish(): Result<LogColumns> {
    if (this.problems.length > 0) return { ok: false, problems: this.problems };
    this.stores.forEach((store, source) => {
      if (!store.ended) {
        const at = this.atMs === -Infinity ? 0 : this.atMs;
        this.push(ENTRY_END, at, { source, partition: 0, payload: 0 });
      }
    });
    const columns: LogColumns = {
      length: this.kinds.length,
      kinds: Uint8Array.from(this.kinds),
      at: withoutSteppingBack(this.at),
      source: Int16Array.from(this.source),
      partition: this.partitioned ? Int32Array.from(this.partition) : null,
      payload: Float64Array.from(this.payload),
      rows: this.stores.map((store) => store.finish()),
    };
    return { ok: true, value: columns, problems: [] };
  }
}

/** Entries in front of the first time stand at 0, or at that time when it is earlier. */
function withoutSteppingBack(at: readonly number[]): Float64Array {
  const result = Float64Array.from(at);
  for (let i = result.length - 2; i >= 0; i--) result[i] = Math.min(result[i] ?? 0, result[i + 1] ?? 0);
  return result;
}
