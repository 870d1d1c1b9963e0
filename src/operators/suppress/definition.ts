import { z } from 'zod';
import { DURATION_LIMIT_MS, durationText } from '../../stream/duration.ts';
import type { StreamType } from '../../stream/batch.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import { fieldIndex } from '../../stream/types.ts';
import type { OperatorDefinition } from '../operator.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';
import { suppressFace } from './face.ts';

const config = z.strictObject({
  until: z
    .enum(['window-closes', 'time-limit'])
    .default('window-closes')
    .meta({
      title: 'Until',
      description:
        'window-closes: nothing of a window before its last result, and that one once. time-limit: the latest update of a key, so long after the first that was held back.',
      engineNames: { 'kafka-streams': 'Suppressed.untilWindowCloses, untilTimeLimit' },
    }),
  limitMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .optional()
    .meta({
      title: 'Limit',
      description: 'Stream time from the first update of a key that is held back to what is said of it.',
      unit: 'ms',
      control: 'duration',
      engineNames: { 'kafka-streams': 'timeToWaitForMoreEvents' },
      showWhen: { name: 'until', values: ['time-limit'] },
    }),
  maxRows: z
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .meta({
      title: 'Most rows',
      description: 'How many updates may be held back; without it as many as there are.',
      unit: 'rows',
      engineNames: { 'kafka-streams': 'BufferConfig.maxRecords' },
    }),
  maxBytes: z
    .number()
    .int()
    .min(1)
    .max(2 ** 40)
    .optional()
    .meta({
      title: 'Most bytes',
      description: 'How much state the updates that are held back may take; without it as much as there is.',
      unit: 'bytes',
      engineNames: { 'kafka-streams': 'BufferConfig.maxBytes' },
    }),
  onFull: z
    .enum(['emit-early', 'shut-down'])
    .optional()
    .meta({
      title: 'When full',
      description:
        'emit-early: the oldest updates come out before their time. shut-down: the run stops. Without it a time limit emits early, windows that must be final shut down.',
      engineNames: { 'kafka-streams': 'emitEarlyWhenFull, shutDownWhenFull' },
    }),
});

export type SuppressConfig = z.infer<typeof config>;

export interface SuppressBound {
  readonly until: 'window-closes' | 'time-limit';
  /** Observed time behind which an update's own time must be for it to come out, ms. */
  readonly waitMs: DurationMs;
  /** +∞ where there is no bound. */
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly onFull: 'emit-early' | 'shut-down';
  /** What an update replaces: the key of the changelog, columns of the window included. */
  readonly key: BoundKey;
  /** The key without them, as results tell it. */
  readonly groupKey: BoundKey;
  /** Place of the column that holds the end of the window; null where rows have none. */
  readonly windowEnd: number | null;
}

/**
 * Holds updates of a keyed changelog back and hands on the latest of each key. `KTableSuppressProcessorSupplier`.
 *
 * Time is the largest event time of the updates that came in. Until windows close: an update waits by the end of its
 * window for as long as the window may change, then comes out as a new row; deletions do not. Until a time limit: it waits
 * from the time of the first update of its key, later ones take its place; deletions come out too. Order: the time that
 * was waited by, then the bytes of the key. Rows that another replaced, and deletions that do not come out, count as
 * `filtered`.
 */
export const suppressDefinition: OperatorDefinition<'suppress', SuppressConfig, SuppressBound> = {
  ...suppressFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: true,
  describe: ({ until, limitMs }) =>
    until === 'window-closes' ? 'until windows close' : `for ${limitMs === undefined ? '?' : durationText(limitMs)}`,
  suggest: (inputs) =>
    inputs[0]?.windowed === undefined && inputs.length > 0
      ? config.parse({ until: 'time-limit', limitMs: 10_000 })
      : config.parse({}),
  bind: ({ config: suppress, inputs }) => {
    const input = inputOf(inputs, 0);
    const { windowed } = input;
    const problems: Problem[] = [...checkSuppress(suppress, input)];
    const names = input.key ?? [];
    const isWindow = (name: string): boolean => name === windowed?.startColumn || name === windowed?.endColumn;
    const key = bindKey(names, input.schema, 'inputs');
    const groupKey = bindKey(
      names.filter((name) => !isWindow(name)),
      input.schema,
      'inputs',
    );
    if (!key.ok || !groupKey.ok || problems.length > 0) {
      return { ok: false, problems: [...problems, ...key.problems] };
    }
    const closes = suppress.until === 'window-closes';
    const bound: SuppressBound = {
      until: suppress.until,
      waitMs: closes ? (windowed?.closesAfterMs ?? 0) : (suppress.limitMs ?? 0),
      maxRows: suppress.maxRows ?? Infinity,
      maxBytes: suppress.maxBytes ?? Infinity,
      onFull: suppress.onFull ?? (closes ? 'shut-down' : 'emit-early'),
      key: key.value,
      groupKey: groupKey.value,
      windowEnd: windowed === undefined ? null : fieldIndex(input.schema, windowed.endColumn),
    };
    const out: StreamType = closes ? { ...input, changes: 'append', key: null } : input;
    return { ok: true, value: { outputs: { out, rejected: input }, bound }, problems: [] };
  },
};

function checkSuppress(suppress: SuppressConfig, input: StreamType): readonly Problem[] {
  const problems: Problem[] = [];
  if (suppress.until === 'window-closes' && input.windowed === undefined) {
    const message = 'The rows come without a window: nothing tells when they are final.';
    const fix = 'Put a window that emits with each event before, or hold back until a time limit.';
    problems.push(configProblem('not-windowed', 'config.until', message, fix));
  }
  if (suppress.until === 'window-closes' && suppress.onFull === 'emit-early') {
    // Suppressed.untilWindowCloses takes a StrictBufferConfig: no buffer that emits early
    const message = 'What comes out early is not final: a buffer that waits for windows to close cannot emit early.';
    problems.push(configProblem('not-final', 'config.onFull', message, 'Choose shut-down, or a time limit.'));
  }
  if (suppress.until === 'time-limit' && suppress.limitMs === undefined) {
    problems.push(configProblem('missing-field', 'config.limitMs', 'A time limit needs limitMs.', 'Enter limitMs.'));
  }
  return problems;
}
