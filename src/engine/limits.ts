import type { Problem } from '../stream/problem.ts';

/** What a run may take. Counted by the engine itself: a full heap would take the whole page with it. */
export interface Limits {
  /** Bytes of state, over all operators. */
  readonly stateBytes: number;
  /** Rows that all operators together may emit for one entry of the log, firings of windows aside. */
  readonly outputsPerEntry: number;
}

export const DEFAULT_LIMITS: Limits = { stateBytes: 512 * 1024 * 1024, outputsPerEntry: 100_000 };

/** Most entries in a round. */
export const ROUND_ENTRIES = 4096;
/** Rounds begin short and double: nobody knows yet what an entry brings. */
const FIRST_ROUND_ENTRIES = 256;
/** Rows that a round should emit at most; rounds get shorter where entries bring many rows. */
const ROUND_OUTPUTS = 65_536;
/** Share of a limit from which on rounds are of one entry, so that the limit is met exactly. */
const CAUTION = 0.6;

/** What one round did. */
export interface RoundLoad {
  readonly entries: number;
  /** Rows that all operators emitted. */
  readonly outputs: number;
  /** Most rows that one entry brought forth by itself, firings of windows aside. */
  readonly mostCaused: number;
  readonly stateBytes: number;
}

/** Decides how long the next round may be, and whether a limit was reached. Never changes what comes out. */
export class RoundSizer {
  nextEntries = FIRST_ROUND_ENTRIES;
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  observe({ entries, outputs, mostCaused, stateBytes }: RoundLoad): void {
    const perEntry = outputs / entries;
    const isNear = mostCaused > this.limits.outputsPerEntry * CAUTION;
    if (isNear || stateBytes > this.limits.stateBytes * CAUTION) {
      this.nextEntries = 1;
      return;
    }
    const wanted = perEntry === 0 ? ROUND_ENTRIES : Math.floor(ROUND_OUTPUTS / perEntry);
    // Rounds grow by doubling: the entries that come next may be the heavy ones.
    this.nextEntries = Math.max(1, Math.min(ROUND_ENTRIES, wanted, this.nextEntries * 2));
  }

  /** The limit that the round went over, in words for the user; null when there is none. */
  check(load: RoundLoad, heaviest: () => string | null): Problem | null {
    const { limits } = this;
    if (load.stateBytes > limits.stateBytes) {
      const message =
        `State holds ${grouped(load.stateBytes)} bytes, the limit is ${grouped(limits.stateBytes)}. ` +
        'The run stands after the entry that went over it; nothing is lost.';
      const fix = 'Make windows or join intervals shorter, filter earlier, or raise the limit.';
      return { code: 'state-limit', severity: 'error', path: '', nodeId: heaviest(), message, fix };
    }
    if (load.mostCaused > limits.outputsPerEntry) {
      const message =
        `One entry of the log brought ${grouped(load.mostCaused)} rows, ` +
        `the limit is ${grouped(limits.outputsPerEntry)}.`;
      const fix = 'Join on a key with fewer partners, or shorten the interval.';
      return { code: 'amplification', severity: 'error', path: '', nodeId: heaviest(), message, fix };
    }
    return null;
  }
}

/** 12,403,118 */
function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}
