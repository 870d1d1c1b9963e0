import type { Problem } from '../stream/problem.ts';

/** What a run may take. Counted by the engine itself: a full heap would take the whole page with it. */
export interface Limits {
  /** Bytes of state, over all operators. */
  readonly stateBytes: number;
  /** Rows that one operator may emit for one entry of the log, firings of windows aside. */
  readonly outputsPerEntry: number;
}

export const DEFAULT_LIMITS: Limits = { stateBytes: 512 * 1024 * 1024, outputsPerEntry: 100_000 };

/** Most entries in a round. */
export const ROUND_ENTRIES = 4096;
/** Entries of the very first round: nobody knows yet what an entry brings. */
const PROBE_ENTRIES = 16;
/** Rounds begin short and double. */
const FIRST_ROUND_ENTRIES = 256;
/** Rows that a round should emit, going by the round before. */
const ROUND_OUTPUTS = 65_536;
/** Rows that a round may emit at the very most, firings aside, going by what the operators hold. */
const ROUND_OUTPUTS_MAX = 2_097_152;
/** Share of the room for state that a round may fill, if its entries bring as much as those of the round before. */
const ROUND_STATE = 0.25;
/** Share of a limit from which on rounds are of one entry, so that the limit is met exactly. */
const CAUTION = 0.6;

/** What one round did. */
export interface RoundLoad {
  readonly entries: number;
  /** Rows that all operators emitted. */
  readonly outputs: number;
  /** Most rows that one operator emitted for one entry, firings of windows aside, and its id. */
  readonly mostCaused: number;
  readonly causedBy: string | null;
  readonly stateBytes: number;
}

/** Most rows that all operators may emit for one entry, if up to `entries` others come before it in the round. */
export type MostOutputs = (entries: number) => number;

/** Decides how long the next round may be, and whether a limit was reached. Never changes what comes out. */
export class RoundSizer {
  private wanted = FIRST_ROUND_ENTRIES;
  private hasSeen = false;
  private stateBytes = 0;
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Entries that the next round may have, 1 to `ROUND_ENTRIES`. */
  nextEntries(mostOutputs: MostOutputs): number {
    let entries = this.hasSeen ? this.wanted : PROBE_ENTRIES;
    while (entries > 1 && mostOutputs(entries) * entries > ROUND_OUTPUTS_MAX) entries = Math.ceil(entries / 2);
    return entries;
  }

  observe({ entries, outputs, mostCaused, stateBytes }: RoundLoad): void {
    const grownBytes = Math.max(0, stateBytes - this.stateBytes) / entries;
    this.hasSeen = true;
    this.stateBytes = stateBytes;
    const isNear = mostCaused > this.limits.outputsPerEntry * CAUTION;
    if (isNear || stateBytes > this.limits.stateBytes * CAUTION) {
      this.wanted = 1;
      return;
    }
    const perEntry = outputs / entries;
    const affordable = perEntry === 0 ? ROUND_ENTRIES : Math.floor(ROUND_OUTPUTS / perEntry);
    const roomBytes = (this.limits.stateBytes - stateBytes) * ROUND_STATE;
    const holdable = grownBytes === 0 ? ROUND_ENTRIES : Math.floor(roomBytes / grownBytes);
    this.wanted = Math.max(1, Math.min(ROUND_ENTRIES, affordable, holdable, this.wanted * 2));
  }

  /** The limit that the round went over, in words for the user; null when there is none. */
  check(load: RoundLoad, heaviest: () => string | null): Problem | null {
    const { limits } = this;
    if (load.stateBytes > limits.stateBytes) {
      const message =
        `State holds ${grouped(load.stateBytes)} bytes, the limit is ${grouped(limits.stateBytes)}. ` +
        'The run stands after the entry that went over it; nothing is lost.';
      const fix = 'Make windows or join intervals shorter, filter earlier, or group by fewer keys.';
      return { code: 'state-limit', severity: 'error', path: '', nodeId: heaviest(), message, fix };
    }
    if (load.mostCaused > limits.outputsPerEntry) {
      const message =
        `One entry of the log brought ${grouped(load.mostCaused)} rows, ` +
        `the limit is ${grouped(limits.outputsPerEntry)}.`;
      const fix = 'Join on a key with fewer partners, or shorten the interval.';
      return { code: 'amplification', severity: 'error', path: '', nodeId: load.causedBy, message, fix };
    }
    return null;
  }
}

/** 12,403,118 */
function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}
