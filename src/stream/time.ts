/**
 * Times are epoch milliseconds in doubles, exact up to 2^53. Windows are half-open, `[startMs, endMs)`.
 *
 * A watermark W says: no further event with time <= W is expected (Flink, `Watermark.java`). Before the first one it is
 * `NO_WATERMARK`, after the last row of a bounded source `END_OF_TIME`.
 */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]?: Name };

export type EventTimeMs = Branded<'event time'>;
export type ProcessingTimeMs = Branded<'processing time'>;
export type WatermarkMs = Branded<'watermark'>;
export type DurationMs = Branded<'duration'>;

export const NO_WATERMARK: WatermarkMs = -Infinity;
export const END_OF_TIME: WatermarkMs = Infinity;

/** Times of this size and beyond cannot be held exactly and are refused. */
export const TIME_LIMIT_MS = 2 ** 53;

/** A window, both ends in epoch ms: start included, end not. */
export interface Window {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
}

/** Start of the tumbling window of length `sizeMs` that holds `timeMs`. */
export function windowStartMs(timeMs: EventTimeMs, sizeMs: DurationMs, offsetMs: DurationMs): EventTimeMs {
  // Floor, not truncation: times before 1970 are negative, and `%` or `| 0` would round them the wrong way.
  return Math.floor((timeMs - offsetMs) / sizeMs) * sizeMs + offsetMs;
}
