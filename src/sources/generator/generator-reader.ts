import type { Column } from '../../stream/column.ts';
import type { Problem } from '../../stream/problem.ts';
import { Random } from '../../stream/random.ts';
import type { Schema } from '../../stream/types.ts';
import { READER_CHUNK_ROWS } from '../limits.ts';
import { RejectList } from '../rejects.ts';
import type { SourceChunk, SourceProgress, SourceReader } from '../source-reader.ts';
import { ArrivalHeap } from './arrival-heap.ts';
import type { BoundGenerator } from './definition.ts';
import { delayMs, exponential, leastDelayMs, stragglerMs } from './delay.ts';
import { DeviceClocks } from './device-clocks.ts';
import type { EventMaker } from './event-maker.ts';
import { eventMaker } from './event-makers.ts';
import { EventSlots } from './event-slots.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { partitionsBySeed } from './generator-partition.ts';
import { generatorSchema } from './generator-schema.ts';
import type { KeptEvent } from './offline-devices.ts';
import { OfflineDevices } from './offline-devices.ts';
import { PartitionCuts } from './partition-cuts.ts';
import { Poison } from './poison.ts';

/** Streams of the seed, so that two sources of a graph have delays of their own. */
const DELAY_STREAMS = {
  clicks: 4,
  purchases: 5,
  orders: 8,
  users: 9,
  people: 10,
  auctions: 11,
  bids: 12,
  sensors: 13,
  payments: 14,
} as const;
/** The copies' streams lie this far behind. */
const COPY_STREAMS = 100;

type GeneratorRequest = Pick<BoundGenerator, 'config' | 'timeIsArrival'>;

/** Events under way at once, at most: beyond it the one due first arrives early. Bounds memory, whatever the delays. */
const UNDER_WAY_LIMIT = 1_048_576;

/**
 * Events of a generator in order of arrival: event time plus delay, ties in the order of making. The same configuration
 * and seed give the same rows on every machine, whatever the size of the chunks. A fault that begins at a processing time
 * changes no row that arrives before it.
 */
export class GeneratorReader implements SourceReader {
  readonly schema: Schema;
  readonly rejects = new RejectList();
  private readonly config: GeneratorConfig;
  private readonly timeIsArrival: boolean;
  private readonly maker: EventMaker;
  private readonly delays: Random;
  private readonly copies: Random;
  private readonly heap = new ArrivalHeap(UNDER_WAY_LIMIT);
  private readonly slots: EventSlots;
  private readonly leastDelayMs: number;
  private readonly partitionOf: (key: number) => number;
  private readonly clocks: DeviceClocks | null;
  private readonly offline: OfflineDevices | null;
  private readonly cuts: PartitionCuts | null;
  private readonly poison: Poison | null;
  private readonly chunkRows: number;
  private readonly payload: readonly string[];
  private made = 0;
  private sent = 0;
  private lost = 0;
  private emitted = 0;
  private atMs = -Infinity;

  constructor({ config, timeIsArrival }: GeneratorRequest, seed: number, chunkRows: number = READER_CHUNK_ROWS) {
    const { clocks, faults, offline, startMs } = config;
    this.config = config;
    this.timeIsArrival = timeIsArrival;
    this.schema = generatorSchema(config);
    this.maker = eventMaker(config, seed);
    this.slots = new EventSlots(this.maker.figures.length);
    this.delays = new Random(seed, DELAY_STREAMS[config.shape]);
    this.copies = new Random(seed, DELAY_STREAMS[config.shape] + COPY_STREAMS);
    this.leastDelayMs = leastDelayMs(config.delay);
    this.partitionOf = partitionsBySeed(config, seed);
    const steps = faults.filter(({ kind }) => kind === 'clock-step');
    const cuts = faults.filter(({ kind }) => kind === 'cut');
    const poison = faults.filter(({ kind }) => kind === 'poison');
    this.clocks = clocks.length + steps.length > 0 ? new DeviceClocks(clocks, steps, seed, startMs) : null;
    this.offline = offline.sharePercent > 0 ? new OfflineDevices(offline, seed, startMs) : null;
    this.cuts = cuts.length > 0 ? new PartitionCuts(cuts, startMs) : null;
    this.poison = poison.length > 0 ? new Poison(poison, startMs) : null;
    this.chunkRows = chunkRows;
    this.payload = ['x'.repeat(config.payloadBytes)];
  }

