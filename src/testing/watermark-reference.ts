import type { DialectName } from '../stream/node-definition.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';
import type { Entry } from './log.ts';

/** Watermark and status of an output after an entry. */
export interface Shown {
  readonly watermark: number;
  readonly idle: boolean;
}

/** A source whose watermark is to be worked out. */
export interface ReferenceSource {
  /** Its number in the log. */
  readonly source: number;
  readonly config: WatermarkConfig;
  readonly partitions: number;
  readonly dialect: DialectName;
  readonly flushes: boolean;
  /** The watermark that a row states under `punctuated`, null for none. */
  readonly states: (row: Entry & { readonly kind: 'row' }) => number | null;
  /** An assigner in mid-stream has its one partition from the start; that of a source is there with its first entry. */
  readonly isAssigner?: boolean;
}

/**
 * The watermark of a source after every entry, by the rules of the engines and by nothing of the engine here: one entry after
 * the other, every event time kept, every maximum and minimum taken anew.
 */
export function referenceWatermarks(entries: readonly Entry[], source: ReferenceSource): readonly Shown[] {
  const run = new SourceRun(source, (entries[0]?.at ?? 0) + source.config.intervalMs);
  return entries.map((entry) => run.take(entry));
}

/** One partition: what it saw, and what it last told the source. */
interface Partition {
  readonly times: number[];
  told: number;
  toldIdle: boolean;
  /** The greatest watermark of the partition, told or not. */
  stated: number;
  isIdle: boolean;
  sawSomething: boolean;
  /** When the wait for idleness began; null while it has not. */
  waitsSince: number | null;
}

interface Rules {
  /** How far the watermark is behind the greatest time beside the delay, ms; null: not behind at all, whatever the delay. */
  readonly behindMs: 0 | 1 | null;
  /** Active with the next row, and waiting for idleness from the last look that saw something; else as Flink's DataStream. */
  readonly wakesWithRow: boolean;
  /** What a periodic watermark must be above at first, and whether it may come before its time. */
  readonly periodicFrom: number;
  readonly emitsAhead: boolean;
  readonly hasPartitions: boolean;
}

const KAFKA: Rules = {
  behindMs: null,
  wakesWithRow: true,
  periodicFrom: -Infinity,
  emitsAhead: false,
  hasPartitions: false,
};

const RULES: Readonly<Record<DialectName, Rules>> = {
  'flink-datastream': {
    behindMs: 1,
    wakesWithRow: false,
    periodicFrom: -Infinity,
    emitsAhead: false,
    hasPartitions: true,
  },
  // The assigner of SQL begins with the watermark 0.
  'flink-sql': { behindMs: 0, wakesWithRow: true, periodicFrom: 0, emitsAhead: true, hasPartitions: true },
  beam: { behindMs: 1, wakesWithRow: true, periodicFrom: -Infinity, emitsAhead: false, hasPartitions: true },
  'kafka-streams': KAFKA,
  ksqldb: KAFKA,
};

class SourceRun {
  private readonly partitions = new Map<number, Partition>();
  private readonly source: ReferenceSource;
  private readonly rules: Rules;
  private nextEmitMs: number;
  /** Flink SQL's assigner has one timer for both: as often as the smaller one asks, more often where they are alike. */
  private readonly betweenLooksMs: number;
  private nextLookMs: number;
  private watermark = -Infinity;
  private idle = false;

  constructor(source: ReferenceSource, firstEmitMs: number) {
    this.source = source;
    this.rules = RULES[source.dialect];
    this.nextEmitMs = firstEmitMs;
    const { intervalMs, idleMs } = source.config;
    const [shortMs, longMs] = intervalMs < idleMs ? [intervalMs, idleMs] : [idleMs, intervalMs];
    this.betweenLooksMs =
      idleMs === 0 ? intervalMs : longMs > 5 * shortMs ? shortMs : Math.max(1, Math.trunc(shortMs / 5));
    this.nextLookMs = firstEmitMs - intervalMs + this.betweenLooksMs;
    if (source.isAssigner === true) this.partition(0);
    if (source.partitions > 1 && this.rules.hasPartitions)
      for (let i = 0; i < source.partitions; i++) this.partition(i);
  }

