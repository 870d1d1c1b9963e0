import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';

/**
 * When a window fires, as a tree. Flink's triggers (`org.apache.flink.streaming.api.windowing.triggers`) and Beam's
 * (`org.apache.beam.sdk.transforms.windowing`) share the names where they share the meaning; a dialect's record lists
 * which of them it has.
 *
 * Leaves: `event-time` when the watermark completes the window, and with each row after that · `processing-time` when the
 * clock passes its end · `count` with every `rows`th row · `continuous-event-time`, `continuous-processing-time` every
 * interval · `processing-delay` so long after the first row of a pane · `end-of-stream` · `never` · `default` Beam's: the
 * end of the window, then each late row.
 */
export type Trigger =
  | { readonly on: 'event-time' }
  | { readonly on: 'processing-time' }
  | { readonly on: 'end-of-stream' }
  | { readonly on: 'never' }
  | { readonly on: 'default' }
  | { readonly on: 'count'; readonly rows: number }
  | { readonly on: 'processing-delay'; readonly delayMs: number }
  | { readonly on: 'continuous-event-time'; readonly intervalMs: number }
  | { readonly on: 'continuous-processing-time'; readonly intervalMs: number }
  | { readonly on: 'purging'; readonly of: Trigger }
  | { readonly on: 'repeatedly'; readonly of: Trigger }
  | { readonly on: 'after-first'; readonly of: readonly Trigger[] }
  | { readonly on: 'after-all'; readonly of: readonly Trigger[] }
  | { readonly on: 'after-each'; readonly of: readonly Trigger[] }
  | { readonly on: 'or-finally'; readonly of: Trigger; readonly until: Trigger }
  | { readonly on: 'end-of-window'; readonly early?: Trigger | undefined; readonly late?: Trigger | undefined };

export type TriggerName = Trigger['on'];

export const TRIGGER_NAMES = [
  'event-time',
  'processing-time',
  'end-of-stream',
  'never',
  'default',
  'count',
  'processing-delay',
  'continuous-event-time',
  'continuous-processing-time',
  'purging',
  'repeatedly',
  'after-first',
  'after-all',
  'after-each',
  'or-finally',
  'end-of-window',
] as const satisfies readonly TriggerName[];

const part = { title: 'Trigger', description: 'The trigger inside.' };
const inner: z.ZodType<Trigger> = z.lazy(() => triggerSchema);
const one = inner.meta(part);
const several = z
  .array(inner)
  .min(1)
  .max(20)
  .meta({ title: 'Triggers', description: 'The triggers inside, in order.' });

function leaf<const Name extends TriggerName>(name: Name) {
  return z.strictObject({ on: kind(name) });
}

function kind<const Name extends TriggerName>(name: Name) {
  return z.literal(name).meta({ title: 'On', description: 'What the trigger waits for.' });
}

const rows = z.number().int().min(1).max(1_000_000_000).meta({
  title: 'Rows',
  description: 'How many rows it takes.',
  unit: 'rows',
});

function duration(title: string, description: string) {
  return z.number().int().min(1).max(DURATION_LIMIT_MS).meta({ title, description, unit: 'ms', control: 'duration' });
}

export const triggerSchema: z.ZodType<Trigger> = z.discriminatedUnion('on', [
  leaf('event-time'),
  leaf('processing-time'),
  leaf('end-of-stream'),
  leaf('never'),
  leaf('default'),
  z.strictObject({ on: kind('count'), rows }),
  z.strictObject({ on: kind('processing-delay'), delayMs: duration('Delay', 'Processing time after the first row.') }),
  z.strictObject({
    on: kind('continuous-event-time'),
    intervalMs: duration('Interval', 'Event time between two firings.'),
  }),
  z.strictObject({
    on: kind('continuous-processing-time'),
    intervalMs: duration('Interval', 'Processing time between two firings.'),
  }),
  z.strictObject({ on: kind('purging'), of: one }),
  z.strictObject({ on: kind('repeatedly'), of: one }),
  z.strictObject({ on: kind('after-first'), of: several }),
  z.strictObject({ on: kind('after-all'), of: several }),
  z.strictObject({ on: kind('after-each'), of: several }),
  z.strictObject({
    on: kind('or-finally'),
    of: one,
    until: inner.meta({ title: 'Until', description: 'The trigger that ends it.' }),
  }),
  z.strictObject({
    on: kind('end-of-window'),
    early: inner.optional().meta({ title: 'Early', description: 'What fires before the end of the window.' }),
    late: inner.optional().meta({ title: 'Late', description: 'What fires after it.' }),
  }),
]);

/** The triggers directly inside one. */
export function innerTriggers(trigger: Trigger): readonly Trigger[] {
  switch (trigger.on) {
    case 'purging':
    case 'repeatedly':
      return [trigger.of];
    case 'after-first':
    case 'after-all':
    case 'after-each':
      return trigger.of;
    case 'or-finally':
      return [trigger.of, trigger.until];
    case 'end-of-window':
      return [trigger.early, trigger.late].flatMap((found) => found ?? []);
    default:
      return [];
  }
}

/** Whether one of the tree's triggers waits for the processing clock. */
export function needsClock(trigger: Trigger): boolean {
  const own = ['processing-time', 'processing-delay', 'continuous-processing-time'].includes(trigger.on);
  return own || innerTriggers(trigger).some(needsClock);
}

/** How long after a row one of the tree's triggers may still wait for the processing clock, ms. */
export function longestWaitMs(trigger: Trigger): number {
  const own =
    trigger.on === 'processing-delay'
      ? trigger.delayMs
      : trigger.on === 'continuous-processing-time'
        ? trigger.intervalMs
        : 0;
  return Math.max(own, ...innerTriggers(trigger).map(longestWaitMs));
}
