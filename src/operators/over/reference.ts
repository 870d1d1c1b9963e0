import type { Value } from '../../stream/value.ts';
import { cell } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import { aggregatesFail, aggregatesOf } from '../reference-aggregates.ts';
import { evaluateExpression } from '../reference-expression.ts';
import { sameRow } from '../reference-order.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { BoundLag, OverBound } from './bind-over.ts';

/**
 * Keeps all rows of a key since it last forgot them, and looks through them anew for each row that comes out. Flink 2.0: the
 * functions in `runtime.operators.over`, each named by `definition.ts` where its rule stands.
 */
export function overReference(request: ReferenceRequest<OverBound>): Reference {
  return new OverReference(request);
}

/** What is known of one key. */
interface Memory {
  readonly key: readonly Value[];
  waiting: ReferenceRow[];
  /** Those that came out, in that order. */
  past: ReferenceRow[];
  lastOutMs: number;
  /** Times of clean-ups that a frame of time has asked for; the last of them stands, the others were put off. */
  asked: number[];
  /** When a time to live ends, by the clock; null before the first row. */
  forgetsAtMs: number | null;
}

class OverReference implements Reference {
  private readonly request: ReferenceRequest<OverBound>;
  private readonly bound: OverBound;
  private readonly counted = noFates();
  private readonly memories: Memory[] = [];

  constructor(request: ReferenceRequest<OverBound>) {
    this.request = request;
    this.bound = request.bound;
  }

  row(_input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
    const isByTime = this.bound.orderBy === 'event-time';
    if ((isByTime && Number.isNaN(row.ts)) || this.fails(row)) {
      this.counted.rejected++;
      return [passed(row, 'rejected', row.values)];
    }
    const memory = this.memoryOf(row);
    this.live(memory, row.at);
    if (!isByTime && this.bound.frame !== 'range') return this.comeOut(memory, [row], row);
    if (isByTime && row.ts <= this.lateUpTo(memory, watermark)) {
      this.counted.late++;
      return [passed(row, 'late', row.values)];
    }
    memory.waiting.push(row);
    if (isByTime && this.bound.frame === 'range') this.askForCleanUp(memory, row.ts);
    return [];
  }

  watermark(watermark: number, seq: number, now: number): readonly ReferenceResult[] {
    const { orderBy, frame } = this.bound;
    const isUnbounded = frame === 'rows-unbounded' || frame === 'range-unbounded';
    if (orderBy !== 'event-time' || (isUnbounded && watermark < 0)) return [];
    const cleanUps = this.memories.flatMap((memory) => memory.asked.map((timeMs) => ({ memory, timeMs })));
    const dueCleanUps = cleanUps.filter(({ timeMs }) => timeMs <= watermark);
    const groups = this.takeDue(
      (row) => row.ts <= watermark,
      ({ ts }) => ts,
    );
    const times = [...dueCleanUps, ...groups].map(({ timeMs }) => timeMs);
    return [...new Set(times)]
      .toSorted((a, b) => a - b)
      .flatMap((timeMs) => {
        for (const due of dueCleanUps) if (due.timeMs === timeMs) this.cleanUp(due.memory, timeMs);
        return groups
          .filter((group) => group.timeMs === timeMs)
          .flatMap(({ memory, rows }) => {
            this.live(memory, now);
            return this.comeOut(memory, rows, { seq, phase: 1 });
          });
      });
  }

  clock(now: number, seq: number): readonly ReferenceResult[] {
    const { orderBy, frame, ttlMs } = this.bound;
    for (const memory of this.memories) {
      if (memory.forgetsAtMs === null || memory.forgetsAtMs > now) continue;
      if (memory.waiting.length === 0) forget(memory);
      else memory.forgetsAtMs = now + Math.floor(ttlMs * 1.5);
    }
    if (orderBy !== 'arrival' || frame !== 'range') return [];
    return this.takeDue(
      (row) => row.at < now,
      ({ at }) => at,
    )
      .toSorted((a, b) => a.timeMs - b.timeMs)
      .flatMap(({ memory, rows }) => this.comeOut(memory, rows, { seq, phase: 1 }));
  }

  fates(): Fates {
    const held = this.memories.reduce((rows, { waiting }) => rows + waiting.length, 0);
    return { ...this.counted, held };
  }

