import fc from 'fast-check';
import type { OperatorKind } from '../../operators/operator.ts';
import type { Scenario, ScenarioSource } from '../scenario.ts';
import { planOf } from '../scenario.ts';
import type { EntryStream } from './changes.ts';
import { entriesOf, perEvent, scenarioSchema, watermarkChoice } from './entries.ts';
import type { Choice, ChosenSource, OperatorArbitrary } from './choice.ts';
import { operatorArbitraries } from './operators.ts';

/**
 * Random scenarios of one kind. `plain` ones have neither idle sources nor partitions, and a clock only where the operator
 * goes by it, so that a simple loop can say what the watermark is.
 */
export function scenarioOf(kind: OperatorKind, plain: boolean): fc.Arbitrary<Scenario> {
  return scenarioFrom(kind, operatorArbitraries[kind], plain);
}

function scenarioFrom(kind: OperatorKind, operator: OperatorArbitrary, plain: boolean): fc.Arbitrary<Scenario> {
  return fc
    .tuple(operator.inputs, operator.choice)
    .filter(([inputs, choice]) => isBound(kind, choice, inputs))
    .chain(([sources, choice]) =>
      fc
        .tuple(
          fc.array(plain ? perEvent : watermarkChoice, { minLength: sources, maxLength: sources }),
          entriesOf({
            sources,
            gridMs: choice.gridMs ?? 10,
            startMs: choice.startMs ?? 0,
            plain,
            clock: choice.needsClock === true,
            streams: Array.from({ length: sources }, (_, i) => streamOf(choice, i)),
            maxLength: 40,
          }),
          fc.record({ isFiltered: fc.boolean(), isWindowed: fc.boolean() }),
        )
        .map(([watermarks, entries, surroundings]) => ({
          kind,
          ...settingsOf(choice),
          sources: watermarks.map((watermark, i) => sourceOf(choice, i, watermark)),
          entries,
          ...(plain ? {} : { surroundings }),
        })),
    );
}

type Settings = Pick<Scenario, 'config' | 'engine' | 'dialect' | 'timeDomain'>;

function settingsOf({ config, engine, dialect, timeDomain }: Choice): Settings {
  return {
    config,
    ...(engine === undefined ? {} : { engine }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(timeDomain === undefined ? {} : { timeDomain }),
  };
}

function sourceOf(choice: Choice, input: number, watermark: ScenarioSource['watermark']): ScenarioSource {
  const { hasUnknown: _hasUnknown, ...source } = chosenSource(choice, input);
  return { schema: scenarioSchema, watermark, ...source };
}

function chosenSource({ source, sources }: Choice, input: number): ChosenSource {
  return sources?.[input] ?? source ?? {};
}

function streamOf(choice: Choice, input: number): EntryStream {
  const { schema = scenarioSchema, changes = 'append', key = [], hasUnknown = false } = chosenSource(choice, input);
  return { schema, changes, key, hasUnknown };
}

/** Whether the operator's definition takes the configuration. */
function isBound(kind: OperatorKind, choice: Choice, inputs: number): boolean {
  if (choice.dialect === undefined) return true;
  const watermark = { strategy: 'none' as const, delayMs: 0, intervalMs: 200, idleMs: 0, maxAheadMs: 0 };
  const sources = Array.from({ length: inputs }, (_, i) => sourceOf(choice, i, watermark));
  try {
    planOf({ kind, ...settingsOf(choice), sources, entries: [] });
    return true;
  } catch {
    return false;
  }
}

/**
 * Scenarios whose rows all come within their source's watermark delay, in one of the orders that this allows, so that
 * nothing is late. Times are finite.
 */
export function boundedScenarioOf(kind: OperatorKind): fc.Arbitrary<Scenario> {
  const operator = operatorArbitraries[kind];
  return scenarioFrom(kind, { ...operator, choice: operator.final ?? operator.choice }, true).map((scenario) => {
    // In Flink SQL a row as old as the watermark may be late: a delay of 0 allows no other order.
    const leastMs = scenario.dialect === 'flink-sql' ? 1 : 0;
    const sources = scenario.sources.map((source) => ({
      ...source,
      watermark: {
        ...source.watermark,
        strategy: 'per-event' as const,
        delayMs: Math.max(source.watermark.delayMs, leastMs),
      },
    }));
    const rows = scenario.entries.filter((entry) => entry.kind === 'row' && !Number.isNaN(entry.ts));
    const ordered = rows
      .map((row) => ({ ...row, at: 1000 }))
      .sort((a, b) => (a.kind === 'row' && b.kind === 'row' ? a.ts - b.ts : 0));
    const ends = sources.map((_, source) => ({ kind: 'end' as const, source, at: 1000 }));
    return { ...scenario, sources, entries: [...ordered, ...ends] };
  });
}
