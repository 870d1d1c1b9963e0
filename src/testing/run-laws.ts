import { Engine } from '../engine/engine.ts';
import { imbalance } from '../engine/ledger.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { KernelRegistry } from '../engine/node.ts';
import { Replay, rangeOf } from '../engine/replay.ts';
import type { Plan } from '../pipeline/plan.ts';
import { assert } from '../stream/assert.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { looksAddUp, looksOf } from './state-looks.ts';
import type { Run } from './transcript.ts';
import { cutsOfOne, emptyTranscript, recorder, runLog } from './transcript.ts';

/** A plan and a log to run it over. */
export interface Setting {
  /** Makes the same plan anew. */
  readonly planAgain: () => Plan;
  readonly plan: Plan;
  readonly log: LogSlice;
  /** Where the log may be cut: numbers of entries, ascending. */
  readonly cuts: readonly number[];
  /** An entry to seek to, 0 to the log's length. */
  readonly target: number;
  readonly registry: KernelRegistry;
}

/** A law that can be told of a run alone, whatever the plan. `check` throws when the setting breaks it. */
export interface RunLaw {
  readonly number: number;
  readonly title: string;
  readonly check: (setting: Setting) => void;
}

/** The setting that `picks`, numbers of any size, choose for a plan and a log. At least two picks. */
export function settingFor(
  planAgain: () => Plan,
  log: LogSlice,
  picks: readonly number[],
  registry: KernelRegistry,
): Setting {
  const places = new Set(picks.map((pick) => pick % (log.length + 1)));
  places.delete(0);
  places.delete(log.length);
  // Not one of the cuts, where a snapshot stands: the way from there is what is tested.
  const target = (picks[0]! + picks[1]! + 1) % (log.length + 1);
  return { planAgain, plan: planAgain(), log, cuts: [...places].sort((a, b) => a - b), target, registry };
}

export const runLaws: readonly RunLaw[] = [
  {
    number: 1,
    title: 'the same log gives the same bytes, and looking at the state changes nothing',
    check: ({ plan, planAgain, log, cuts, target, registry }) => {
      const first = runLog(plan, log, { cuts, registry });
      const planned = planAgain();
      let hasLooked = false;
      const afterRound = (engine: Engine): void => {
        if (hasLooked || engine.position < target) return;
        hasLooked = true;
        looksAddUp(planned, engine);
      };
      const again = runLog(planned, log, { cuts, registry, afterRound });
      sameRun(again, first);
      sameBytes(again.engine.snapshot(), first.engine.snapshot(), 'snapshots');
    },
  },
  {
    number: 2,
    title: 'any cut into rounds gives the same output',
    check: ({ plan, log, cuts, registry }) => {
      const whole = runLog(plan, log, { registry });
      const ones = runLog(plan, log, { cuts: cutsOfOne(log), registry });
      sameRun(runLog(plan, log, { cuts, registry }), whole);
      sameRun(ones, whole);
      sameBytes(ones.engine.snapshot(), whole.engine.snapshot(), 'snapshots');
    },
  },
  {
    number: 3,
    title: 'a restored snapshot goes on as if nothing had happened',
    check: (setting) => {
      const { plan, log, cuts, registry } = setting;
      const straight = runLog(plan, log, { cuts, registry });
      const crashed = runLog(plan, log, { cuts, crashes: new Set(cuts), registry });
      sameRun(crashed, straight);
      sameBytes(crashed.engine.snapshot(), straight.engine.snapshot(), 'snapshots');
      stepAfterRestore(setting, cuts[0] ?? 0);
    },
  },
  {
    number: 5,
    title: 'every row has exactly one fate',
    check: ({ plan, log, cuts, registry }) => {
      const afterRound = (engine: Engine): void => {
        balances(engine);
        edgesAgree(plan, engine);
      };
      runLog(plan, log, { cuts, registry, afterRound });
    },
  },
  {
    number: 6,
    title: 'watermarks never go back',
    check: ({ plan, log, cuts, registry }) => {
      const { watermarks } = runLog(plan, log, { cuts, registry }).transcript;
      for (const steps of watermarks) {
        assert(steps.length === log.length, 'a watermark after every entry');
        steps.forEach((watermark, i) => assert(i === 0 || watermark >= steps[i - 1]!, `a step back at entry ${i}`));
      }
    },
  },
  {
    number: 9,
    title: 'a seek to an entry equals a run up to it',
    check: ({ plan, log, cuts, target, registry }) => {
      const replay = new Replay(plan, rangeOf(log), registry);
      runLog(plan, log, { cuts, registry, afterRound: (engine) => replay.record(engine) });
      const straight = new Engine(plan, {}, registry);
      for (const slice of rangeOf(log)(0, target)) straight.run(slice);
      const sought = replay.seek(target);
      sameBytes(sought.snapshot(), straight.snapshot(), 'snapshots');
      same([...sought.ledger()], [...straight.ledger()], 'ledgers');
      same(looksOf(plan, sought), looksOf(plan, straight), 'looks');
    },
  },
];

export function same(actual: unknown, expected: unknown, what: string): void {
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

/** Entry k + 1 after restoring snapshot k: the same output and the same snapshot k + 1. */
function stepAfterRestore({ plan, log, registry }: Setting, at: number): void {
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

function balances(engine: Engine): void {
  for (const [id, node] of engine.ledger()) {
    assert(imbalance(node) === 0, () => `${id} does not balance: ${JSON.stringify(node)}`);
    const counts = [node.used, node.held, node.late, node.filtered, node.unmatched, node.rejected];
    assert(
      counts.every((count) => count >= 0),
      () => `${id} counts below zero: ${JSON.stringify(node)}`,
    );
  }
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
