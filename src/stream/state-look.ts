import type { EventTimeMs, WatermarkMs } from './time.ts';

/** What an operator's state holds, for whoever looks at a run that stands between two rounds. */
export interface StateLook {
  /** What is kept, by kind: the rows of either input, and the like. */
  readonly parts: readonly StatePart[];
  /** The open windows that come first, in order. */
  readonly windows: readonly OpenWindow[];
  /** All that are open. */
  readonly openWindows: number;
}

export interface StatePart {
  /** In the plural: `left rows`. */
  readonly what: string;
  readonly count: number;
}

export interface OpenWindow {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  /** Keys that have a sum in it. */
  readonly keys: number;
  /** Rows in these sums. */
  readonly rows: number;
  /** The watermark that fires it; of one that has fired, that lets it go. */
  readonly untilMs: WatermarkMs;
  /** Whether it has fired and is kept for late rows. */
  readonly hasFired: boolean;
}

/** Of kernels that keep nothing but kinds of things. */
export function partsLook(...parts: readonly StatePart[]): StateLook {
  return { parts, windows: [], openWindows: 0 };
}
