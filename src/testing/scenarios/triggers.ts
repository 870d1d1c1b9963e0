import fc from 'fast-check';
import type { Trigger } from '../../operators/shared/trigger.ts';

const rows = fc.constantFrom(1, 2, 3);
const count: fc.Arbitrary<Trigger> = rows.map((number) => ({ on: 'count', rows: number }));
const delay: fc.Arbitrary<Trigger> = fc
  .constantFrom(1, 50, 200)
  .map((delayMs) => ({ on: 'processing-delay' as const, delayMs }));
const never: fc.Arbitrary<Trigger> = fc.constant({ on: 'never' });
const continuous: fc.Arbitrary<Trigger> = fc
  .constantFrom(2, 3, 10)
  .map((intervalMs) => ({ on: 'continuous-event-time' as const, intervalMs }));
const continuousOnClock: fc.Arbitrary<Trigger> = fc
  .constantFrom(20, 100, 250)
  .map((intervalMs) => ({ on: 'continuous-processing-time' as const, intervalMs }));

function endOfWindow(early: fc.Arbitrary<Trigger>, late: fc.Arbitrary<Trigger>): fc.Arbitrary<Trigger> {
  return fc
    .record({ early: fc.option(early, { nil: undefined }), late: fc.option(late, { nil: undefined }) })
    .map((parts) => ({
      on: 'end-of-window',
      ...(parts.early === undefined ? {} : { early: parts.early }),
      ...(parts.late === undefined ? {} : { late: parts.late }),
    }));
}

function maybePurging(trigger: fc.Arbitrary<Trigger>): fc.Arbitrary<Trigger> {
  return fc.oneof(
    trigger,
    trigger.map((of): Trigger => ({ on: 'purging', of })),
  );
}

/** Of Flink's windows by event time. */
export const flinkTrigger: fc.Arbitrary<Trigger> = maybePurging(
  fc.oneof(
    fc.constant<Trigger>({ on: 'event-time' }),
    count,
    continuous,
    never,
    delay,
    endOfWindow(fc.oneof(count, delay), fc.oneof(count, delay)),
  ),
);

/** Of Flink's windows on the processing clock. */
export const flinkClockTrigger: fc.Arbitrary<Trigger> = maybePurging(
  fc.oneof(
    fc.constant<Trigger>({ on: 'processing-time' }),
    count,
    continuousOnClock,
    never,
    endOfWindow(fc.oneof(count, delay), count),
  ),
);

/** Of Flink's global window. */
export const flinkGlobalTrigger: fc.Arbitrary<Trigger> = maybePurging(
  fc.oneof(count, continuous, never, delay, fc.constant<Trigger>({ on: 'end-of-stream' })),
);

const once = fc.oneof(count, delay);
const leaf: fc.Arbitrary<Trigger> = fc.oneof(once, fc.constant<Trigger>({ on: 'end-of-window' }), never);
const several = (trigger: fc.Arbitrary<Trigger>): fc.Arbitrary<readonly Trigger[]> =>
  fc.array(trigger, { minLength: 2, maxLength: 3 });

function composite(inner: fc.Arbitrary<Trigger>): fc.Arbitrary<Trigger> {
  return fc.oneof(
    inner.map((of): Trigger => ({ on: 'repeatedly', of })),
    several(inner).map((of): Trigger => ({ on: 'after-first', of })),
    several(inner).map((of): Trigger => ({ on: 'after-all', of })),
    several(inner).map((of): Trigger => ({ on: 'after-each', of })),
    fc.tuple(inner, inner).map(([of, until]): Trigger => ({ on: 'or-finally', of, until })),
  );
}

/** Of Beam's windows. */
export const paneTrigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc.constant<Trigger>({ on: 'default' }),
  leaf,
  endOfWindow(once, once),
  composite(leaf),
  composite(fc.oneof(leaf, composite(leaf))),
);