  private partition(stated: number): Partition {
    const number = this.rules.hasPartitions ? stated : 0;
    const known = this.partitions.get(number);
    if (known !== undefined) return known;
    const made: Partition = {
      times: [],
      told: -Infinity,
      toldIdle: false,
      stated: this.source.config.strategy === 'periodic' ? this.rules.periodicFrom : -Infinity,
      isIdle: false,
      sawSomething: this.rules.wakesWithRow,
      waitsSince: null,
    };
    this.partitions.set(number, made);
    return made;
  }

  take(entry: Entry): Shown {
    if (entry.kind === 'clock') this.clock(entry.at);
    else if ('source' in entry && entry.source === this.source.source) {
      const partition = this.partition('partition' in entry ? (entry.partition ?? 0) : 0);
      if (entry.kind === 'row') this.row(partition, entry);
      else if (entry.kind === 'watermark') this.outside(partition, entry.time);
      else if (entry.kind === 'status') this.status(partition, entry.idle);
      else if (this.source.flushes) for (const each of this.partitions.values()) this.outside(each, Infinity);
    }
    return { watermark: this.watermark, idle: this.idle };
  }

  /** Any watermark ends the idleness of its partition; the source shows it once the least of all rises. */
  private tell(partition: Partition, watermark: number, counts: 'at once' | 'later'): void {
    if (this.rules.wakesWithRow) {
      if (watermark <= partition.stated) return;
      partition.stated = watermark;
      if (partition.isIdle) return;
    }
    partition.stated = Math.max(partition.stated, watermark);
    partition.toldIdle = false;
    if (watermark <= partition.told) return;
    partition.told = watermark;
    if (counts === 'at once' && watermark > this.watermark) this.combine();
  }

  private combine(): void {
    const all = [...this.partitions.values()];
    if (all.length === 0) return;
    const active = all.filter(({ toldIdle }) => !toldIdle);
    if (active.length === 0) this.idle = true;
    else {
      const least = Math.min(...active.map(({ told }) => told));
      if (least <= this.watermark) return;
      this.watermark = least;
      this.idle = false;
    }
  }

  private came(partition: Partition): void {
    partition.sawSomething = true;
    if (partition.isIdle && this.rules.wakesWithRow) {
      partition.toldIdle = false;
      this.combine();
    }
    partition.isIdle = false;
    // The multiplexer alone would wait for a watermark that rises.
    if (this.rules.wakesWithRow) this.idle = false;
  }

  private bounded(partition: Partition): number {
    const times = partition.times.filter((time) => !Number.isNaN(time));
    if (times.length === 0) return -Infinity;
    const { behindMs } = this.rules;
    return behindMs === null ? Math.max(...times) : Math.max(...times) - this.source.config.delayMs - behindMs;
  }

  private row(partition: Partition, row: Entry & { readonly kind: 'row' }): void {
    const { strategy, intervalMs } = this.source.config;
    this.came(partition);
    partition.times.push(row.ts);
    const bounded = this.bounded(partition);
    if (strategy === 'per-event') this.tell(partition, bounded, 'at once');
    if (strategy === 'periodic' && this.rules.emitsAhead && bounded - partition.stated > intervalMs) {
      this.tell(partition, bounded, 'at once');
    }
    const stated = strategy === 'punctuated' ? this.source.states(row) : null;
    if (stated !== null) this.tell(partition, stated, 'at once');
  }

  private outside(partition: Partition, watermark: number): void {
    this.came(partition);
    this.tell(partition, watermark, 'at once');
  }

  private status(partition: Partition, idle: boolean): void {
    partition.isIdle = idle;
    partition.toldIdle = idle;
    if (!idle) partition.sawSomething = true;
    this.combine();
    if (!idle) this.idle = false;
  }

  private clock(nowMs: number): void {
    const { strategy, intervalMs } = this.source.config;
    if (strategy === 'periodic' && this.rules.wakesWithRow) {
      if (nowMs < this.nextLookMs) return;
      this.nextLookMs = nowMs + this.betweenLooksMs;
    }
    const isDue = nowMs >= this.nextEmitMs;
    if (isDue) this.nextEmitMs = nowMs + intervalMs;
    const asks = strategy === 'periodic' && isDue;
    // The partitions of a source are put together once all were asked; an assigner speaks for itself.
    const counts = this.source.isAssigner === true ? 'at once' : 'later';
    for (const partition of this.partitions.values()) {
      if (partition.stated === Infinity) continue;
      if (this.rules.wakesWithRow) {
        if (asks) this.tell(partition, this.bounded(partition), counts);
        this.look(partition, nowMs);
      } else if (asks) {
        this.look(partition, nowMs);
        if (!partition.isIdle) this.tell(partition, this.bounded(partition), counts);
      } else if (strategy !== 'periodic') this.look(partition, nowMs);
    }
    this.combine();
  }

