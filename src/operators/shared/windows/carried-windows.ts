import { z } from 'zod';
import type { StreamType } from '../../../stream/batch.ts';
import { configProblem } from '../../../stream/node-definition.ts';
import type { Result } from '../../../stream/problem.ts';
import type { DurationMs } from '../../../stream/time.ts';
import { fieldIndex } from '../../../stream/types.ts';

/** Where the rows of a stream tell the window that they belong to. */
export interface CarriedWindows {
  /** Places of the columns with the window's start and end. */
  readonly start: number;
  readonly end: number;
  /** How far the local time that these columns are written in is ahead of UTC. */
  readonly localOffsetMs: DurationMs;
}

/** The knob of operators that work window by window, in the words of the window node before them. */
export const carriedWindowsEngine = {
  localOffsetMs: z
    .number()
    .int()
    .min(-18 * 3_600_000)
    .max(18 * 3_600_000)
    .default(0)
    .meta({
      title: 'Local time',
      description:
        'How far the local time in which the window columns are written is ahead of UTC, as in the window node.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'flink-sql': 'table.local-time-zone' },
      dialects: ['flink-sql'],
    }),
};

/** Finds the window columns of a stream, or says at `path` that no window made it. */
export function bindCarriedWindows(input: StreamType, path: string, localOffsetMs: DurationMs): Result<CarriedWindows> {
  const { windowed, schema } = input;
  const start = windowed === undefined ? -1 : fieldIndex(schema, windowed.startColumn);
  const end = windowed === undefined ? -1 : fieldIndex(schema, windowed.endColumn);
  if (start >= 0 && end >= 0) return { ok: true, value: { start, end, localOffsetMs }, problems: [] };
  const message = 'The rows carry no window: nothing says which of them belong together.';
  const fix = 'Put a window before it that gives out rows or aggregates, and keep window_start and window_end.';
  return { ok: false, problems: [configProblem('no-windows', path, message, fix)] };
}