  next(): SourceChunk | null {
    const capacity = Math.min(this.chunkRows, this.config.events - this.emitted);
    const width = this.slots.width;
    const ts = new Float64Array(capacity);
    const at = new Float64Array(capacity);
    const figures = new Float64Array(capacity * width);
    const kinds = new Uint8Array(capacity);
    const partition = new Int32Array(capacity);
    const hasPartitions = this.config.partitions > 1;
    let length = 0;
    for (; length < capacity; length++) {
      const slot = this.arrive();
      if (slot < 0) break;
      at[length] = this.atMs;
      this.emitted++;
      ts[length] = (this.slots.times[slot] ?? 0) + (this.poison?.aheadMs(this.emitted, this.atMs) ?? 0);
      this.slots.copyFigures(slot, figures, length);
      kinds[length] = this.slots.kinds[slot] ?? 0;
      if (hasPartitions) partition[length] = this.partitionOf(this.slots.keyOf(slot));
    }
    if (length === 0) return null;
    const times = ts.subarray(0, length);
    const columns: Column[] = this.maker.columns(times, figures.subarray(0, length * width));
    if (this.config.payloadBytes > 0) {
      columns.push({ kind: 'text', ids: new Int32Array(length), dictionary: this.payload, nulls: null });
    }
    const arrivals = at.subarray(0, length);
    return {
      length,
      columns,
      ts: this.timeIsArrival ? arrivals : times,
      at: arrivals,
      kinds: this.maker.kind === undefined ? null : kinds.subarray(0, length),
      partition: hasPartitions ? partition.subarray(0, length) : null,
    };
  }

  /** Slot of the row that arrives next, at `atMs`; -1 at the end. */
  private arrive(): number {
    while (this.fill()) {
      const { arrivalMs, number, slot } = this.heap.pop();
      const passage = this.cuts === null ? 'passes' : this.passage(slot, arrivalMs);
      if (passage === 'passes') {
        this.atMs = Math.max(this.atMs, Math.floor(arrivalMs));
        return slot;
      }
      if (passage === 'lost') this.lost++;
      else this.slots.inLine[this.heap.push(passage, number)] = 1;
    }
    return -1;
  }

  private passage(slot: number, arrivalMs: number): ReturnType<PartitionCuts['passage']> {
    const partition = this.config.partitions === 1 ? 0 : this.partitionOf(this.slots.keyOf(slot));
    return this.cuts?.passage(partition, arrivalMs, this.slots.inLine[slot] === 1) ?? 'passes';
  }

  /** Makes events until none that is still to be made can arrive before the first one under way. False: there is none. */
  private fill(): boolean {
    const { heap, maker, config, offline } = this;
    for (;;) {
      if (this.made === config.events) offline?.release(Infinity, this.send);
      if (heap.size > 0) {
        if (this.made === config.events || heap.full) return true;
        if (heap.firstArrivalMs() <= maker.soonestMs + this.leastDelayMs) return true;
      } else if (this.made === config.events) return false;
      this.make();
    }
  }

  private make(): void {
    const { maker, config, offline } = this;
    maker.next();
    const { timeMs, figures } = maker;
    const lateMs = delayMs(this.delays, config.delay) + stragglerMs(this.delays, config.stragglers) + this.backlogMs();
    this.made++;
    if (offline !== null) {
      offline.release(this.heap.size + offline.kept < UNDER_WAY_LIMIT ? maker.soonestMs : Infinity, this.send);
      const kept = (): KeptEvent => ({ timeMs, figures: figures.slice(), lateMs });
      if (offline.keep(figures[0] ?? 0, timeMs, kept)) return;
    }
    const arrivalMs = timeMs + lateMs;
    this.push(maker.arrivesAt?.(arrivalMs) ?? arrivalMs, { timeMs, figures });
  }

  private readonly send = (event: KeptEvent, sentMs: number): void => this.push(sentMs + event.lateMs, event);

  private push(arrivalMs: number, event: Pick<KeptEvent, 'timeMs' | 'figures'>): void {
    const { timeMs, figures } = event;
    const { duplicates, events } = this.config;
    const shownMs = this.clocks?.shownMs(figures[0] ?? 0, timeMs) ?? timeMs;
    const kind = this.maker.kind ?? 0;
    this.slots.put(this.heap.push(arrivalMs, this.sent++), shownMs, figures, kind);
    if (duplicates.sharePercent === 0 || this.copies.uniform() * 100 >= duplicates.sharePercent) return;
    const copyMs = Math.floor(exponential(this.copies, duplicates.copyDelayMs));
    if (this.made === events) return;
    this.made++;
    this.slots.put(this.heap.push(arrivalMs + copyMs, this.sent++), shownMs, figures, kind);
  }

  /** What an event waits for in a queue that grows, and is emptied again and again. */
  private backlogMs(): number {
    const { backlog, startMs } = this.config;
    if (backlog.growthPercent === 0) return 0;
    const sinceMs = this.maker.timeMs - startMs;
    const growsForMs = ((sinceMs % backlog.everyMs) + backlog.everyMs) % backlog.everyMs;
    return Math.floor((growsForMs * backlog.growthPercent) / 100);
  }

  progress(): SourceProgress {
    const total = this.config.events - this.lost;
    return { unit: 'rows', done: this.emitted, total, rows: this.emitted, rejected: 0, blank: 0 };
  }

  problems(): readonly Problem[] {
    return [];
  }
}
