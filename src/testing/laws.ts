import type { KernelRegistry } from '../engine/node.ts';
import type { WindowBound } from '../operators/window/bound.ts';
import type { Plan } from '../pipeline/plan.ts';
import { assert } from '../stream/assert.ts';
import { logOf } from './log.ts';
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
      for (const line of transcript.results) mayEmit(JSON.parse(line) as EmittedResult, plan, steps);
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

interface EmittedResult {
  readonly seq: number;
  readonly phase: number;
  readonly node: string;
  readonly ts: number | null;
  readonly window: readonly [number, number] | null;
  readonly pane: { readonly timing: string; readonly index: number } | null;
}

/** On time: the step of this very entry completes the window. Late: it was complete before and is not yet forgotten. */
function mayEmit(result: EmittedResult, plan: Plan, steps: readonly number[]): void {
  if (result.window === null || result.pane === null || result.node !== 'sink-out') return;
  const { windows } = plan.dialect;
  const { latenessMs } = plan.nodes.find(({ id }) => id === OPERATOR_ID)!.bound as WindowBound;
  const before = steps[result.seq - 1] ?? -Infinity;
  const after = steps[result.seq]!;
  const [startMs, endMs] = result.window;
  const isLate = result.pane.timing === 'late';
  const allowed = isLate
    ? result.phase === 0 && before >= windows.fireAt(endMs) && before < windows.cleanupAt(endMs, latenessMs)
    : result.phase === 1 && before < windows.fireAt(endMs) && after >= windows.fireAt(endMs);
  assert(allowed, () => `${JSON.stringify(result)} must not come out while the watermark goes ${before} to ${after}`);
  assert(result.ts === windows.resultTimeMs(startMs, endMs), 'the time of a result');
  assert(isLate || result.pane.index === 0, 'an on-time pane is the first');
}

/** The same rows in another order of arrival that keeps each within its source's delay. */
function shuffledWithinBound({ scenario, picks }: Trial): Scenario {
  const rows = scenario.entries.filter((entry) => entry.kind === 'row');
  const rest = scenario.entries.filter((entry) => entry.kind !== 'row');
  const arrivals = rows.map((row, i) => {
    const { delayMs } = scenario.sources[row.source]!.watermark;
    return { row, at: row.ts + (picks[i % picks.length]! % (delayMs + 1)), tie: picks[(i * 7) % picks.length]! };
  });
  arrivals.sort((a, b) => a.at - b.at || a.tie - b.tie);
  return { ...scenario, entries: [...arrivals.map(({ row }) => ({ ...row, at: 1000 })), ...rest] };
}

function withoutPosition(line: string): string {
  const { seq: _seq, phase: _phase, ...rest } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(rest);
}
