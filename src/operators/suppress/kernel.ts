import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_ON_TIME, kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { Problem } from '../../stream/problem.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import { OriginBuilder, ResultBuilder } from '../shared/result-builder.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { ContentsBuilder, firstInOrder, stateLook } from '../shared/state-contents.ts';
import { keyBytesAt } from '../shared/state/key-bytes.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';
import type { SuppressBound } from './definition.ts';

/** The latest update of a key. */
interface HeldUpdate {
  /** Its number in the table of keys. */
  readonly key: number;
  readonly keyBytes: string;
  /** What the update waits by: the end of its window, or the time of the first update that was held. */
  readonly waitsByMs: EventTimeMs;
  /** Whether the first update that was held was the key's first of all: nobody downstream has heard of it. */
  readonly isNew: boolean;
  row: number;
  kind: RowKind;
  ts: EventTimeMs;
  window: HeldWindow | null;
}

interface HeldWindow {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  readonly timing: number;
  readonly paneIndex: number;
}

const NO_WINDOW: HeldWindow = { startMs: NaN, endMs: NaN, timing: PANE_ON_TIME, paneIndex: 0 };

/** Beside its row: the key's bytes and the time, as `InMemoryTimeOrderedKeyValueChangeBuffer.computeRecordSize` counts them. */
const TIME_BYTES = 8;

