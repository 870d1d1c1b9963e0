import fc from 'fast-check';
import type { Choice } from './choice.ts';
import { windowedSchema } from './entries.ts';

const keys = fc.constantFrom([], ['k'], ['n'], ['k', 'n']);
/** The last may fail for some pairs of rows. */
const residual = fc.constantFrom('', '', 'n <= right_n', "k = 'a' OR right_d > 0", 'n / (right_n - 1) < 3');
const sureResidual = fc.constantFrom('', 'n <= right_n', "k = 'a' OR right_d > 0");

interface IntervalOptions {
  readonly residual: fc.Arbitrary<string>;
  readonly startMs: number;
  readonly byClock: boolean;
}

function intervalJoinsOf(options: IntervalOptions): fc.Arbitrary<Choice> {
  const bounds = {
    keys,
    lower: fc.integer({ min: -12, max: 12 }),
    length: fc.integer({ min: 0, max: 15 }),
    residual: options.residual,
  };
  // Some intervals hold nearly every row, so that many wait for partners of the same key, and some of the pairs fail.
  const wide = fc.record({ ...bounds, keys: fc.constantFrom([], ['k']), length: fc.integer({ min: 60, max: 160 }) });
  const stream = fc
    .oneof({ weight: 3, arbitrary: fc.record(bounds) }, { weight: 1, arbitrary: wide })
    .map(({ keys: names, lower, length, residual: text }): Choice => ({
      config: { leftKeys: names, rightKeys: names, lowerMs: lower, upperMs: lower + length, residual: text },
    }));
  const sql = fc
    .record({
      ...bounds,
      length: fc.integer({ min: -2, max: 15 }),
      kind: fc.constantFrom('inner', 'left', 'right', 'full'),
      isNullSafe: fc.boolean(),
      resultTime: fc.constantFrom('larger', 'larger', 'left', 'right'),
      minCleanupMs: fc.constantFrom(0, 0, 4, 30),
      latenessMs: fc.constantFrom(0, 0, 6),
      isByClock: options.byClock ? fc.boolean() : fc.constant(false),
    })
    .map(
      ({
        keys: names,
        lower,
        length,
        isNullSafe,
        isByClock,
        minCleanupMs,
        latenessMs,
        residual: text,
        ...config
      }): Choice => {
        // The clock of the scenarios goes on by up to a quarter of a second.
        const scale = isByClock ? 20 : 1;
        const figures = { lowerMs: lower * scale, upperMs: (lower + length) * scale };
        return {
          dialect: 'flink-sql',
          ...(isByClock ? { timeDomain: 'processing', needsClock: true } : {}),
          startMs: options.startMs,
          config: {
            ...config,
            ...figures,
            leftKeys: names,
            rightKeys: names,
            nullSafeKeys: isNullSafe ? names : [],
            residual: text,
          },
          engine: { minCleanupMs: minCleanupMs * scale, latenessMs: latenessMs * scale },
        };
      },
    );
  return fc.oneof(stream, sql);
}

export const intervalJoin = intervalJoinsOf({ residual, startMs: 0, byClock: true });

/** Flink SQL's operator times begin at 1970: what comes before depends on the order of arrival. */
export const finalIntervalJoin = intervalJoinsOf({ residual: sureResidual, startMs: 1000, byClock: false });

const KINDS = ['inner', 'left', 'right', 'full', 'semi', 'anti'] as const;

function windowJoinsOf(condition: fc.Arbitrary<string>, isFinal: boolean): fc.Arbitrary<Choice> {
  const stream = fc
    .record({
      // Sessions that touch depend on which of them was there first.
      window: isFinal ? fc.constantFrom('tumbling', 'hopping') : fc.constantFrom('tumbling', 'hopping', 'session'),
      sizeMs: fc.constantFrom(5, 10, 20),
      advanceMs: fc.constantFrom(3, 5, 10, 15),
      gapMs: fc.constantFrom(3, 10),
      offsetMs: fc.constantFrom(0, 2, -2),
      latenessMs: isFinal ? fc.constant(0) : fc.constantFrom(0, 0, 4, 15),
      keys,
      residual: condition,
      isByClock: isFinal ? fc.constant(false) : fc.boolean(),
    })
    .map(({ keys: names, isByClock, sizeMs, advanceMs, gapMs, ...config }): Choice => {
      const scale = isByClock ? 20 : 1;
      return {
        ...(isByClock ? { timeDomain: 'processing', needsClock: true } : {}),
        config: {
          ...config,
          sizeMs: sizeMs * scale,
          advanceMs: advanceMs * scale,
          gapMs: gapMs * scale,
          leftKeys: names,
          rightKeys: names,
        },
      };
    });
  const sql = fc
    .record({
      kind: fc.constantFrom(...KINDS),
      keys,
      isNullSafe: fc.boolean(),
      nullAware: fc.boolean(),
      residual: condition,
      isMerging: fc.boolean(),
      localOffsetMs: fc.constantFrom(0, 0, 0, 5),
    })
    .map(({ keys: names, isNullSafe, isMerging, localOffsetMs, ...config }): Choice => ({
      dialect: 'flink-sql',
      engine: { localOffsetMs },
      config: {
        ...config,
        leftKeys: names,
        rightKeys: names,
        nullSafeKeys: isNullSafe ? names : [],
        window: 'inherited',
      },
      source: {
        schema: windowedSchema,
        windowed: { isMerging, closesAfterMs: 0, startColumn: 'window_start', endColumn: 'window_end' },
      },
    }));
  // Windows that rows come with have nothing to do with their times here: which of them are late goes by the order.
  return isFinal ? stream : fc.oneof(stream, sql);
}

export const windowJoin = windowJoinsOf(residual, false);
export const finalWindowJoin = windowJoinsOf(sureResidual, true);
