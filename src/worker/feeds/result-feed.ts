import type { Batch, StreamType } from '../../stream/batch.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import type { WindowChart } from '../chart-protocol.ts';
import { IntervalCounts } from './interval-counts.ts';
import type { RoundTimes } from './latency-feed.ts';
import { TableFeed } from './table-feed.ts';
import type { WindowFacts } from './window-feed.ts';
import { WindowFeed } from './window-feed.ts';

/** What the results of a node come to: the table that they stand for, and what they say of windows or of spans of time. */
export class ResultFeed {
  static readonly sharedFields = ['type', 'facts'];
  private readonly type: StreamType;
  private readonly facts: WindowFacts;
  /** Null where rows are only ever added. */
  readonly table: TableFeed | null;
  private windows: WindowFeed | null = null;
  private readonly intervals = new IntervalCounts();

  constructor(type: StreamType, facts: WindowFacts) {
    this.type = type;
    this.facts = facts;
    this.table = type.changes === 'append' ? null : new TableFeed(type);
  }

  add(batch: Batch, times: RoundTimes): void {
    this.table?.add(batch);
    if (batch.origin === null || !hasBounds(batch)) {
      this.intervals.add(batch);
      return;
    }
    this.windows ??= new WindowFeed(
      this.type,
      batch.origin.keyFields.map((field) => field.name),
      this.facts,
    );
    this.windows.add(batch, times);
  }

  /** To be called before a copy is made. */
  settle(): void {
    this.table?.settle();
    this.windows?.settle();
  }

  /** Over event time, by window where they stand for some; values of `column`. */
  chart(column: string | null, watermark: WatermarkMs): WindowChart | null {
    if (this.windows === null) return this.intervals.chart();
    this.windows.choose(column);
    return this.windows.chart(watermark);
  }
}

/** Whether the results stand for windows with a start and an end; those of one batch are alike. */
function hasBounds({ origin }: Batch): boolean {
  return origin !== null && !Number.isNaN(origin.windowStartMs[0] ?? Number.NaN);
}
