import type { RealClock } from '../pacing.ts';
import { yieldToMessages } from '../yield-to-messages.ts';

/** Longest stretch of work before messages are let in. */
const WORK_MS = 8;

/** Work in stretches that lets messages in between, until it is no longer wanted. */
export class Turns {
  private readonly clock: RealClock;
  private readonly isWanted: () => boolean;
  /** When the present stretch is over. */
  deadline: number;
  /** How much of the way is behind, 0..1; null while nobody knows. */
  share: () => number | null = () => null;

  constructor(clock: RealClock, isWanted: () => boolean) {
    this.clock = clock;
    this.isWanted = isWanted;
    this.deadline = clock() + WORK_MS;
  }

  /** False once the work is not wanted any more. */
  async goOn(): Promise<boolean> {
    if (this.clock() >= this.deadline) {
      await yieldToMessages();
      this.deadline = this.clock() + WORK_MS;
    }
    return this.isWanted();
  }
}
