import type { CompiledExpression } from '../expression/compile.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';

/** What a bound source of whichever kind says about event time. */
export interface SourceTimes {
  readonly watermark: WatermarkConfig;
  /** What makes a row state a watermark; null where none does. */
  readonly punctuation: CompiledExpression | null;
  /** Partitions that exist from the start, 1 for a source without them: each holds the watermark back until it is idle. */
  readonly partitions: number;
}
