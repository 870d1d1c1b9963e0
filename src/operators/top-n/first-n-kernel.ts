import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { CHUNK_ROWS } from '../operator.ts';
import { lastClockMs } from '../shared/curve-steps.ts';
import { KeptKeys } from '../shared/ranking/kept-keys-state.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { ContentsBuilder, stateLook, take } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { TopNBound } from './bind-top-n.ts';
import { rankEndOf } from './rank-end.ts';

interface Counted {
  writtenAtMs: ProcessingTimeMs;
  rows: number;
  readonly to: number;
}

const KEY_BYTES = 80;

/** The first rows of each key, which never change. Flink: `AppendOnlyFirstNFunction`: keeps how many came. */
export class FirstN implements Kernel {
  private readonly bound: TopNBound;
  private readonly type: StreamType;
  private readonly keys: KeyTable;
  private readonly counts: KeptKeys<Counted>;
  private readonly results: ResultBuilder;

  constructor({ bound, inputs, outputs }: KernelRequest<TopNBound>) {
    this.bound = bound;
    this.type = inputs[0]!;
    this.keys = new KeyTable(bound.key.fields);
    this.counts = new KeptKeys(bound.ttlMs);
    this.results = new ResultBuilder(outputs.out!.schema);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    for (const batch of inputs[0]!.batches) {
      const count = rowCount(batch);
      for (let i = 0; i < count; i++) {
        const row = rowAt(batch, i);
        const nowMs = round.at[batch.seq[row]! - round.firstSeq]!;
        this.expire(nowMs);
        this.take(batch, row, nowMs, out);
      }
    }
    this.flush(out);
    this.expire(lastClockMs(round));
    return clock;
  }

  private expire(nowMs: ProcessingTimeMs): void {
    this.counts.expire(nowMs, (key) => this.keys.release(key));
  }

  private take(batch: Batch, row: number, nowMs: ProcessingTimeMs, out: KernelOutput): void {
    const key = this.keys.idOf(
      this.bound.key.columns.map((index) => batch.columns[index]!),
      row,
    );
    this.keys.hold(key);
    const known = this.counts.get(key);
    const counted = known ?? { writtenAtMs: nowMs, rows: 0, to: rankEndOf(this.bound, batch, row) };
    const isIn = counted.rows < counted.to;
    if (isIn) counted.rows++;
    // A last rank that a row has said once is remembered even if it is 0.
    const isWritten = isIn || known === undefined;
    if (isWritten) this.counts.write(key, counted, nowMs);
    if (known !== undefined) this.keys.release(key);
    if (!isIn || counted.rows < this.bound.from) {
      out.fates.filtered++;
      return;
    }
    out.fates.used++;
    this.add(batch, row, counted.rows);
    if (this.results.length === CHUNK_ROWS) this.flush(out);
  }

  private add(batch: Batch, row: number, rank: number): void {
    const { columns } = this.results;
    batch.columns.forEach((column, i) => columns[i]!.appendFrom(column, row));
    if (this.bound.hasRank) columns[this.type.schema.fields.length]!.append(rank);
    this.results.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, batch.ts[row]!);
  }

  private flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch !== null) out.emit('out', batch);
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  look(most: number): StateLook {
    const { fields } = this.keys;
    const contents = new ContentsBuilder({
      what: 'keys',
      order: this.counts.order,
      fields: [...fields, { name: 'rows so far', type: { kind: 'INT' }, nullable: false }],
      keys: fields.length,
    });
    for (const [key, counted] of take(this.counts, most)) {
      this.keys.appendTo(contents.columns, key);
      contents.append(fields.length, counted.rows);
      contents.add(null, this.counts.untilOf(counted));
    }
    const count = this.counts.size;
    return stateLook([{ what: 'keys', count }], contents.finish(count));
  }

  stateSize(): StateSize {
    return { rows: this.counts.size, bytes: this.counts.size * KEY_BYTES + this.keys.textBytes };
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.counts.size);
    for (const [key, { writtenAtMs, rows, to }] of this.counts) {
      this.keys.write(writer, key);
      writer.f64(writtenAtMs);
      writer.f64(rows);
      writer.f64(to);
    }
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const key = this.keys.read(reader);
      this.keys.hold(key);
      this.counts.restored(key, { writtenAtMs: reader.f64(), rows: reader.f64(), to: reader.f64() });
    }
  }
}