  /** `wakesWithRow`: from the last look that saw something; else from the first that did not, and longer than the timeout. */
  private look(partition: Partition, nowMs: number): void {
    const { idleMs } = this.source.config;
    if (idleMs === 0) return;
    const saw = partition.sawSomething;
    partition.sawSomething = false;
    if (saw) partition.waitsSince = this.rules.wakesWithRow ? nowMs : null;
    else partition.waitsSince ??= nowMs;
    if (saw && !this.rules.wakesWithRow) return;
    const waitedMs = nowMs - partition.waitsSince!;
    const isOver = this.rules.wakesWithRow ? waitedMs >= idleMs : waitedMs > idleMs;
    if (!isOver || partition.isIdle) return;
    partition.isIdle = true;
    partition.toldIdle = true;
  }
}

/** Merges what several inputs show, one change after the other. */
export interface ReferenceMerge {
  watermark(input: number, watermark: number): void;
  status(input: number, idle: boolean): void;
  shown(): Shown;
}

/** What the merge shows after every entry, where input i shows `inputs[i]` after each. */
export function referenceMerge(merge: ReferenceMerge, inputs: readonly (readonly Shown[])[]): readonly Shown[] {
  return (inputs[0] ?? []).map((_, entry) => {
    inputs.forEach((shown, input) => {
      const before = shown[entry - 1] ?? { watermark: -Infinity, idle: false };
      const after = shown[entry]!;
      if (before.idle && !after.idle) merge.status(input, false);
      if (after.watermark > before.watermark) merge.watermark(input, after.watermark);
      if (after.idle && !before.idle) merge.status(input, true);
    });
    return merge.shown();
  });
}

/** Several edges into one input: the least of those that are active and not left behind. */
export class ReferenceValve implements ReferenceMerge {
  private readonly last: number[];
  private readonly idle = new Set<number>();
  private readonly leftBehind = new Set<number>();
  private output = -Infinity;

  constructor(inputs: number) {
    this.last = Array.from({ length: inputs }, () => -Infinity);
  }

  private get counting(): readonly number[] {
    return this.last.filter((_, input) => !this.idle.has(input) && !this.leftBehind.has(input));
  }

  private advance(to: readonly number[], choose: (...values: number[]) => number): void {
    if (to.length > 0) this.output = Math.max(this.output, choose(...to));
  }

  watermark(input: number, watermark: number): void {
    if (this.idle.has(input)) return;
    this.last[input] = watermark;
    if (watermark >= this.output) this.leftBehind.delete(input);
    this.advance(this.counting, Math.min);
  }

  status(input: number, idle: boolean): void {
    const own = this.last[input]!;
    if (!idle) {
      this.idle.delete(input);
      if (own < this.output) this.leftBehind.add(input);
      return;
    }
    this.idle.add(input);
    this.leftBehind.delete(input);
    if (own !== this.output) return;
    if (this.idle.size === this.last.length) this.advance(this.last, Math.max);
    else this.advance(this.counting, Math.min);
  }

  shown(): Shown {
    return { watermark: this.output, idle: this.idle.size === this.last.length };
  }
}

/** Two inputs of an operator: the least of those that are active. */
export class ReferenceCombined implements ReferenceMerge {
  private readonly inputs: { watermark: number; idle: boolean }[];
  private output = -Infinity;

  constructor(inputs: number) {
    this.inputs = Array.from({ length: inputs }, () => ({ watermark: -Infinity, idle: false }));
  }

  watermark(input: number, watermark: number): void {
    this.inputs[input]!.watermark = watermark;
    this.advance();
  }

  status(input: number, idle: boolean): void {
    this.inputs[input]!.idle = idle;
    this.advance();
  }

  private advance(): void {
    const active = this.inputs.filter(({ idle }) => !idle).map(({ watermark }) => watermark);
    if (active.length > 0) this.output = Math.max(this.output, Math.min(...active));
  }

  shown(): Shown {
    return { watermark: this.output, idle: this.inputs.every(({ idle }) => idle) };
  }
}
