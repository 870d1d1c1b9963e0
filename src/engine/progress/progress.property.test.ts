import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dialectNamed } from '../../operators/dialects/dialects.ts';
import { statedWatermarks } from '../../expression/punctuation.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import type { Curve } from '../../stream/curve.ts';
import { lastWatermark } from '../../stream/curve.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../../testing/log.ts';
import { logOf } from '../../testing/log.ts';
import { sourceTimes } from '../../testing/planned-nodes.ts';
import { entriesOf, scenarioSchema, watermarkChoice } from '../../testing/scenarios/entries.ts';
import type { ReferenceMerge, ReferenceSource, Shown } from '../../testing/watermark-reference.ts';
import {
  ReferenceCombined,
  ReferenceValve,
  referenceMerge,
  referenceWatermarks,
} from '../../testing/watermark-reference.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import { CombinedStatus } from './combined-status.ts';
import type { Channel } from './channel.ts';
import type { CurveMerge, StepwiseMerge } from './merge.ts';
import { SourceProgress } from './source-progress.ts';
import { Valve } from './valve.ts';

const RUNS = { numRuns: 2000, seed: 20263 };
const SOURCES = 3;

interface Trial {
  readonly entries: readonly Entry[];
  readonly sources: readonly { readonly config: WatermarkConfig; readonly partitions: number }[];
  readonly dialect: DialectName;
  readonly flushes: boolean;
  /** Where the log is cut, and where everything is restored from a snapshot. */
  readonly cuts: readonly number[];
}

const trials: fc.Arbitrary<Trial> = fc.record({
  entries: entriesOf({ sources: SOURCES, gridMs: 10, plain: false, isQuiet: true, maxLength: 60 }),
  sources: fc.array(fc.record({ config: watermarkChoice, partitions: fc.constantFrom(1, 1, 2, 3) }), {
    minLength: SOURCES,
    maxLength: SOURCES,
  }),
  dialect: fc.constantFrom('flink-datastream', 'flink-sql', ...DIALECTS),
  flushes: fc.boolean(),
  cuts: fc.array(fc.nat({ max: 60 }), { maxLength: 5 }),
});

/** The stretches of the log between the cuts. */
function rounds({ entries, cuts }: Trial): readonly LogSlice[] {
  const log = logOf(
    entries,
    Array.from({ length: SOURCES }, () => scenarioSchema),
  );
  const bounds = [...new Set([0, ...cuts, log.length])].filter((cut) => cut <= log.length).sort((a, b) => a - b);
  return bounds.slice(1).map((to, i) => cutSlice(log, bounds[i]!, to));
}

function shownBy({ watermarks, idle }: Curve): readonly Shown[] {
  return Array.from(watermarks, (watermark, i) => ({ watermark, idle: idle !== null && idle[i] === 1 }));
}

function restored<T extends { snapshot(writer: StateWriter): void; restore(reader: StateReader): void }>(
  used: T,
  fresh: T,
): T {
  const writer = new StateWriter();
  used.snapshot(writer);
  fresh.restore(new StateReader(writer.finish()));
  return fresh;
}

/** The curve of one source in each round; with every round it begins anew from a snapshot. */
function curvesOf(trial: Trial, source: number): readonly Curve[] {
  const { config, partitions } = trial.sources[source]!;
  const times: SourceTimes = sourceTimes(config, scenarioSchema, partitions);
  const make = (): SourceProgress => new SourceProgress(times, dialectNamed(trial.dialect).time, trial.flushes);
  let progress = make();
  return rounds(trial).map((slice) => {
    progress = restored(progress, make());
    const batch = slice.rows[source] ?? null;
    const stated =
      batch === null || times.punctuation === null ? null : statedWatermarks(times.punctuation, batch, config.delayMs);
    return progress.run(slice, source, batch === null ? null : { batch, stated, early: null });
  });
}

