import type { StreamType } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelOutput } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { WindowBound } from './bound.ts';
import type { PaneFiring } from './trigger-results.ts';
import type { SessionPool } from './session-pool-state.ts';

const FEW = 64;

/** Gathers the results of sessions column by column: key, bounds, aggregates. Keys must live until `flush`. */
export class SessionResults {
  private readonly pool: SessionPool;
  private readonly bound: WindowBound;
  private readonly resultTimeMs: WindowRules['resultTimeMs'];
  private readonly localOffsetMs: DurationMs;
  private readonly values: readonly ColumnBuilder[];
  private length = 0;
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

  /** What the session has now, as its next pane. */
  add(session: number, { seq, phase, timing }: PaneFiring, out: KernelOutput): void {
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
    const { accumulators } = pool;
    for (let a = 0; a < accumulators.length; a++) accumulators[a]!.appendTo(this.values[a]!, session);
    this.length++;
    if (this.length === CHUNK_ROWS) this.flush(out);
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

  /** Hands on what was gathered. */
  flush(out: KernelOutput): void {
    const { length } = this;
    if (length === 0) return;
    const keyColumns = this.pool.keys.columnsOf(this.keys, length);
    const start = this.start.slice(0, length);
    const end = this.end.slice(0, length);
    const columns: Column[] = [...keyColumns];
    columns.push({ kind: 'float', values: start, nulls: null }, { kind: 'float', values: end, nulls: null });
    for (const builder of this.values) columns.push(builder.finish());
    const phase = this.phase.slice(0, length);
    this.length = 0;
    out.emit('out', {
      length,
      selection: null,
      columns,
      seq: this.seq.slice(0, length),
      phase: phase.includes(1) ? phase : null,
      ts: this.ts.slice(0, length),
      kinds: null,
      origin: {
        windowStartMs: start,
        windowEndMs: end,
        timing: this.timing.slice(0, length),
        paneIndex: this.paneIndex.slice(0, length),
        keyFields: this.bound.key.fields,
        keyColumns,
      },
    });
  }
}

function grown<Values extends Float64Array | Int32Array | Uint8Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}
