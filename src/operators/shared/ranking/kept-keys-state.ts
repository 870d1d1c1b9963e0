import type { StateUntil } from '../../../stream/state-look.ts';
import type { DurationMs, ProcessingTimeMs } from '../../../stream/time.ts';

interface Stamped {
  /** When the key was written last. */
  writtenAtMs: ProcessingTimeMs;
}

/**
 * What is kept for each key, by key number, with a time to live by the processing clock: the key written least lately comes
 * first. Flink: `StateTtlConfig`, OnCreateAndWrite; state written at t is gone from t + ttlMs on (`TtlUtils.expired`).
 */
export class KeptKeys<State extends Stamped> implements Iterable<[number, State]> {
  private readonly states = new Map<number, State>();
  private readonly ttlMs: DurationMs;

  /** 0 for ever. */
  constructor(ttlMs: DurationMs) {
    this.ttlMs = ttlMs;
  }

  get size(): number {
    return this.states.size;
  }

  get(key: number): State | undefined {
    return this.states.get(key);
  }

  /** Notes that the key was written; with a time to live it moves behind all others. */
  write(key: number, state: State, nowMs: ProcessingTimeMs): void {
    state.writtenAtMs = nowMs;
    if (this.ttlMs > 0) this.states.delete(key);
    this.states.set(key, state);
  }

  /** Puts a key behind all others as a snapshot has it. */
  restored(key: number, state: State): void {
    this.states.set(key, state);
  }

  delete(key: number): void {
    this.states.delete(key);
  }

  /** Forgets every key whose time has come, after `forget` has seen it. */
  expire(nowMs: ProcessingTimeMs, forget: (key: number, state: State) => void): void {
    if (this.ttlMs === 0) return;
    for (const [key, state] of this.states) {
      if (state.writtenAtMs + this.ttlMs > nowMs) return;
      forget(key, state);
      this.states.delete(key);
    }
  }

  /** Which keys come first, in words. */
  get order(): string {
    return this.ttlMs === 0 ? 'that came first' : 'that were written least lately';
  }

  /** When a key is forgotten; null for never. */
  untilOf({ writtenAtMs }: State): StateUntil | null {
    return this.ttlMs === 0 ? null : { timeMs: writtenAtMs + this.ttlMs, does: 'goes', isByClock: true };
  }

  [Symbol.iterator](): Iterator<[number, State]> {
    return this.states.entries();
  }
}
