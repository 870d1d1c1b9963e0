import type { Origin, StreamType } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelOutput } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import { appendCells } from '../shared/aggregates/many-cells.ts';
import { Ints } from '../shared/ints.ts';
import type { WindowBound } from './bound.ts';
import type { SessionPool } from './session-pool-state.ts';

const FEW = 64;

/**
 * Gathers the results of sessions column by column: key, bounds, aggregates. Bounds are those at the time of `add`;
 * aggregates are read later, all at once, with `fill`. Keys must live until `flush`.
 */
export class SessionResults {
  private readonly pool: SessionPool;
  private readonly bound: WindowBound;
  private readonly resultTimeMs: WindowRules['resultTimeMs'];
  private readonly localOffsetMs: DurationMs;
  private readonly values: readonly ColumnBuilder[];
  private length = 0;
  /** Sessions of results whose aggregates are not read yet. */
  private readonly unfilled = new Ints();
  private seq = new Float64Array(FEW);
  private ts = new Float64Array(FEW);
  private start = new Float64Array(FEW);
  private end = new Float64Array(FEW);
  private keys = new Int32Array(FEW);
  private paneIndex = new Int32Array(FEW);
  private timing = new Uint8Array(FEW);
  private phase = new Uint8Array(FEW);

  constructor(bound: WindowBound, rules: WindowRules, { schema }: StreamType, pool: SessionPool) {
    this.pool = pool;
    this.bound = bound;
    this.resultTimeMs = rules.resultTimeMs;
    this.localOffsetMs = bound.localOffsetMs;
    const first = schema.fields.length - bound.aggregates.length;
    this.values = schema.fields.slice(first).map((field) => columnBuilder(field.type));
  }

  /** Whether there is no room for another result before `flush`. */
  get isFull(): boolean {
    return this.length === CHUNK_ROWS;
  }

  /** The next pane of a session; `timing` is a `PaneTiming`. */
  add(session: number, seq: number, phase: 0 | 1, timing: number): void {
    const { pool, length } = this;
    if (length === this.seq.length) this.grow(length * 2);
    const startMs = pool.startMs(session);
    const endMs = pool.endMs(session);
    this.seq[length] = seq;
    this.phase[length] = phase;
    this.timing[length] = timing;
    this.ts[length] = this.resultTimeMs(startMs, endMs);
    this.start[length] = startMs + this.localOffsetMs;
    this.end[length] = endMs + this.localOffsetMs;
    this.keys[length] = pool.keyAt(session);
    this.paneIndex[length] = pool.panes[session]!++;
    this.unfilled.push(session);
    this.length++;
  }

  private grow(capacity: number): void {
    const { seq, ts, start, end, keys, paneIndex, timing, phase } = this;
    this.seq = grown(seq, new Float64Array(capacity));
    this.ts = grown(ts, new Float64Array(capacity));
    this.start = grown(start, new Float64Array(capacity));
    this.end = grown(end, new Float64Array(capacity));
    this.keys = grown(keys, new Int32Array(capacity));
    this.paneIndex = grown(paneIndex, new Int32Array(capacity));
    this.timing = grown(timing, new Uint8Array(capacity));
    this.phase = grown(phase, new Uint8Array(capacity));
  }

  /** Reads the aggregates of all results so far: their sessions have all rows that the results speak of, and no more. */
  fill(): void {
    const { unfilled, values } = this;
    const { accumulators } = this.pool;
    for (let a = 0; a < accumulators.length; a++) {
      appendCells(accumulators[a]!, values[a]!, unfilled.values, unfilled.length);
    }
    unfilled.length = 0;
  }

  /** Hands on what was gathered and filled. */
  flush(out: KernelOutput): void {
    const { length, pool, bound } = this;
    if (length === 0) return;
    this.length = 0;
    const keyColumns = pool.keys.columnsOf(this.keys, length);
    const start = taken(this.start, length, out);
    const end = taken(this.end, length, out);
    const columns: Column[] = [...keyColumns];
    columns.push({ kind: 'float', values: start, nulls: null }, { kind: 'float', values: end, nulls: null });
    for (const builder of this.values) columns.push(builder.finish());
    const phase = this.phase.slice(0, length);
    const origin: Origin = {
      windowStartMs: start,
      windowEndMs: end,
      timing: this.timing.slice(0, length),
      paneIndex: this.paneIndex.slice(0, length),
      keyFields: bound.key.fields,
      keyColumns,
    };
    const seq = taken(this.seq, length, out);
    const ts = taken(this.ts, length, out);
    const phases = phase.includes(1) ? phase : null;
    out.emit('out', { length, selection: null, columns, seq, phase: phases, ts, kinds: null, origin });
  }
}

function taken(values: Float64Array, length: number, { buffers }: KernelOutput): Float64Array {
  const copy = buffers.floats(length);
  copy.set(values.subarray(0, length));
  return copy;
}

function grown<Values extends Float64Array | Int32Array | Uint8Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}
