import { imbalance } from '../engine/ledger.ts';
import { Engine } from '../engine/engine.ts';
import { cutSlice } from '../engine/log-cut.ts';
import type { KernelRegistry } from '../engine/node.ts';
import { Replay, rangeOf } from '../engine/replay.ts';
import type { WindowBound } from '../operators/window/bound.ts';
import type { Plan } from '../pipeline/plan.ts';
import { assert } from '../stream/assert.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { logOf } from './log.ts';
import { runReference } from './reference-run.ts';
import type { Scenario } from './scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from './scenario.ts';
import type { Run } from './transcript.ts';
import { cutsOfOne, emptyTranscript, recorder, runLog } from './transcript.ts';

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

interface Setting {
  readonly plan: Plan;
  readonly log: LogSlice;
  readonly cuts: readonly number[];
}

function settingOf({ scenario, picks }: Trial): Setting {
  const log = logOf(scenario.entries, schemasOf(scenario));
  const places = new Set(picks.map((pick) => pick % (log.length + 1)));
  places.delete(0);
  places.delete(log.length);
  return { plan: planOf(scenario), log, cuts: [...places].sort((a, b) => a - b) };
}

function same(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(a === b, () => `${what}:\n${a}\nis not\n${b}`);
}

function sameRun(actual: Run, expected: Run): void {
  same(actual.transcript.results, expected.transcript.results, 'results');
  same(actual.transcript.drops, expected.transcript.drops, 'drops');
  same(actual.transcript.rejections, expected.transcript.rejections, 'rejections');
  same(actual.transcript.firings, expected.transcript.firings, 'firings');
  same(actual.transcript.watermarks.map(String), expected.transcript.watermarks.map(String), 'watermarks');
  same([...actual.ledger], [...expected.ledger], 'ledgers');
}

function sameBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  assert(actual.length === expected.length && actual.every((byte, i) => byte === expected[i]), `${what} differ`);
}

export const laws: readonly Law[] = [
  {
    number: 1,
    title: 'the same log gives the same bytes',
    logs: 'any',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const first = runLog(plan, log, { cuts, registry: trial.registry });
      const again = runLog(planOf(trial.scenario), log, { cuts, registry: trial.registry });
      sameRun(again, first);
      sameBytes(again.engine.snapshot(), first.engine.snapshot(), 'snapshots');
    },
  },
  {
    number: 2,
    title: 'any cut into rounds gives the same output',
    logs: 'any',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const whole = runLog(plan, log, { registry: trial.registry });
      const ones = runLog(plan, log, { cuts: cutsOfOne(log), registry: trial.registry });
      sameRun(runLog(plan, log, { cuts, registry: trial.registry }), whole);
      sameRun(ones, whole);
      sameBytes(ones.engine.snapshot(), whole.engine.snapshot(), 'snapshots');
    },
  },
  {
    number: 3,
    title: 'a restored snapshot goes on as if nothing had happened',
    logs: 'any',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const straight = runLog(plan, log, { cuts, registry: trial.registry });
      const crashed = runLog(plan, log, { cuts, crashes: new Set(cuts), registry: trial.registry });
      sameRun(crashed, straight);
      sameBytes(crashed.engine.snapshot(), straight.engine.snapshot(), 'snapshots');
      stepAfterRestore(plan, log, { at: cuts[0] ?? 0, registry: trial.registry });
    },
  },
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
    number: 5,
    title: 'every row has exactly one fate',
    logs: 'any',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const balances = (engine: Engine): void => {
        for (const [id, node] of engine.ledger()) {
          assert(imbalance(node) === 0, () => `${id} does not balance: ${JSON.stringify(node)}`);
          const counts = [node.used, node.held, node.late, node.filtered, node.unmatched, node.rejected];
          assert(
            counts.every((count) => count >= 0),
            () => `${id} counts below zero: ${JSON.stringify(node)}`,
          );
        }
        edgesAgree(plan, engine);
      };
      runLog(plan, log, { cuts, registry: trial.registry, afterRound: balances });
    },
  },
  {
    number: 6,
    title: 'watermarks never go back',
    logs: 'any',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const { watermarks } = runLog(plan, log, { cuts, registry: trial.registry }).transcript;
      for (const steps of watermarks) {
        assert(steps.length === log.length, 'a watermark after every entry');
        steps.forEach((watermark, i) => assert(i === 0 || watermark >= steps[i - 1]!, `a step back at entry ${i}`));
      }
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
  {
    number: 9,
    title: 'a seek to an entry equals a run up to it',
    logs: 'any',
    check: (trial) => {
      const { plan, log, cuts } = settingOf(trial);
      const replay = new Replay(plan, rangeOf(log), trial.registry);
      runLog(plan, log, { cuts, registry: trial.registry, afterRound: (engine) => replay.record(engine) });
      // Not one of the cuts, where a snapshot stands: the way from there is what is tested.
      const target = (trial.picks[0]! + trial.picks[1]! + 1) % (log.length + 1);
      const straight = new Engine(plan, {}, trial.registry);
      for (const slice of rangeOf(log)(0, target)) straight.run(slice);
      const sought = replay.seek(target);
      sameBytes(sought.snapshot(), straight.snapshot(), 'snapshots');
      same([...sought.ledger()], [...straight.ledger()], 'ledgers');
    },
  },
];

/** Entry k + 1 after restoring snapshot k: the same output and the same snapshot k + 1. */
function stepAfterRestore(
  plan: Plan,
  log: LogSlice,
  { at, registry }: { readonly at: number; readonly registry: KernelRegistry },
): void {
  if (at >= log.length) return;
  const outcomes = [false, true].map((restores) => {
    const transcript = emptyTranscript(plan);
    const before = new Engine(plan, {}, registry);
    for (const slice of rangeOf(log)(0, at)) before.run(slice);
    const bytes = before.snapshot();
    const engine = new Engine(plan, recorder(plan, transcript), registry);
    if (restores) engine.restore(bytes);
    else for (const slice of rangeOf(log)(0, at)) engine.run(slice);
    const earlier = transcript.results.length;
    engine.run(cutSlice(log, at, at + 1));
    return { output: transcript.results.slice(earlier), snapshot: engine.snapshot() };
  });
  same(outcomes[1]!.output, outcomes[0]!.output, 'output of the next entry');
  sameBytes(outcomes[1]!.snapshot, outcomes[0]!.snapshot, 'the next snapshots');
}

/** Results of different ports have no order among each other. */
function byPort(results: readonly string[]): readonly string[] {
  return results.toSorted((a, b) => (nodeOf(a) < nodeOf(b) ? -1 : nodeOf(a) > nodeOf(b) ? 1 : 0));
}

function nodeOf(line: string): string {
  return (JSON.parse(line) as { readonly node: string }).node;
}

/** What a node emitted on a port is what came in at the other end of each of its edges. */
function edgesAgree(plan: Plan, engine: Engine): void {
  const ledger = engine.ledger();
  for (const node of plan.nodes) {
    if (node.inputs.length === 0) continue;
    let sent = 0;
    for (const { fromNode, fromPort } of node.inputs) {
      const emitted = ledger.get(plan.nodes[fromNode]!.id)!.emitted[fromPort] ?? {};
      sent += Object.values(emitted).reduce((sum, count) => sum + count, 0);
    }
    assert(ledger.get(node.id)!.in === sent, () => `${node.id} took ${ledger.get(node.id)!.in} of ${sent} rows`);
  }
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
