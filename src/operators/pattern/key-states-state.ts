import type { StateReader } from '../../stream/state-codec.ts';
import { StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { DurationMs } from '../../stream/time.ts';
import { ContentsBuilder, stateLook, take } from '../shared/state-contents.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import type { RowStore } from '../shared/state/row-store.ts';
import { TimerHeap } from '../shared/state/timer-heap.ts';
import type { BoundStep } from './bound.ts';
import type { KeptRow, KeyState, Run, Runs, TakenRow } from './runs-state.ts';
import { isBefore } from './runs-state.ts';
import type { StateMachine } from './state-machine.ts';

interface Parts {
  readonly machine: StateMachine;
  readonly runs: Runs;
  readonly keys: KeyTable;
  readonly store: RowStore;
  readonly withinMs: DurationMs;
}

/** When something is next due for a key, and the row that makes it so. */
interface Due {
  readonly state: KeyState;
  readonly timeMs: number;
  readonly arrival: number;
}

/** What is known of each key, and which is due next. */
export class KeyStates {
  /** How many rows have been taken. */
  arrivals = 0;
  /** How many rows wait for the watermark. */
  waiting = 0;
  private readonly byKey = new Map<number, KeyState>();
  /** Keys by the time at which something is due; one that has changed since waits under other times too. */
  private readonly due = new TimerHeap();
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  get size(): number {
    return this.byKey.size;
  }

  /** Beginnings by key, and what of the pattern each has. */
  look(steps: readonly BoundStep[], most: number): StateLook {
    const { keys, withinMs, store } = this.parts;
    const own = [
      { name: 'so far', type: { kind: 'STRING' }, nullable: false },
      { name: 'since', type: { kind: 'TIMESTAMP' }, nullable: false },
    ] as const;
    const head = { what: 'beginnings', order: 'of the keys that began first', keys: keys.fields.length };
    const contents = new ContentsBuilder({ ...head, fields: [...keys.fields, ...own] });
    for (const { key, run } of take(this.beginnings(), most)) {
      keys.appendTo(contents.columns, key);
      contents.append(keys.fields.length, wordsOf(run, steps));
      contents.append(keys.fields.length + 1, run.start.timeMs);
      contents.add(null, withinMs === 0 ? null : { timeMs: run.start.timeMs + withinMs, does: 'ends' });
    }
    let waiting = 0;
    let beginnings = 0;
    for (const { queue, runs, matches } of this.byKey.values()) {
      waiting += queue.length;
      beginnings += runs.length + matches.length;
    }
    const parts = [
      { what: 'rows of beginnings', count: store.rows - waiting },
      { what: 'rows that wait', count: waiting },
    ];
    return stateLook(parts, contents.finish(beginnings));
  }

  /** Key by key, in the order in which the first row of each key's oldest beginning came. */
  private *beginnings(): Generator<{ readonly key: number; readonly run: Run }> {
    const begun = [...this.byKey.values()].flatMap(({ key, runs, matches }) => {
      const all = [...runs, ...matches];
      const since = all.reduce((least, { start }) => Math.min(least, start.arrival), Infinity);
      return all.length === 0 ? [] : [{ key, all, since }];
    });
    for (const { key, all } of begun.sort((a, b) => a.since - b.since)) {
      for (const run of all) yield { key, run };
    }
  }

  get firstDueMs(): number {
    return this.due.firstTime;
  }

  /** The last time at which a beginning ends; −∞ when none does. */
  lastDueMs(): number {
    const { withinMs } = this.parts;
    let last = -Infinity;
    if (withinMs === 0) return last;
    for (const { runs } of this.byKey.values()) {
      const run = runs.at(-1);
      if (run !== undefined) last = Math.max(last, run.start.timeMs + withinMs);
    }
    return last;
  }

  /** Held until `update` finds nothing in it. */
  of(key: number): KeyState {
    let state = this.byKey.get(key);
    if (state === undefined) {
      state = { key, queue: [], runs: [], matches: [] };
      this.parts.keys.hold(key);
      this.byKey.set(key, state);
    }
    return state;
  }

  enqueue({ queue }: KeyState, row: KeptRow): void {
    let at = queue.length;
    while (at > 0 && queue[at - 1]!.timeMs > row.timeMs) at--;
    queue.splice(at, 0, row);
    this.waiting++;
  }

  /** Takes the first rows of the queue away. */
  dequeue(state: KeyState, rows: number): void {
    if (rows > 0) state.queue = state.queue.slice(rows);
    this.waiting -= rows;
  }

  /** Keys for which something is due by `nowMs`: by the time of what is due first, then by the arrival of its row. */
  takeDue(nowMs: number): readonly KeyState[] {
    const found = new Map<number, Due>();
    while (this.due.size > 0 && this.due.firstTime <= nowMs) {
      const key = this.due.pop();
      const state = this.byKey.get(key);
      const due = state === undefined ? null : this.dueOf(state);
      if (due === null || due.timeMs > nowMs) continue;
      found.set(key, due);
    }
    const inOrder = [...found.values()].sort((a, b) => a.timeMs - b.timeMs || a.arrival - b.arrival);
    return inOrder.map(({ state }) => state);
  }

  private dueOf(state: KeyState): Due | null {
    const { withinMs } = this.parts;
    const [row] = state.queue;
    const [run] = state.runs;
    const waits = row === undefined ? null : { state, timeMs: row.timeMs, arrival: row.arrival };
    if (run === undefined || withinMs === 0) return waits;
    const ends = { state, timeMs: run.start.timeMs + withinMs, arrival: run.start.arrival };
    if (waits === null || ends.timeMs < waits.timeMs) return ends;
    return waits.timeMs < ends.timeMs || waits.arrival < ends.arrival ? waits : ends;
  }

  /** To be called whenever something of the key has changed. */
  update(state: KeyState): void {
    const due = this.dueOf(state);
    if (due !== null) this.due.push(due.timeMs, state.key);
    else if (state.runs.length === 0 && state.matches.length === 0) {
      this.byKey.delete(state.key);
      this.parts.keys.release(state.key);
    }
  }

  /** Keys in the order of their bytes: numbers of keys differ from run to run and must not show. */
  snapshot(writer: StateWriter): void {
    const entries = [...this.byKey.values()].map((state) => ({ state, bytes: this.keyBytes(state) }));
    entries.sort((a, b) => compareBytes(a.bytes, b.bytes));
    writer.f64(this.arrivals);
    writer.u32(entries.length);
    for (const { state } of entries) this.writeKey(writer, state);
  }

  private keyBytes({ key }: KeyState): Uint8Array {
    const writer = new StateWriter();
    this.parts.keys.write(writer, key);
    return writer.finish();
  }

  private writeKey(writer: StateWriter, state: KeyState): void {
    this.parts.keys.write(writer, state.key);
    const all = [...state.runs, ...state.matches];
    const paths = pathsOf(all);
    const rows = [...new Set([...paths.keys()].map(({ row }) => row).concat(state.queue))].sort((a, b) =>
      isBefore(a, b) ? -1 : 1,
    );
    const placeOf = new Map(rows.map((row, i) => [row, i]));
    writer.u32(rows.length);
    for (const row of rows) this.writeRow(writer, row);
    writer.u32(state.queue.length);
    for (const row of state.queue) writer.u32(placeOf.get(row)!);
    writer.u32(paths.size);
    for (const { step, row, previous } of paths.keys()) {
      writer.u8(step);
      writer.u32(placeOf.get(row)!);
      writer.u32(previous === null ? 0 : paths.get(previous)! + 1);
    }
    for (const runs of [state.runs, state.matches]) {
      writer.u32(runs.length);
      for (const run of runs) {
        writer.u32(run.state.id);
        writer.u32(paths.get(run.path)!);
        writer.u32(placeOf.get(run.start)!);
      }
    }
  }

  private writeRow(writer: StateWriter, { handle, timeMs, arrival, holds, isTold }: KeptRow): void {
    this.parts.store.write(writer, handle);
    writer.f64(timeMs);
    writer.f64(arrival);
    writer.u32(holds);
    writer.u8(isTold ? 1 : 0);
  }

  restore(reader: StateReader): void {
    this.arrivals = reader.f64();
    const count = reader.u32();
    for (let i = 0; i < count; i++) this.readKey(reader);
  }

  private readKey(reader: StateReader): void {
    const { runs, machine } = this.parts;
    const state = this.of(this.parts.keys.read(reader));
    const rows = Array.from({ length: reader.u32() }, () => this.readRow(reader));
    state.queue = Array.from({ length: reader.u32() }, () => rows[reader.u32()]!);
    for (const row of state.queue) row.refs++;
    this.waiting += state.queue.length;
    const paths: TakenRow[] = [];
    const length = reader.u32();
    for (let i = 0; i < length; i++) {
      const step = reader.u8();
      const row = rows[reader.u32()]!;
      const previous = reader.u32();
      paths.push(runs.take(step, row, previous === 0 ? null : paths[previous - 1]!));
    }
    const readRuns = (): readonly Run[] =>
      Array.from({ length: reader.u32() }, () => {
        const at = machine.states[reader.u32()]!;
        const path = paths[reader.u32()]!;
        return runs.make(at, path, rows[reader.u32()]!);
      });
    state.runs = readRuns();
    state.matches = readRuns();
    this.update(state);
  }

  private readRow(reader: StateReader): KeptRow {
    const handle = this.parts.store.read(reader);
    const timeMs = reader.f64();
    const arrival = reader.f64();
    const holds = reader.u32();
    return { handle, timeMs, arrival, holds, refs: 0, isTold: reader.u8() === 1 };
  }
}

/** The rows of all paths with a number each, those that come before a row before it. */
function pathsOf(runs: readonly Run[]): ReadonlyMap<TakenRow, number> {
  const numbers = new Map<TakenRow, number>();
  for (const { path } of runs) {
    const fresh: TakenRow[] = [];
    for (let taken: TakenRow | null = path; taken !== null && !numbers.has(taken); taken = taken.previous)
      fresh.push(taken);
    for (const taken of fresh.reverse()) numbers.set(taken, numbers.size);
  }
  return numbers;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** `small → large ×2`: the steps that have taken rows, in order. */
function wordsOf({ path }: Run, steps: readonly BoundStep[]): string {
  const taken: { readonly step: number; times: number }[] = [];
  for (let row: TakenRow | null = path; row !== null; row = row.previous) {
    const last = taken.at(-1);
    if (last?.step === row.step) last.times++;
    else taken.push({ step: row.step, times: 1 });
  }
  const words = taken.map(({ step, times }) => `${steps[step]!.name}${times > 1 ? ` ×${times}` : ''}`);
  return words.reverse().join(' → ');
}