class Suppress implements Kernel {
  private readonly bound: SuppressBound;
  private readonly rows: RowStore;
  private readonly keys: KeyTable;
  private readonly byKey = new Map<number, HeldUpdate>();
  private readonly waiting = new TimeBuckets<HeldUpdate>();
  private keyBytes = 0;
  /** The largest time of the updates that came in; -1 before the first, as in Kafka. */
  private observedMs: EventTimeMs = -1;
  private overflow: string | null = null;
  private readonly outcomes: RowOutcomes;
  private readonly results: ResultBuilder;
  private readonly origins: OriginBuilder;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<SuppressBound>) {
    const input: StreamType = inputs[0]!;
    this.bound = bound;
    this.rows = new RowStore(input.schema);
    this.keys = new KeyTable(bound.key.fields);
    this.outcomes = new RowOutcomes(input, connected);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.origins = new OriginBuilder(bound.groupKey.fields);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      this.outcomes.begin(batch);
      const count = rowCount(batch);
      for (let i = 0; i < count; i++) this.take(batch, rowAt(batch, i), clock, out);
      this.outcomes.finish(out);
    }
    this.flush(out);
    return clock;
  }

  private take(batch: Batch, row: number, clock: Curve, out: KernelOutput): void {
    const ts = batch.ts[row]!;
    const waitsByMs = this.bound.until === 'time-limit' ? ts : this.windowEndOf(batch, row);
    if (!(ts >= 0) || waitsByMs !== waitsByMs) {
      this.outcomes.reject(row, 'no-time', watermarkBefore(clock, batch.seq[row]!), out);
      return;
    }
    this.observedMs = Math.max(this.observedMs, ts);
    this.hold(batch, row, waitsByMs, out);
    const seq = batch.seq[row]!;
    const phase = phaseAt(batch, row) === 0 ? 0 : 1;
    while (this.waiting.firstTimeMs <= this.observedMs - this.bound.waitMs) {
      for (const update of this.waiting.takeFirst().toSorted(byKeyBytes)) this.release(update, { seq, phase }, out);
    }
    if (!this.isOverFull()) return;
    if (this.bound.onFull === 'shut-down') this.overflow ??= this.fullness();
    else while (this.isOverFull()) this.releaseFirst({ seq, phase }, out);
  }

  private windowEndOf(batch: Batch, row: number): EventTimeMs {
    const column = batch.columns[this.bound.windowEnd!]!;
    return column.kind === 'float' ? column.values[row]! : NaN;
  }

  /** Puts an update into the place of the one that is held for its key, or into one of its own. */
  private hold(batch: Batch, row: number, waitsByMs: EventTimeMs, out: KernelOutput): void {
    const { columns, fields } = this.bound.key;
    const keyColumns = columns.map((index) => batch.columns[index]!);
    const key = this.keys.idOf(keyColumns, row);
    const kind = kindAt(batch, row);
    const { origin } = batch;
    const latest = {
      row: this.rows.put(batch.columns, row),
      kind,
      ts: batch.ts[row]!,
      window:
        origin === null
          ? null
          : {
              startMs: origin.windowStartMs[row]!,
              endMs: origin.windowEndMs[row]!,
              timing: origin.timing[row]!,
              paneIndex: origin.paneIndex[row]!,
            },
    };
    const held = this.byKey.get(key);
    if (held !== undefined) {
      this.rows.release(held.row);
      Object.assign(held, latest);
      out.fates.filtered++;
      return;
    }
    const keyBytes = keyBytesAt(keyColumns, fields, row);
    this.keep({ key, keyBytes, waitsByMs, isNew: kind === INSERT, ...latest });
    out.fates.held++;
  }

  private keep(update: HeldUpdate): void {
    this.keys.hold(update.key);
    this.byKey.set(update.key, update);
    this.waiting.add(update.waitsByMs, update);
    this.keyBytes += update.keyBytes.length + TIME_BYTES;
  }

  private releaseFirst(at: Position, out: KernelOutput): void {
    let first: HeldUpdate | null = null;
    for (const update of this.waiting.first()) {
      if (first === null || byKeyBytes(update, first) < 0) first = update;
    }
    this.waiting.remove(first!.waitsByMs, first!);
    this.release(first!, at, out);
  }

  /** Hands an update on and forgets it; a deletion where windows must be final is only forgotten. */
  private release(update: HeldUpdate, { seq, phase }: Position, out: KernelOutput): void {
    const closes = this.bound.until === 'window-closes';
    out.fates.held--;
    if (closes && update.kind === DELETE) out.fates.filtered++;
    else {
      out.fates.used++;
      this.rows.appendTo(this.results.columns, 0, update.row);
      const { startMs, endMs, timing, paneIndex } = update.window ?? NO_WINDOW;
      this.origins.push(startMs, endMs, closes ? PANE_ON_TIME : timing, closes ? 0 : paneIndex);
      this.results.place(seq, phase, update.ts, closes ? INSERT : kindOf(update));
      if (this.results.length === CHUNK_ROWS) this.flush(out);
    }
    this.rows.release(update.row);
    this.byKey.delete(update.key);
    this.keys.release(update.key);
    this.keyBytes -= update.keyBytes.length + TIME_BYTES;
  }

  private flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch === null) return;
    const keyColumns = this.bound.groupKey.columns.map((index) => batch.columns[index]!);
    out.emit('out', { ...batch, origin: this.origins.take(keyColumns) });
  }

  private isOverFull(): boolean {
    const { maxRows, maxBytes } = this.bound;
    return this.byKey.size > maxRows || (maxBytes < Infinity && this.bytes > maxBytes);
  }

  private fullness(): string {
    const { maxRows, maxBytes } = this.bound;
    return this.byKey.size > maxRows
      ? `${this.byKey.size} updates, the limit is ${maxRows}`
      : `${this.bytes} bytes of updates, the limit is ${maxBytes}`;
  }

  private get bytes(): number {
    return this.rows.bytes + this.keyBytes;
  }

  mayStop(rows: number): boolean {
    const { maxRows, maxBytes, onFull } = this.bound;
    if (onFull === 'emit-early') return false;
    return this.byKey.size + rows > maxRows || maxBytes < Infinity;
  }

  stop(): Problem | null {
    if (this.overflow === null) return null;
    const message = `The buffer would hold back ${this.overflow}. The run stands after the entry that went over it.`;
    const fix = 'Let it hold more, emit early when full, or wait for a shorter time.';
    return { code: 'buffer-full', severity: 'error', path: 'config.onFull', nodeId: null, message, fix };
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  look(most: number): StateLook {
    const { until, waitMs } = this.bound;
    const contents = new ContentsBuilder({
      what: 'updates held back',
      order: 'that go first',
      fields: this.rows.fields,
    });
    const inOrder = (a: HeldUpdate, b: HeldUpdate): number => a.waitsByMs - b.waitsByMs || byKeyBytes(a, b);
    for (const update of firstInOrder(this.byKey.values(), most, inOrder)) {
      this.rows.appendTo(contents.columns, 0, update.row);
      const does = until === 'window-closes' && update.kind === DELETE ? 'goes' : 'comes out';
      contents.add(update.window, { timeMs: update.waitsByMs + waitMs, does });
    }
    const count = this.byKey.size;
    return stateLook([{ what: 'updates held back', count }], contents.finish(count));
  }

  stateSize(): StateSize {
    return { rows: this.byKey.size, bytes: this.bytes };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.observedMs);
    writer.u8(this.overflow === null ? 0 : 1);
    writer.text(this.overflow ?? '');
    writer.u32(this.byKey.size);
    for (const update of this.byKey.values()) {
      this.keys.write(writer, update.key);
      writer.text(update.keyBytes);
      writer.f64(update.waitsByMs);
      writer.u8(update.isNew ? 1 : 0);
      writer.u8(update.kind);
      writer.f64(update.ts);
      this.rows.write(writer, update.row);
      writer.u8(update.window === null ? 0 : 1);
      if (update.window === null) continue;
      writer.f64(update.window.startMs);
      writer.f64(update.window.endMs);
      writer.u8(update.window.timing);
      writer.u32(update.window.paneIndex);
    }
  }

  restore(reader: StateReader): void {
    this.observedMs = reader.f64();
    const isOver = reader.u8() === 1;
    const overflow = reader.text();
    this.overflow = isOver ? overflow : null;
    for (let i = reader.u32(); i > 0; i--) {
      this.keep({
        key: this.keys.read(reader),
        keyBytes: reader.text(),
        waitsByMs: reader.f64(),
        isNew: reader.u8() === 1,
        kind: reader.u8() as RowKind,
        ts: reader.f64(),
        row: this.rows.read(reader),
        window: reader.u8() === 0 ? null : readWindow(reader),
      });
    }
  }
}

interface Position {
  readonly seq: number;
  readonly phase: 0 | 1;
}

function readWindow(reader: StateReader): HeldWindow {
  return { startMs: reader.f64(), endMs: reader.f64(), timing: reader.u8(), paneIndex: reader.u32() };
}

function byKeyBytes(a: HeldUpdate, b: HeldUpdate): number {
  return a.keyBytes < b.keyBytes ? -1 : a.keyBytes > b.keyBytes ? 1 : 0;
}

/** What the latest update is to somebody who has heard nothing of those that it replaced. */
function kindOf({ kind, isNew }: HeldUpdate): RowKind {
  if (kind === DELETE) return DELETE;
  return isNew ? INSERT : UPDATE_AFTER;
}

export function suppressKernel(request: KernelRequest<SuppressBound>): Kernel {
  return new Suppress(request);
}
