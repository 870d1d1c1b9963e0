import type { KernelRegistry } from '../engine/node.ts';
import { logOf } from './log.ts';
import type { EmittedResult } from './may-emit.ts';
import { mayEmit } from './may-emit.ts';
import { runReference } from './reference-run.ts';
import type { Setting } from './run-laws.ts';
import { runLaws, same, settingFor } from './run-laws.ts';
import type { Scenario } from './scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from './scenario.ts';
import { runLog } from './transcript.ts';

/** What a law is given: a scenario, numbers to choose places in its log by, and the kernels to run it with. */
export interface Trial {
  readonly scenario: Scenario;
  readonly picks: readonly number[];
  readonly registry: KernelRegistry;
}

/** One of the engine's numbered laws. `check` throws when the trial breaks it. */
export interface Law {
  readonly number: number;
  readonly title: string;
  /** `plain` logs have neither clock nor idleness; `bounded` ones besides no row later than the watermark's delay. */
  readonly logs: 'any' | 'plain' | 'bounded';
  readonly check: (trial: Trial) => void;
}

function settingOf({ scenario, picks, registry }: Trial): Setting {
  return settingFor(() => planOf(scenario), logOf(scenario.entries, schemasOf(scenario)), picks, registry);
}

const operatorLaws: readonly Law[] = [
  {
    number: 4,
    title: 'the kernel does what the reference does',
    logs: 'plain',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const reference = runReference(trial.scenario, plan);
      const { transcript, ledger } = runLog(plan, log, { cuts, registry: trial.registry });
      const atSinks = transcript.results.filter((line) => nodeOf(line) !== OPERATOR_ID);
      same(byPort(atSinks), byPort(reference.results), 'results');
      const { used, held, late, filtered, unmatched, rejected, lateWindows } = ledger.get(OPERATOR_ID)!;
      same({ used, held, late, filtered, unmatched, rejected, lateWindows }, reference.fates, 'fates');
    },
  },
  {
    number: 7,
    title: 'nothing is emitted that the dialect does not allow at that watermark',
    logs: 'any',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const { transcript } = runLog(plan, log, { cuts, registry: trial.registry });
      const operator = plan.nodes.findIndex(({ id }) => id === OPERATOR_ID);
      const steps = transcript.watermarks[operator]!;
      const circumstances = { plan, steps, entries: trial.scenario.entries };
      for (const line of transcript.results) mayEmit(JSON.parse(line) as EmittedResult, circumstances);
    },
  },
  {
    number: 8,
    title: 'any order of arrival within the bound gives the same final results',
    logs: 'bounded',
    check: (trial) => {
      const results = [trial.scenario, shuffledWithinBound(trial)].map((scenario) => {
        const plan = planOf(scenario);
        const run = runLog(plan, logOf(scenario.entries, schemasOf(scenario)), { registry: trial.registry });
        return run.transcript.results.map(withoutPosition).sort();
      });
      same(results[1], results[0], 'final results');
    },
  },
];

export const laws: readonly Law[] = [
  ...runLaws.map(({ number, title, check }): Law => ({
    number,
    title,
    logs: 'any',
    check: (trial) => check(settingOf(trial)),
  })),
  ...operatorLaws,
].toSorted((a, b) => a.number - b.number);

/** Results of different ports have no order among each other. */
function byPort(results: readonly string[]): readonly string[] {
  return results.toSorted((a, b) => (nodeOf(a) < nodeOf(b) ? -1 : nodeOf(a) > nodeOf(b) ? 1 : 0));
}

function nodeOf(line: string): string {
  return (JSON.parse(line) as { readonly node: string }).node;
}

/** The same rows in another order of arrival that keeps each within its source's delay. */
function shuffledWithinBound({ scenario, picks }: Trial): Scenario {
  const rows = scenario.entries.filter((entry) => entry.kind === 'row');
  const rest = scenario.entries.filter((entry) => entry.kind !== 'row');
  // Flink SQL's watermark is the time itself less the delay: a row may stay behind by less than that.
  const roomMs = scenario.dialect === 'flink-sql' ? 0 : 1;
  const arrivals = rows.map((row, i) => {
    const { delayMs } = scenario.sources[row.source]!.watermark;
    return { row, at: row.ts + (picks[i % picks.length]! % (delayMs + roomMs)), tie: picks[(i * 7) % picks.length]! };
  });
  arrivals.sort((a, b) => a.at - b.at || a.tie - b.tie);
  return { ...scenario, entries: [...arrivals.map(({ row }) => ({ ...row, at: 1000 })), ...rest] };
}

function withoutPosition(line: string): string {
  const { seq: _seq, phase: _phase, ...rest } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(rest);
}
