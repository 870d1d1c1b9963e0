import { DELAY_MS } from './query.ts';

export interface WindowPlan<State> {
  readonly sizeMs: number;
  readonly advanceMs: number;
  readonly create: () => State;
  /** Called once a window, when the watermark reaches its end. */
  readonly close: (state: State, startMs: number, endMs: number) => void;
}

/** Windows of event time as somebody would write them who has no library: a map from start to state. */
export class WindowsByHand<State> {
  private readonly plan: WindowPlan<State>;
  private readonly open = new Map<number, State>();
  private maxMs = -Infinity;

  constructor(plan: WindowPlan<State>) {
    this.plan = plan;
  }

  /** The states of the windows that an event belongs to, those that are closed left out. */
  of(timeMs: number): readonly State[] {
    const { sizeMs, advanceMs, create } = this.plan;
    const states: State[] = [];
    const newest = Math.floor(timeMs / advanceMs) * advanceMs;
    for (let startMs = newest; startMs > timeMs - sizeMs; startMs -= advanceMs) {
      if (startMs + sizeMs - 1 <= this.maxMs - DELAY_MS - 1) continue;
      let state = this.open.get(startMs);
      if (state === undefined) {
        state = create();
        this.open.set(startMs, state);
      }
      states.push(state);
    }
    return states;
  }

  /** Moves the watermark behind an event of any type. */
  advance(timeMs: number): void {
    if (timeMs <= this.maxMs) return;
    this.maxMs = timeMs;
    this.closeUntil(timeMs - DELAY_MS - 1);
  }

  end(): void {
    this.closeUntil(Infinity);
  }

  private closeUntil(watermark: number): void {
    const { sizeMs, close } = this.plan;
    for (const [startMs, state] of this.open) {
      if (startMs + sizeMs - 1 > watermark) continue;
      this.open.delete(startMs);
      close(state, startMs, startMs + sizeMs);
    }
  }
}
