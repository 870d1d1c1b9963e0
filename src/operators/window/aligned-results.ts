import type { StreamType } from '../../stream/batch.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Column } from '../../stream/column.ts';
import type { EventTimeMs, Window } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import type { Accumulator } from '../shared/aggregates/accumulator.ts';
import { appendCells } from '../shared/aggregates/many-cells.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import type { WindowBound } from './bound.ts';

/** What fires: a window, at an entry, as which of its panes. */
export interface WindowFiring {
  readonly window: Window;
  readonly seq: number;
  readonly phase: 0 | 1;
  /** `PaneTiming`. */
  readonly timing: number;
  /** Event time of the results. */
  readonly ts: EventTimeMs;
}

/** The cells that fire, with the number of the key and of the pane of each. */
export interface FiredCells {
  readonly cells: Int32Array;
  readonly keys: Int32Array;
  readonly panes: Int32Array;
  readonly count: number;
}

/**
 * Gathers the results of windows column by column: the key, the window's start and end, the aggregates. Keys are kept by
 * their numbers until a batch is full.
 */
export class AlignedResults {
  private readonly keys: KeyTable;
  private readonly accumulators: readonly Accumulator[];
  private readonly aggregates: readonly ColumnBuilder[];
  private readonly bound: WindowBound;
  private readonly keyIds = new Int32Array(CHUNK_ROWS);
  private readonly startMs = new Float64Array(CHUNK_ROWS);
  private readonly endMs = new Float64Array(CHUNK_ROWS);
  private readonly seq = new Float64Array(CHUNK_ROWS);
  private readonly ts = new Float64Array(CHUNK_ROWS);
  private readonly phase = new Uint8Array(CHUNK_ROWS);
  private readonly timing = new Uint8Array(CHUNK_ROWS);
  private readonly panes = new Int32Array(CHUNK_ROWS);
  private anyPhase = 0;
  private length = 0;

  constructor(bound: WindowBound, output: StreamType, { keys, accumulators }: Parts) {
    this.bound = bound;
    this.keys = keys;
    this.accumulators = accumulators;
    const fields = output.schema.fields.slice(bound.key.fields.length + 2);
    this.aggregates = fields.map((field) => columnBuilder(field.type));
  }

  /** Adds a row for each cell; batches that are full go out at once. */
  add(fired: FiredCells, firing: WindowFiring, out: KernelOutput): void {
    for (let from = 0; from < fired.count;) {
      const to = Math.min(fired.count, from + CHUNK_ROWS - this.length);
      this.addRange(fired, firing, from, to);
      from = to;
      if (this.length === CHUNK_ROWS) this.flush(out);
    }
  }

  private addRange({ cells, keys, panes }: FiredCells, firing: WindowFiring, from: number, to: number): void {
    const { window, seq, phase, timing, ts } = firing;
    const at = this.length;
    const count = to - from;
    const end = at + count;
    const chunk = cells.subarray(from, to);
    this.keyIds.set(keys.subarray(from, to), at);
    this.panes.set(panes.subarray(from, to), at);
    this.startMs.fill(window.startMs, at, end);
    this.endMs.fill(window.endMs, at, end);
    this.seq.fill(seq, at, end);
    this.ts.fill(ts, at, end);
    this.phase.fill(phase, at, end);
    this.timing.fill(timing, at, end);
    this.anyPhase |= phase;
    this.accumulators.forEach((accumulator, a) => appendCells(accumulator, this.aggregates[a]!, chunk, count));
    this.length = end;
  }

  /** Hands on what was gathered. The keys must still have the numbers that they had. */
  flush(out: KernelOutput): void {
    const { length } = this;
    if (length === 0) return;
    const keyColumns = this.keys.columnsOf(this.keyIds, length, out.buffers);
    const windowStartMs = taken(this.startMs, length, out);
    const windowEndMs = taken(this.endMs, length, out);
    const columns: readonly Column[] = [
      ...keyColumns,
      { kind: 'float', values: windowStartMs, nulls: null },
      { kind: 'float', values: windowEndMs, nulls: null },
      ...this.aggregates.map((builder) => builder.finish(out.buffers)),
    ];
    const origin = {
      windowStartMs,
      windowEndMs,
      timing: this.timing.slice(0, length),
      paneIndex: this.panes.slice(0, length),
      keyFields: this.bound.key.fields,
      keyColumns,
    };
    const phase = this.anyPhase === 0 ? null : this.phase.slice(0, length);
    const seq = taken(this.seq, length, out);
    const ts = taken(this.ts, length, out);
    this.length = 0;
    this.anyPhase = 0;
    out.emit('out', { length, selection: null, columns, seq, phase, ts, kinds: null, origin });
  }
}

interface Parts {
  readonly keys: KeyTable;
  readonly accumulators: readonly Accumulator[];
}

function taken(values: Float64Array, length: number, { buffers }: KernelOutput): Float64Array {
  const copy = buffers.floats(length);
  copy.set(values.subarray(0, length));
  return copy;
}
