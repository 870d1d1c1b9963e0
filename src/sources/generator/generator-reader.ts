import type { Column } from '../../stream/column.ts';
import type { Problem } from '../../stream/problem.ts';
import { Random } from '../../stream/random.ts';
import type { Schema } from '../../stream/types.ts';
import { READER_CHUNK_ROWS } from '../limits.ts';
import { RejectList } from '../rejects.ts';
import type { SourceChunk, SourceProgress, SourceReader } from '../source-reader.ts';
import { ArrivalHeap } from './arrival-heap.ts';
import { delayMs, stragglerMs } from './delay.ts';
import type { EventMaker } from './event-maker.ts';
import { eventMaker } from './event-makers.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { generatorSchema } from './generator-schema.ts';
import type { BoundGenerator } from './definition.ts';
import { partitionOfKey } from '../partitions.ts';

/** Streams of the seed, so that two sources of a graph have delays of their own. */
const DELAY_STREAMS = { clicks: 4, purchases: 5, orders: 8, users: 9, people: 10, auctions: 11, bids: 12 } as const;

type GeneratorRequest = Pick<BoundGenerator, 'config' | 'timeIsArrival'>;

/** Events under way at once, at most: beyond it the one due first arrives early. Bounds memory, whatever the delays. */
const UNDER_WAY_LIMIT = 1_048_576;

/**
 * Events of a generator in order of arrival: event time plus delay, ties in the order of making. The same configuration
 * and seed give the same rows on every machine, whatever the size of the chunks.
 */
export class GeneratorReader implements SourceReader {
  readonly schema: Schema;
  readonly rejects = new RejectList();
  private readonly config: GeneratorConfig;
  private readonly seed: number;
  private readonly timeIsArrival: boolean;
  private readonly maker: EventMaker;
  private readonly delays: Random;
  private readonly heap = new ArrivalHeap(UNDER_WAY_LIMIT);
  private readonly chunkRows: number;
  private readonly payload: readonly string[];
  private made = 0;
  private emitted = 0;
  private atMs = -Infinity;
  private slotTimes = new Float64Array(64);
  private slotFigures: Float64Array;
  private slotKinds = new Uint8Array(64);

  constructor({ config, timeIsArrival }: GeneratorRequest, seed: number, chunkRows: number = READER_CHUNK_ROWS) {
    this.config = config;
    this.seed = seed;
    this.timeIsArrival = timeIsArrival;
    this.schema = generatorSchema(config);
    this.maker = eventMaker(config, seed);
    this.slotFigures = new Float64Array(64 * this.maker.figures.length);
    this.delays = new Random(seed, DELAY_STREAMS[config.shape]);
    this.chunkRows = chunkRows;
    this.payload = ['x'.repeat(config.payloadBytes)];
  }

  next(): SourceChunk | null {
    const capacity = Math.min(this.chunkRows, this.config.events - this.emitted);
    if (capacity === 0) return null;
    const ts = new Float64Array(capacity);
    const at = new Float64Array(capacity);
    const width = this.maker.figures.length;
    const figures = new Float64Array(capacity * width);
    const kinds = this.maker.kind === undefined ? null : new Uint8Array(capacity);
    for (let row = 0; row < capacity; row++) {
      while (!this.due()) this.make();
      const { arrivalMs, slot } = this.heap.pop();
      this.atMs = Math.max(this.atMs, arrivalMs);
      at[row] = this.atMs;
      ts[row] = this.slotTimes[slot]!;
      for (let i = 0; i < width; i++) figures[row * width + i] = this.slotFigures[slot * width + i]!;
      if (kinds !== null) kinds[row] = this.slotKinds[slot]!;
    }
    this.emitted += capacity;
    const columns: Column[] = this.maker.columns(ts, figures);
    if (this.config.payloadBytes > 0) {
      columns.push({ kind: 'text', ids: new Int32Array(capacity), dictionary: this.payload, nulls: null });
    }
    const partition = this.config.partitions === 1 ? null : this.partitions(figures, capacity);
    return { length: capacity, columns, ts: this.timeIsArrival ? at : ts, at, kinds, partition };
  }

  private partitions(figures: Float64Array, rows: number): Int32Array {
    const { partitions, idlePartitions } = this.config;
    const width = this.maker.figures.length;
    const partition = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      partition[row] = partitionOfKey(figures[row * width] ?? 0, this.seed, partitions - idlePartitions);
    }
    return partition;
  }

  /** Whether nothing that is still to be made can arrive before the first event under way. */
  private due(): boolean {
    if (this.heap.size === 0) return false;
    return this.made === this.config.events || this.heap.full || this.heap.firstArrivalMs() <= this.maker.soonestMs;
  }

  private make(): void {
    const { maker, config } = this;
    maker.next();
    const lateMs = delayMs(this.delays, config.delay) + stragglerMs(this.delays, config.stragglers);
    const arrivalMs = maker.timeMs + lateMs;
    const slot = this.heap.push(maker.arrivesAt?.(arrivalMs) ?? arrivalMs, this.made++);
    if (slot >= this.slotTimes.length) this.grow(slot);
    this.slotTimes[slot] = maker.timeMs;
    this.slotFigures.set(maker.figures, slot * maker.figures.length);
    if (maker.kind !== undefined) this.slotKinds[slot] = maker.kind;
  }

  private grow(slot: number): void {
    const times = new Float64Array((slot + 1) * 2);
    const figures = new Float64Array(times.length * this.maker.figures.length);
    const kinds = new Uint8Array(times.length);
    times.set(this.slotTimes);
    figures.set(this.slotFigures);
    this.slotTimes = times;
    this.slotFigures = figures;
    kinds.set(this.slotKinds);
    this.slotKinds = kinds;
  }

  progress(): SourceProgress {
    return { unit: 'rows', done: this.emitted, total: this.config.events, rows: this.emitted, rejected: 0, blank: 0 };
  }

  problems(): readonly Problem[] {
    return [];
  }
}
