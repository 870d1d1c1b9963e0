import type { Engine } from '../../engine/engine.ts';
import type { BoundWatch } from '../../engine/hits/bind-watch.ts';
import { bindWatch } from '../../engine/hits/bind-watch.ts';
import type { Hit, Watch } from '../../engine/hits/hit.ts';
import { HitProbe } from '../../engine/hits/hit-probe.ts';
import { imbalance } from '../../engine/ledger.ts';
import type { Probe } from '../../engine/probe.ts';
import { probesOf } from '../../engine/probes.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { RunOverview } from './run-overview.ts';

/** Of a node that there is not. */
const NEVER: BoundWatch = { kind: 'drop', node: -1, condition: null };

/** What hears of a run for whoever travels in it: what it came to so far, and where it is to stop. */
export class TravelProbe {
  readonly overview = new RunOverview();
  private plan: Plan;
  private watches: readonly Watch[] = [];
  private hits: HitProbe | null = null;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** The first entry of the last slice that a watch waited for. */
  get hit(): Hit | null {
    return this.hits?.first ?? null;
  }

  /** The last one of that slice. */
  get lastHit(): Hit | null {
    return this.hits?.last ?? null;
  }

  stopAt(watches: readonly Watch[]): void {
    this.watches = watches;
    this.bind();
  }

  /** For an engine of `plan`: tells `other` as well. */
  beside(plan: Plan, other: Probe): Probe {
    this.plan = plan;
    this.bind();
    const travel: Probe = {
      keepsRounds: 0,
      sinksApart: true,
      curve: (node, curve) => this.hits?.curve(node, curve),
      output: (node, port, batch) => this.hits?.output(node, port, batch),
      rejected: (node, rejection) => this.hits?.rejected(node, rejection),
      drop: (node, drop) => {
        this.overview.dropped(drop.batch.seq[drop.row] ?? 0);
        this.hits?.drop(node, drop);
      },
    };
    return probesOf([other, travel]);
  }

  begin(slice: LogSlice): void {
    this.overview.begin(slice);
    this.hits?.reset();
  }

  /** Where breakpoints wait for it: whether all ledgers add up behind a slice. */
  end({ firstSeq, length }: LogSlice, engine: Engine): void {
    const { hits } = this;
    if (hits?.weighs !== true) return;
    const ledgers = engine.ledger();
    this.plan.nodes.forEach(({ id }, node) => {
      const ledger = ledgers.get(id);
      if (ledger !== undefined && imbalance(ledger) !== 0) hits.unbalanced(node, firstSeq + length - 1);
    });
  }

  private bind(): void {
    const bound = this.watches.map((watch) => {
      const result = bindWatch(this.plan, watch);
      return result.ok ? result.value : NEVER;
    });
    this.hits = bound.length === 0 ? null : new HitProbe(this.plan, bound);
  }
}
