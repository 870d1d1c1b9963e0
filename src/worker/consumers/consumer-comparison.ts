import type { Limits } from '../../engine/limits.ts';
import type { ReadFrom } from '../../sources/log/log-start.ts';
import type { BranchComparison, BranchQuestion } from '../branch-protocol.ts';
import type { Sides } from '../branches/branch.ts';
import { sideEras } from '../branches/branch.ts';
import { compareSides } from '../branches/comparison.ts';
import { SideRun } from '../branches/side-run.ts';
import type { Era } from '../edits/run-edits.ts';
import type { Turns } from '../travel/turns.ts';
import type { Standing } from './consumer.ts';

/** Where a consumer stands, and from where it reads. */
export interface ComparedConsumer {
  readonly reads: Standing;
  readonly from: ReadFrom;
  /** Of its run, by the edits that it has come to. */
  readonly eras: readonly Era[];
  readonly seq: number;
  readonly isAtEnd: boolean;
}

/** A reader of the whole log and a consumer, side by side up to where the consumer stands. */
export class ConsumerComparison {
  private readonly limits: Limits;
  private of: ComparedConsumer | null = null;
  private sides: Sides | null = null;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Null when it was given up. */
  async compare(consumer: ComparedConsumer, question: BranchQuestion, turns: Turns): Promise<BranchComparison | null> {
    const { of } = this;
    const { reads, from, eras, seq } = consumer;
    const goesOn = of?.reads === reads && of.from === from && of.eras === eras && of.seq <= seq;
    if (!goesOn || this.sides === null) this.sides = this.begin(consumer);
    this.of = consumer;
    const { run, branch } = this.sides;
    for (const side of [run, branch]) {
      const count = consumer.isAtEnd ? Infinity : seq;
      if (!(await side.goTo({ by: 'entries', count }, turns))) return null;
    }
    const affected = new Set(run.plan.nodes.map(({ id }) => id));
    return compareSides({ run, branch, affected, isSameLog: true }, question);
  }

  private begin({ reads: { opened, manual }, from, eras }: ComparedConsumer): Sides {
    const { log } = opened.run;
    const { limits } = this;
    const compared = new Set(eras.at(-1)?.plan.nodes.map(({ id }) => id));
    const side = (own: typeof log): SideRun =>
      new SideRun({ ...sideEras(opened.run, eras), log: own, limits, compared });
    return {
      run: side(log.fork(manual)),
      branch: side(log.fork(manual, from.seq === 0 ? undefined : from)),
    };
  }
}
