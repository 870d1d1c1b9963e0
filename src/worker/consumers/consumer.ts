import type { Limits } from '../../engine/limits.ts';
import type { ReadFrom } from '../../sources/log/log-start.ts';
import type { InsertedEntry } from '../../sources/log/recorded-log.ts';
import type { OpenedRun } from '../branches/branch.ts';
import type { ConsumerCommand, ConsumerRequest } from '../consumer-protocol.ts';
import { CONSUMERS_MAX } from '../consumer-protocol.ts';
import type { RealClock } from '../pacing.ts';
import type { RunStatus } from '../run-status.ts';
import { Run } from '../run.ts';
import { Session } from '../session.ts';
import { Turns } from '../travel/turns.ts';
import { isAlike, renumber } from './renumber.ts';

/** What all consumers together may keep to go back by: as much as the run. */
const POINT_BYTES_OF_ALL = 128 * 1024 * 1024;
/** What each may keep, which is its own however many there are. */
const CONSUMER_POINT_BYTES = POINT_BYTES_OF_ALL / CONSUMERS_MAX;

export interface ConsumerContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  /** How much of the log of `opened` is written; nothing once something else is to be read. */
  readonly writtenTo: (opened: Standing) => number;
}

/** What a consumer reads: a run's log, with what was put into it by hand up to now. */
export interface Standing {
  readonly opened: OpenedRun;
  readonly manual: readonly InsertedEntry[];
}

/** Where a consumer stands at first, its start when null, and whether it goes on from there. */
interface Beginning {
  readonly plays: boolean;
  readonly seq: number | null;
}

/** A reader of the run's log by itself: a run of the same graph that leaves out what comes before its start. */
export class Consumer {
  readonly session: Session;
  from: ReadFrom;
  run: Run | null = null;
  private readonly context: ConsumerContext;
  reads: Standing | null = null;
  private isGone = false;
  /** How often it is to go to its place. */
  private moves = 0;
  /** Commands are carried out one after the other. */
  private busy: Promise<unknown> = Promise.resolve();

  constructor({ speed }: ConsumerRequest, from: ReadFrom, context: ConsumerContext) {
    this.from = from;
    this.context = context;
    this.session = new Session(context.clock, context.limits);
    this.session.setSpeed(speed);
  }

  /** `loading` while it goes to its place. */
  get status(): RunStatus {
    return this.moves > 0 ? { kind: 'loading', progress: null } : this.session.status;
  }

  /** Whether it reads this very log, with these entries put in by hand. */
  isAt({ run }: OpenedRun, manual: readonly InsertedEntry[]): boolean {
    return this.reads?.opened.run === run && isAlike(this.reads.manual, manual);
  }

  /**
   * Reads another log, or the same one with other entries put in by hand: then it goes through it up to where it stood,
   * else it begins at its start, or at `seq`. Reads on if it did, or if it is told to.
   */
  read(standing: Standing, { plays, seq: first }: Beginning = { plays: false, seq: null }): Promise<void> {
    this.moves++;
    const moved = this.inTurn(async () => {
      const { reads, session, from } = this;
      const readsOn = plays || session.status.kind === 'running';
      await session.cancel();
      let seq = first;
      if (reads !== null && this.run !== null && reads.opened.run === standing.opened.run) {
        seq = renumber(this.run.seq, reads.manual, standing.manual);
        this.from = { ...from, seq: renumber(from.seq, reads.manual, standing.manual) };
      }
      this.reads = standing;
      const run = this.runOf(standing);
      this.run = run;
      const turns = new Turns(this.context.clock, () => !this.isGone && this.run === run);
      // A timestamp is looked for from the beginning.
      for await (const _slice of run.slices(0, this.from.seq)) if (!(await turns.goOn())) return;
      if (!(await turns.goOn())) return;
      session.take({ run: 1, document: standing.opened.document, files: {} }, run);
      await session.seek({ to: { by: 'seq', seq: seq ?? run.firstSeq }, plays: readsOn });
    });
    return moved.finally(() => this.moves--);
  }

  steer(command: ConsumerCommand): Promise<void> {
    const { session } = this;
    if (command.kind === 'speed') {
      session.setSpeed(command.speed);
      return Promise.resolve();
    }
    return this.inTurn(async () => {
      if (this.isGone) return;
      switch (command.kind) {
        case 'play':
          return session.play();
        case 'pause':
          return session.pause();
        case 'step':
          return session.step();
        case 'seek':
          await session.seek({ to: command.to, plays: session.status.kind === 'running' });
      }
    });
  }

  /** Nothing of it is kept. */
  async remove(): Promise<void> {
    this.isGone = true;
    await this.session.close();
    this.run = null;
    this.reads = null;
  }

  private runOf(standing: Standing): Run {
    const { opened, manual } = standing;
    const { clock, limits, writtenTo } = this.context;
    const { run } = opened;
    const log = run.log.fork(manual, this.from.seq === 0 ? undefined : this.from);
    const own: Run = new Run(run.edits.at(null).document.plan, log, {
      clock,
      limits,
      pointBytes: CONSUMER_POINT_BYTES,
      edits: run.edits,
      // What it leaves out need not be written: it waits at its start.
      writtenTo: () => Math.max(own.firstSeq, writtenTo(standing)),
    });
    return own;
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.busy.then(act);
    this.busy = done.catch(() => undefined);
    return done;
  }
}