function referenceOf({ sources, dialect, flushes }: Trial, source: number): ReferenceSource {
  const { config, partitions } = sources[source]!;
  const states: ReferenceSource['states'] = ({ ts, values }) => {
    if (config.punctuation === 't') return values[5] as number | null;
    return (values[1] as number) > 2 && !Number.isNaN(ts) ? ts - config.delayMs : null;
  };
  return { source, config, partitions, dialect, flushes, states };
}

function merged(trial: Trial, make: () => CurveMerge): readonly Shown[] {
  const curves = trial.sources.map((_, source) => curvesOf(trial, source));
  let merge = make();
  return rounds(trial).flatMap((_, round) => {
    merge = restored(merge, make());
    return shownBy(merge.merge(curves.map((ofSource) => ofSource[round]!)));
  });
}

describe('by the slow reference', () => {
  test('a source shows what its events, its clock and what the log states make of its watermark', () => {
    let idle = 0;
    let awake = 0;
    const check = fc.property(trials, (trial) => {
      const curves = curvesOf(trial, 0);
      const ends = curves.map(lastWatermark);
      const shown = curves.flatMap(shownBy);
      expect(ends).toEqual(curves.map(({ watermarks }) => watermarks.at(-1)));
      const expected = referenceWatermarks(trial.entries, referenceOf(trial, 0));
      expect(shown).toEqual(expected);
      if (expected.some((each) => each.idle)) idle++;
      if (expected.some((each, i) => !each.idle && expected[i - 1]?.idle === true)) awake++;
    });
    fc.assert(check, RUNS);
    expect(idle).toBeGreaterThan(500);
    expect(awake).toBeGreaterThan(200);
  });

  test.each<[string, () => CurveMerge, () => ReferenceMerge]>([
    ['several edges into one input', () => new Valve(SOURCES), () => new ReferenceValve(SOURCES)],
    ['several inputs', () => new CombinedStatus(SOURCES), () => new ReferenceCombined(SOURCES)],
  ])('%s merge', (_, make, reference) => {
    const check = fc.property(trials, (trial) => {
      const inputs = trial.sources.map((__, source) => referenceWatermarks(trial.entries, referenceOf(trial, source)));
      expect(merged(trial, make)).toEqual(referenceMerge(reference(), inputs));
    });
    fc.assert(check, RUNS);
  });

  test.each<[string, () => StepwiseMerge<Channel>, () => ReferenceMerge]>([
    ['several edges into one input', () => new Valve(SOURCES), () => new ReferenceValve(SOURCES)],
    ['several inputs', () => new CombinedStatus(SOURCES), () => new ReferenceCombined(SOURCES)],
  ])('%s merge, told step by step', (_, make, reference) => {
    const input = fc.nat({ max: SOURCES - 1 });
    const told = fc.oneof(
      fc.record({ input, watermark: fc.nat({ max: 9 }) }),
      fc.record({ input, idle: fc.boolean() }),
    );
    const check = fc.property(fc.array(told, { size: 'max', maxLength: 40 }), (steps) => {
      const merge = make();
      const expected = reference();
      const last = Array.from({ length: SOURCES }, () => ({ watermark: -Infinity, idle: false }));
      let shown: Shown = { watermark: -Infinity, idle: false };
      for (const step of steps) {
        const own = last[step.input]!;
        if ('idle' in step) {
          for (const said of merge.inputStatus(step.input, step.idle)) shown = { ...shown, ...said };
          if (step.idle !== own.idle) expected.status(step.input, step.idle);
          own.idle = step.idle;
        } else {
          // An idle input says nothing: its output would have been active first.
          if (own.idle) continue;
          for (const said of merge.inputWatermark(step.input, step.watermark)) shown = { ...shown, ...said };
          if (step.watermark > own.watermark) expected.watermark(step.input, step.watermark);
          own.watermark = Math.max(own.watermark, step.watermark);
        }
        expect(shown).toEqual(expected.shown());
      }
    });
    fc.assert(check, RUNS);
  });
});
