import fc from 'fast-check';
import type { OperatorKind } from '../../operators/operator.ts';
import type { Scenario } from '../scenario.ts';
import { entriesOf, perEvent, scenarioSchema, watermarkChoice } from './entries.ts';
import { operatorArbitraries } from './operators.ts';

/**
 * Random scenarios of one kind. `plain` ones have neither clock nor idle sources nor partitions, so that a simple loop
 * can say what the watermark is.
 */
export function scenarioOf(kind: OperatorKind, plain: boolean): fc.Arbitrary<Scenario> {
  const { inputs, config, gridOf } = operatorArbitraries[kind];
  return fc.tuple(inputs, config).chain(([sources, chosen]) =>
    fc
      .tuple(
        fc.array(plain ? perEvent : watermarkChoice, { minLength: sources, maxLength: sources }),
        entriesOf({ sources, gridMs: gridOf(chosen), plain, maxLength: 40 }),
        fc.record({ isFiltered: fc.boolean(), isWindowed: fc.boolean() }),
      )
      .map(([watermarks, entries, surroundings]) => ({
        kind,
        config: chosen,
        sources: watermarks.map((watermark) => ({ schema: scenarioSchema, watermark })),
        entries,
        ...(plain ? {} : { surroundings }),
      })),
  );
}

/**
 * Scenarios whose rows all come within their source's watermark delay, in one of the orders that this allows, so that
 * nothing is late. Times are finite.
 */
export function boundedScenarioOf(kind: OperatorKind): fc.Arbitrary<Scenario> {
  return scenarioOf(kind, true).map((scenario) => {
    const sources = scenario.sources.map(({ schema, watermark }) => ({
      schema,
      watermark: { ...watermark, strategy: 'per-event' as const },
    }));
    const rows = scenario.entries.filter((entry) => entry.kind === 'row' && !Number.isNaN(entry.ts));
    const ordered = rows
      .map((row) => ({ ...row, at: 1000 }))
      .sort((a, b) => (a.kind === 'row' && b.kind === 'row' ? a.ts - b.ts : 0));
    const ends = sources.map((_, source) => ({ kind: 'end' as const, source, at: 1000 }));
    return { ...scenario, sources, entries: [...ordered, ...ends] };
  });
}
