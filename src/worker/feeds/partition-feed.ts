import type { PartitionMark } from '../../engine/progress/source-progress.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { ClockPart } from '../chart-protocol.ts';
import { StepSeries } from './step-series.ts';

/** Most partitions of a source whose watermarks are followed. */
export const FOLLOWED_PARTITIONS = 16;

/** Watermarks of a source's partitions as they stood after each round. Only the first ones are followed. */
export class PartitionFeed {
  private readonly series = new Map<number, StepSeries>();
  /** As they stood last. */
  marks: readonly PartitionMark[] = [];

  add(atMs: ProcessingTimeMs, marks: readonly PartitionMark[]): void {
    this.marks = marks;
    if (marks.length < 2) return;
    for (const { partition, watermark } of marks.slice(0, FOLLOWED_PARTITIONS)) {
      let series = this.series.get(partition);
      if (series === undefined) this.series.set(partition, (series = new StepSeries(true)));
      series.append({
        length: 1,
        atMs: Float64Array.of(atMs),
        maxEventTimeMs: Float64Array.of(Number.NaN),
        watermarkMs: Float64Array.of(watermark),
      });
    }
  }

  /** None of a source with one partition. */
  parts(sourceId: string): readonly ClockPart[] {
    return this.marks.flatMap(({ partition, idle }) => {
      const series = this.series.get(partition);
      if (series === undefined) return [];
      const { atMs, watermarkMs } = series.points();
      return [{ sourceId, partition, isIdle: idle, atMs, watermarkMs }];
    });
  }
}