  /** Takes out the waiting rows that are due: those of one key and time together, in the order in which the first came. */
  private takeDue(
    isDue: (row: ReferenceRow) => boolean,
    timeOf: (row: ReferenceRow) => number,
  ): readonly { readonly memory: Memory; readonly timeMs: number; readonly rows: readonly ReferenceRow[] }[] {
    return this.memories
      .flatMap((memory) => {
        const due = memory.waiting.filter(isDue);
        memory.waiting = memory.waiting.filter((row) => !isDue(row));
        const times = [...new Set(due.map(timeOf))];
        return times.map((timeMs) => ({ memory, timeMs, rows: due.filter((row) => timeOf(row) === timeMs) }));
      })
      .toSorted((a, b) => a.rows[0]!.seq - b.rows[0]!.seq);
  }

  /** Rows of one key come out: all at once in frames of time, where they share their values, else one after the other. */
  private comeOut(
    memory: Memory,
    rows: readonly ReferenceRow[],
    { seq, phase }: Pick<ReferenceResult, 'seq' | 'phase'>,
  ): readonly ReferenceResult[] {
    const { frame } = this.bound;
    const steps = frame === 'range' || frame === 'range-unbounded' ? [rows] : rows.map((row) => [row]);
    return steps.flatMap((together) => {
      memory.past.push(...together);
      const added = this.valuesAfter(memory.past);
      return together.map((row) => {
        this.counted.used++;
        if (this.bound.orderBy === 'event-time') memory.lastOutMs = row.ts;
        return { ...passed(row, 'out', [...row.values, ...added]), seq, phase };
      });
    });
  }

  /** The aggregates and lags of the last of the rows. */
  private valuesAfter(past: readonly ReferenceRow[]): readonly Value[] {
    const { frame, precedingRows, precedingMs, orderBy, aggregates, lags } = this.bound;
    const timeOf = (row: ReferenceRow): number => (orderBy === 'arrival' ? row.at : row.ts);
    const current = past.at(-1)!;
    const inFrame = past.filter((row, i) => {
      if (frame === 'rows') return i >= past.length - 1 - precedingRows;
      return frame !== 'range' || timeOf(row) >= timeOf(current) - precedingMs;
    });
    // The first and last are those of the frame's order, whatever that of arrival.
    const inOrder = inFrame.map((row, i) => ({ ...row, seq: i }));
    const { inputs, dialect } = this.request;
    const { schema } = inputs[0]!;
    return [
      ...aggregatesOf({ aggregates, schema, dialect }, inOrder),
      ...lags.map((lag) => this.lagged(lag, past.at(-1 - lag.offset))),
    ];
  }

  private lagged({ argument, otherwise, field }: BoundLag, row: ReferenceRow | undefined): Value {
    if (row === undefined) return cell(otherwise, field.type, 0);
    const outcome = evaluateExpression(argument, this.request.inputs[0]!.schema, row.values);
    return outcome.ok ? outcome.value : null;
  }

  private fails(row: ReferenceRow): boolean {
    const { inputs, dialect } = this.request;
    const { schema } = inputs[0]!;
    const { aggregates, lags } = this.bound;
    return (
      aggregatesFail({ aggregates, schema, dialect }, row) ||
      lags.some(({ argument }) => !evaluateExpression(argument, schema, row.values).ok)
    );
  }

  /** Rows up to this time are late. */
  private lateUpTo({ lastOutMs }: Memory, watermark: number): number {
    const { frame } = this.bound;
    return frame === 'rows' || frame === 'range' ? lastOutMs : watermark;
  }

  private live(memory: Memory, nowMs: number): void {
    const { ttlMs } = this.bound;
    if (ttlMs === 0 || (memory.forgetsAtMs !== null && memory.forgetsAtMs >= nowMs + ttlMs)) return;
    memory.forgetsAtMs = nowMs + Math.floor(ttlMs * 1.5);
  }

  private askForCleanUp({ asked }: Memory, timeMs: number): void {
    const { precedingMs } = this.bound;
    const standing = asked.at(-1);
    if (standing !== undefined && standing >= timeMs + precedingMs + 1) return;
    asked.push(timeMs + Math.floor(precedingMs * 1.5) + 1);
  }

  private cleanUp(memory: Memory, timeMs: number): void {
    if (memory.asked.at(-1) === timeMs) {
      forget(memory);
      return;
    }
    memory.asked = memory.asked.filter((asked) => asked !== timeMs);
    memory.lastOutMs = timeMs;
  }

  private memoryOf(row: ReferenceRow): Memory {
    const key = this.bound.key.columns.map((column) => row.values[column] ?? null);
    const known = this.memories.find((memory) => sameRow(memory.key, key));
    if (known !== undefined) return known;
    const memory: Memory = { key, waiting: [], past: [], lastOutMs: 0, asked: [], forgetsAtMs: null };
    this.memories.push(memory);
    return memory;
  }
}

function forget(memory: Memory): void {
  memory.past = [];
  memory.lastOutMs = 0;
  memory.asked = [];
  memory.forgetsAtMs = null;
}
