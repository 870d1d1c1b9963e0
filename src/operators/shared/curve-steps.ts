import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { ENTRY_CLOCK } from '../../stream/log-slice.ts';
import type { ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Round } from '../operator.ts';

/** First of the round's entries in [from, to) after which the watermark is at least `watermark`, or -1. */
export function firstStepAtLeast(curve: Curve, watermark: WatermarkMs, from: number, to: number): number {
  const { watermarks } = curve;
  if (from >= to || !(watermarks[to - 1]! >= watermark)) return -1;
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (watermarks[middle]! >= watermark) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first row from `from` on, by its place among those that a reader sees, that comes behind entry `seq`. */
export function firstRowBehind(batch: Batch, from: number, seq: number): number {
  let low = from;
  let high = rowCount(batch);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (batch.seq[rowAt(batch, middle)]! <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First clock entry of the round in [from, to) at or after `timeMs`, or -1. */
export function firstClockAtLeast(round: Round, timeMs: ProcessingTimeMs, from: number, to: number): number {
  for (let i = from; i < to; i++) if (round.kinds[i] === ENTRY_CLOCK && round.at[i]! >= timeMs) return i;
  return -1;
}

/** First clock entry of the round in [from, to) behind `timeMs`, or -1. */
export function firstClockAfter(round: Round, timeMs: ProcessingTimeMs, from: number, to: number): number {
  for (let i = from; i < to; i++) if (round.kinds[i] === ENTRY_CLOCK && round.at[i]! > timeMs) return i;
  return -1;
}

/** Where the round's last clock entry moves the clock to; -∞ when it has none. */
export function lastClockMs(round: Round): ProcessingTimeMs {
  const last = round.kinds.lastIndexOf(ENTRY_CLOCK);
  return last < 0 ? -Infinity : round.at[last]!;
}
