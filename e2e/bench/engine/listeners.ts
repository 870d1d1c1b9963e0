import type { Engine } from '../../../src/engine/engine.ts';
import type { Probe } from '../../../src/engine/probe.ts';
import type { Drop, Firing } from '../../../src/operators/operator.ts';
import type { Plan } from '../../../src/pipeline/plan.ts';
import type { Batch } from '../../../src/stream/batch.ts';
import type { Curve } from '../../../src/stream/curve.ts';
import type { LogSlice } from '../../../src/stream/log-slice.ts';
import { RunFeeds } from '../../../src/worker/feeds/run-feeds.ts';

/** Somebody who hears more of a run than its results. */
export interface Listener {
  readonly probe: Probe;
  /** Before and behind each round. */
  begin(slice: LogSlice): void;
  end(engine: Engine): void;
}

export type ListenerKind = 'trace' | 'charts';

type Committed = (node: number, batch: Batch) => void;

export function makeListener(kind: ListenerKind, plan: Plan, committed: Committed): Listener {
  return kind === 'trace' ? new Trace(committed) : new Charts(plan, committed);
}

/** Rounds whose batches and curves are kept. */
const KEPT_ROUNDS = 64;
/** Firings and drops that are kept. */
const KEPT_RECORDS = 4096;

interface TracedRound {
  readonly outputs: { readonly node: number; readonly batch: Batch }[];
  readonly curves: { readonly node: number; readonly curve: Curve }[];
}

/** Keeps what a trace shows: every batch and curve of the newest rounds, the newest firings and drops. */
class Trace implements Listener {
  readonly probe: Probe;
  private readonly rounds: TracedRound[] = [];
  private readonly firings: Firing[] = [];
  private readonly drops: Drop[] = [];
  private counts = { rounds: 0, firings: 0, drops: 0 };

  constructor(committed: Committed) {
    let round: TracedRound = { outputs: [], curves: [] };
    this.probe = {
      sinksApart: true,
      keepsRounds: KEPT_ROUNDS,
      round: () => {
        round = { outputs: [], curves: [] };
        this.rounds[this.counts.rounds++ % KEPT_ROUNDS] = round;
      },
      output: (node, _port, batch) => round.outputs.push({ node, batch }),
      curve: (node, curve) => round.curves.push({ node, curve }),
      firing: (_node, firing) => (this.firings[this.counts.firings++ % KEPT_RECORDS] = firing),
      drop: (_node, drop) => (this.drops[this.counts.drops++ % KEPT_RECORDS] = drop),
      committed,
    };
  }

  begin(): void {
    // Everything comes by the probe.
  }

  end(): void {
    // Everything comes by the probe.
  }
}

/** What the worker hears and keeps for its charts and tables. */
class Charts implements Listener {
  readonly probe: Probe;
  private readonly feeds: RunFeeds;

  constructor(plan: Plan, committed: Committed) {
    const feeds = new RunFeeds(plan);
    this.feeds = feeds;
    this.probe = {
      sinksApart: feeds.sinksApart,
      curve: (node, curve) => feeds.curve(node, curve),
      output: (node, port, batch) => feeds.output(node, port, batch),
      drop: (node, drop) => feeds.drop(node, drop),
      rejected: (node, rejection) => feeds.rejected(node, rejection),
      committed: (node, batch) => {
        feeds.committed(node, batch);
        committed(node, batch);
      },
    };
  }

  begin(slice: LogSlice): void {
    this.feeds.begin(slice);
  }

  end(engine: Engine): void {
    this.feeds.end(engine);
  }
}
