import type { DialectName } from '../../stream/node-definition.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';

/**
 * The rules in which the engines differ, as data and small functions. Kernels ask the record and never the name.
 * Watermarks are in Flink's convention whatever the dialect: no further event with time <= W is expected.
 */
export interface Dialect {
  readonly name: DialectName;
  /** As written on the screen. */
  readonly title: string;
  readonly time: TimeRules;
  readonly windows: WindowRules;
  readonly joins: JoinRules;
}

export interface TimeRules {
  /** The watermark that a source with this delay states after an event at `maxTimeMs`. */
  readonly boundedWatermark: (maxTimeMs: EventTimeMs, delayMs: DurationMs) => WatermarkMs;
  /** Whether the end of a bounded input moves event time to its end. */
  readonly flushAtEnd: boolean;
}

export interface WindowRules {
  /** When the window may fire for the first time: the least watermark that completes [.., endMs). */
  readonly fireAt: (endMs: EventTimeMs) => WatermarkMs;
  /** The least watermark at which the window's state is gone, so that a row for it is late. */
  readonly cleanupAt: (endMs: EventTimeMs, latenessMs: DurationMs) => WatermarkMs;
  /** Event time of a result. */
  readonly resultTimeMs: (startMs: EventTimeMs, endMs: EventTimeMs) => EventTimeMs;
  /** Whether rows with a NULL in the key form a group of their own or are dropped. */
  readonly nullKeys: 'group' | 'drop';
}

export interface JoinRules {
  /** Whether a row of an interval join comes too late to be taken. */
  readonly isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean;
  /** The least watermark at which a buffered left row is forgotten. */
  readonly leftExpiresAt: (timeMs: EventTimeMs, upperMs: DurationMs) => WatermarkMs;
  /** The least watermark at which a buffered right row is forgotten. */
  readonly rightExpiresAt: (timeMs: EventTimeMs, lowerMs: DurationMs) => WatermarkMs;
  /** Event time of a match. */
  readonly resultTimeMs: (leftMs: EventTimeMs, rightMs: EventTimeMs) => EventTimeMs;
}
