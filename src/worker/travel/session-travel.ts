import type { Run } from '../run.ts';
import type { RealClock } from '../pacing.ts';
import type { SeekRequest } from '../travel-protocol.ts';
import { Turns } from './turns.ts';

/** Brings a run somewhere. False when it was given up. */
export type Way = (run: Run, turns: Turns) => Promise<boolean>;

/** One seek while it is under way. */
export interface Seek {
  /** False once another command took its place. */
  readonly isWanted: () => boolean;
  /** To be called when it is over. True when the run is to go on. */
  readonly end: () => boolean;
}

/** Which seek counts: the newest, until it is there or something else moves the run. */
export class SessionTravel {
  private current: { plays: boolean } | null = null;
  private turns: Turns | null = null;
  private resolve: () => void = () => undefined;
  private arrived: Promise<void> = Promise.resolve();

  get isUnderWay(): boolean {
    return this.current !== null;
  }

  begin({ plays }: Pick<SeekRequest, 'plays'>): Seek {
    if (this.current === null) this.arrived = new Promise((resolve) => (this.resolve = resolve));
    const seek = { plays };
    this.current = seek;
    return {
      isWanted: () => this.current === seek,
      end: () => {
        if (this.current === seek) this.giveUp();
        return seek.plays;
      },
    };
  }

  /** Those in which a seek is carried out. */
  turnsOf(seek: Seek, clock: RealClock): Turns {
    return (this.turns = new Turns(clock, seek.isWanted));
  }

  /** How much of its way the seek under way has gone, 0..1; null while nobody knows, or none is. */
  share(): number | null {
    return this.current === null ? null : (this.turns?.share() ?? null);
  }

  giveUp(): void {
    this.current = null;
    this.resolve();
  }

  /** Kept once no seek is under way; the run goes on from there, or stands, as it is said last. */
  arrival({ plays }: Pick<SeekRequest, 'plays'>): Promise<void> {
    if (this.current !== null) this.current.plays = plays;
    return this.arrived;
  }
}
