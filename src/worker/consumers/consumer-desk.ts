import type { Limits } from '../../engine/limits.ts';
import { DEFAULT_LIMITS } from '../../engine/limits.ts';
import type { BranchAnswer, BranchQuestion } from '../branch-protocol.ts';
import type { OpenedRun } from '../branches/branch.ts';
import type {
  ConsumerCommand,
  ConsumerControl,
  ConsumerOpening,
  ConsumerReport,
  ConsumerRequest,
  ConsumersReport,
} from '../consumer-protocol.ts';
import { CONSUMERS_MAX } from '../consumer-protocol.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { Turns } from '../travel/turns.ts';
import type { ComparedConsumer } from './consumer-comparison.ts';
import { ConsumerComparison } from './consumer-comparison.ts';
import { Consumer } from './consumer.ts';
import { readFrom, refused } from './read-from.ts';
import { readerFigures } from './reader-figures.ts';
import { isAlike } from './renumber.ts';

interface DeskContext {
  readonly clock: RealClock;
  readonly opened: () => OpenedRun | null;
  readonly limits?: Limits;
  /** A consumer is about to go. */
  readonly onRemove?: (id: string) => void;
}

/** Who else reads the log of the run that is open. */
export class ConsumerDesk implements Omit<ConsumerControl, 'lookThrough'> {
  private readonly context: DeskContext;
  private readonly all = new Map<string, Consumer>();
  private renewing: Promise<unknown> | null = null;
  /** Of the consumer that was asked for last alone: what is compared by is kept. */
  private comparison: { readonly id: string; readonly with: ConsumerComparison } | null = null;
  private comparing: Promise<unknown> = Promise.resolve();
  private asked: ComparedConsumer | null = null;

  constructor(context: DeskContext) {
    this.context = context;
  }

  private get limits(): Limits {
    return this.context.limits ?? DEFAULT_LIMITS;
  }

  async addConsumer(request: ConsumerRequest): Promise<ConsumerOpening> {
    const { clock } = this.context;
    const { limits } = this;
    const opened = this.context.opened();
    if (opened === null) return refusal(NOTHING_OPEN);
    void this.removeConsumer(request.id);
    if (this.all.size >= CONSUMERS_MAX) return refusal(TOO_MANY);
    const from = readFrom(request, this.written(opened.run));
    if (!from.ok) return { kind: 'refused', problems: from.problems };
    const consumer = new Consumer(request, from.value, {
      clock,
      limits,
      writtenTo: ({ opened: { run }, manual }) => {
        const now = this.context.opened();
        if (now?.run === run && isAlike(now.run.manual, manual)) return this.bound(run);
        this.renew();
        return 0;
      },
    });
    this.all.set(request.id, consumer);
    await consumer.read(
      { opened, manual: opened.run.manual },
      { plays: request.plays, seq: request.place?.seq ?? null },
    );
    return { kind: 'open' };
  }

  async steerConsumer(id: string, command: ConsumerCommand): Promise<void> {
    await this.all.get(id)?.steer(command);
  }

  async removeConsumer(id: string): Promise<void> {
    const consumer = this.all.get(id);
    if (consumer !== undefined) this.context.onRemove?.(id);
    this.all.delete(id);
    if (this.comparison?.id === id) this.comparison = null;
    await consumer?.remove();
  }

  consumers(nodeId: string | null): ConsumersReport | null {
    const opened = this.context.opened();
    if (opened === null) return null;
    this.renewIfStale(opened);
    const { run } = opened;
    const written = this.written(run);
    const { reachedMs: writtenAtMs } = run.travel.overview;
    const end = { written, writtenAtMs };
    return {
      ...end,
      isEnded: run.travel.overview.isWhole,
      run: readerFigures(run, end, nodeId),
      consumers: [...this.all].flatMap(([id, { run: own, status, from }]): readonly ConsumerReport[] => {
        if (own === null) return [];
        const places = own.log.start?.starts ?? [];
        return [
          {
            ...readerFigures(own, end, nodeId),
            id,
            status,
            firstSeq: own.firstSeq,
            places: places.map(({ source, partition, seq }) => ({
              sourceId: own.plan.nodes[own.plan.sources[source] ?? -1]?.id ?? '',
              partition,
              seq,
            })),
            restSeq: from.seq,
          },
        ];
      }),
    };
  }

  async compareConsumer(question: BranchQuestion): Promise<BranchAnswer> {
    const consumer = this.all.get(question.id);
    const { run, reads = null, from } = consumer ?? {};
    if (run === undefined || run === null || reads === null || from === undefined) return { kind: 'unknown' };
    const asked = { reads, from, eras: run.eras, seq: run.seq, isAtEnd: run.isAtEnd };
    this.asked = asked;
    // The one before stands between two rounds first.
    const work = this.comparing.then(async (): Promise<BranchAnswer> => {
      const isWanted = (): boolean => this.asked === asked && this.all.get(question.id) === consumer;
      if (!isWanted()) return { kind: 'given-up' };
      if (this.comparison?.id !== question.id)
        this.comparison = { id: question.id, with: new ConsumerComparison(this.limits) };
      const comparison = await this.comparison.with.compare(asked, question, new Turns(this.context.clock, isWanted));
      return comparison === null ? { kind: 'given-up' } : { kind: 'compared', comparison };
    });
    this.comparing = work.catch(() => undefined);
    return work;
  }

  /** Null for none. */
  consumer(id: string): Consumer | null {
    return this.all.get(id) ?? null;
  }

  /** What a consumer has read so far; null for none. */
  runOf(id: string): Run | null {
    return this.all.get(id)?.run ?? null;
  }

  private written(run: Run): number {
    return run.travel.overview.reached;
  }

  /** No consumer is bounded by an end that is known: what drains it comes behind. */
  private bound(run: Run): number {
    return run.travel.overview.isWhole ? Infinity : this.written(run);
  }

  private renewIfStale(opened: OpenedRun): void {
    const isStale = [...this.all.values()].some((consumer) => !consumer.isAt(opened, opened.run.manual));
    if (isStale) this.renew();
  }

  /** Another run is open, or other entries were put in by hand: all read what there is now. */
  private renew(): void {
    this.renewing ??= this.renewAll().finally(() => (this.renewing = null));
  }

  private async renewAll(): Promise<void> {
    const opened = this.context.opened();
    if (opened === null) return;
    const { manual } = opened.run;
    const stale = [...this.all.values()].filter((consumer) => !consumer.isAt(opened, manual));
    await Promise.all(stale.map((consumer) => consumer.read({ opened, manual })));
  }
}

function refusal({ problems }: ReturnType<typeof refused>): ConsumerOpening {
  return { kind: 'refused', problems };
}

const NOTHING_OPEN = refused(
  'consumer-no-run',
  'No run is open: there is no log to read.',
  'See the problems of the graph; once it can run, there is a log.',
);

const TOO_MANY = refused(
  'consumers-too-many',
  `There are ${String(CONSUMERS_MAX)} consumers.`,
  'Remove one before you add another.',
);
