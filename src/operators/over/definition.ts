import { durationText } from '../../stream/duration.ts';
import type { OperatorDefinition } from '../operator.ts';
import { withWholeAggregates } from '../shared/aggregates/aggregate-config.ts';
import type { OverBound } from './bind-over.ts';
import { bindOver } from './bind-over.ts';
import type { OverConfig, OverEngine } from './config.ts';
import { overConfig, overEngine } from './config.ts';
import { overFace } from './face.ts';

/**
 * Every row with aggregates over itself and the rows before it. Output: the input's columns, then the aggregates, then the
 * lags; +I alone, event time as in the row. A row that came out is `used`, one that waits for the watermark `held`.
 *
 * By event time: rows wait until the watermark is at or behind them, then come out at its step (phase 1) by time; of one
 * time key by key, in the order in which the keys' first waiting rows of that time arrived; within a key by arrival. A
 * frame follows this order. `range` frames take all rows of one key and time at once, which then share their values.
 *
 * - Unbounded (`AbstractRowTimeUnboundedPrecedingOver`): a row is late when its time is at or before the watermark. While
 *   the watermark is below 0 nothing comes out.
 * - `rows` (`RowTimeRowsBoundedPrecedingFunction`): late when its time is not behind the time that came out last for its
 *   key, which is 0 before the first one, whatever the watermark. A row at or before the watermark that is not late comes
 *   out with the next step. The frame: the row and the `precedingRows` rows that came out for its key before it.
 * - `range` (`RowTimeRangeBoundedPrecedingFunction`): the same late rule, but the key forgets all when the watermark passes
 *   the time of its clean-up, the 0 included. The frame: rows of the key with times in [time − precedingMs, time]. A taken
 *   row at time t asks for a clean-up at t + floor(1.5 × precedingMs) + 1 when none is asked for or the one that is asked
 *   for comes before t + precedingMs + 1. One that was asked for before and then put off does nothing when its time comes
 *   but count as a time that came out. Clean-ups and rows of a key happen in order of their times.
 *
 * By arrival (`ProcTime…` functions): a row comes out at once (phase as it came); nothing is late. `range-unbounded` is then
 * as `rows-unbounded`. `range` waits for the clock: rows of processing time p come out at the first clock entry behind p
 * (phase 1), by p, of one p key by key in order of first arrival, over rows of processing times [p − precedingMs, p].
 *
 * LAG: the value that many rows before the last row counted in, so with `range-unbounded` before the last one of the same
 * time.
 *
 * `ttlMs`, not for `range` (`KeyedProcessFunctionWithCleanupState`): a row of a key, or its coming out, at processing time
 * p puts the key's clean-up to p + floor(1.5 × ttlMs), unless one is set for p + ttlMs or later. At the first clock entry at
 * or behind it the key forgets all, unless rows of it wait for the watermark: then it is set anew.
 *
 * A row without event time (by event time) and one for which an argument or filter fails is rejected when it arrives.
 */
export const overDefinition: OperatorDefinition<'over', OverConfig, OverBound, OverEngine> = {
  ...overFace,
  config: overConfig,
  engine: overEngine,
  orderSensitive: true,
  describe: (over) => `${frameText(over)}${over.keys.length > 0 ? ` · by ${over.keys.join(', ')}` : ''}`,
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find((field) => field.type.kind === 'STRING')?.name;
    return overConfig.parse({ keys: key === undefined ? [] : [key] });
  },
  fill: withWholeAggregates,
  grows: ({ config: { keys, frame }, engine: { ttlMs } }) => {
    // A frame of time forgets a key by itself.
    if (frame === 'range' || ttlMs > 0 || keys.length === 0) return null;
    const fix = 'Give state a time to live under Engine, or choose a frame of time.';
    return { by: 'keys', what: 'the frame of every key', fix };
  },
  bind: bindOver,
};

function frameText({ frame, precedingRows, precedingMs }: OverConfig): string {
  if (frame === 'rows') return `last ${precedingRows + 1} rows`;
  return frame === 'range' ? `last ${durationText(precedingMs)}` : 'all rows before';
}
