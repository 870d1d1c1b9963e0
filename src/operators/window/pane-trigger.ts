import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { TriggerState } from './pane-trigger-state.ts';

/** When a trigger is asked, and how it wakes up later. */
export interface TriggerMoment {
  /** Whether the watermark has passed the last millisecond of the window. */
  readonly hasEnded: boolean;
  readonly nowMs: ProcessingTimeMs;
  /** Asks again when the watermark passes the end of the window. */
  wakeAtEnd(): void;
  /** Asks again when the clock has passed this time. */
  wakeAfter(timeMs: ProcessingTimeMs): void;
}

/**
 * A node of a trigger's tree, in the terms of Beam's `TriggerStateMachine`: it is told of each row, may be asked at any
 * moment whether its window should fire, and is told when that happens. A trigger that has finished never fires again; a
 * window whose whole trigger has finished is closed. `number` is the node's place in the tree, parents before children.
 */
export abstract class PaneTrigger {
  readonly number: number;
  readonly children: readonly PaneTrigger[];

  constructor(number: number, children: readonly PaneTrigger[] = []) {
    this.number = number;
    this.children = children;
  }

  /** The number behind the last node of this subtree. */
  get nextNumber(): number {
    return this.children.at(-1)?.nextNumber ?? this.number + 1;
  }

  isFinished(state: TriggerState): boolean {
    return state.isFinished(this.number);
  }

  abstract onElement(state: TriggerState, moment: TriggerMoment): void;

  /** `state` belongs to the window that the windows of `from` have become. */
  abstract onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void;

  abstract shouldFire(state: TriggerState, moment: TriggerMoment): boolean;

  /** The window fires. */
  abstract onFire(state: TriggerState, moment: TriggerMoment): void;

  /** Forgets what it knows of the pane; whether it has finished stays. */
  clear(state: TriggerState): void {
    for (const child of this.children) child.clear(state);
  }

  /** Starts anew. */
  reset(state: TriggerState): void {
    state.revive(this.number, this.nextNumber);
    this.clear(state);
  }
}

/** `DefaultTriggerStateMachine`: at the end of the window, then with each row. Never finishes. */
export class DefaultTrigger extends PaneTrigger {
  onElement(_state: TriggerState, moment: TriggerMoment): void {
    if (!moment.hasEnded) moment.wakeAtEnd();
  }

  onMerge(state: TriggerState, _from: readonly TriggerState[], moment: TriggerMoment): void {
    this.onElement(state, moment);
  }

  shouldFire(_state: TriggerState, { hasEnded }: TriggerMoment): boolean {
    return hasEnded;
  }

  onFire(): void {
    // Fires on.
  }
}

/** `NeverStateMachine`. */
export class NeverTrigger extends PaneTrigger {
  onElement(): void {
    // Waits for nothing.
  }

  onMerge(): void {
    // Waits for nothing.
  }

  shouldFire(): boolean {
    return false;
  }

  onFire(): void {
    // Another trigger fired.
  }
}

/** `AfterPaneStateMachine.elementCountAtLeast`: once so many rows are in the pane. */
export class CountTrigger extends PaneTrigger {
  private readonly rows: number;

  constructor(number: number, rows: number) {
    super(number);
    this.rows = rows;
  }

  onElement(state: TriggerState): void {
    state.setValue(this.number, this.count(state) + 1);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[]): void {
    if (from.some((other) => this.isFinished(other))) {
      state.setFinished(this.number, true);
      this.clear(state);
    } else {
      state.setValue(
        this.number,
        from.reduce((sum, other) => sum + this.count(other), 0),
      );
    }
  }

  private count(state: TriggerState): number {
    const count = state.value(this.number);
    return Number.isNaN(count) ? 0 : count;
  }

  shouldFire(state: TriggerState): boolean {
    return this.count(state) >= this.rows;
  }

  onFire(state: TriggerState): void {
    this.clear(state);
    state.setFinished(this.number, true);
  }

  override clear(state: TriggerState): void {
    state.forget(this.number);
  }
}

/** `AfterProcessingTimeStateMachine`: once more than so much time has passed since the first row of the pane. */
export class DelayTrigger extends PaneTrigger {
  private readonly delayMs: number;

  constructor(number: number, delayMs: number) {
    super(number);
    this.delayMs = delayMs;
  }

  onElement(state: TriggerState, moment: TriggerMoment): void {
    if (!Number.isNaN(state.value(this.number))) return;
    const untilMs = moment.nowMs + this.delayMs;
    state.setValue(this.number, untilMs);
    moment.wakeAfter(untilMs);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void {
    this.clear(state);
    if (this.isFinished(state)) return;
    const waits = from.map((other) => other.value(this.number)).filter((untilMs) => !Number.isNaN(untilMs));
    if (waits.length === 0) return;
    const untilMs = Math.min(...waits);
    state.setValue(this.number, untilMs);
    moment.wakeAfter(untilMs);
  }

  shouldFire(state: TriggerState, { nowMs }: TriggerMoment): boolean {
    // AfterDelayFromFirstElementStateMachine.shouldFire: isAfter, so not at that very time; NaN is never reached.
    return nowMs > state.value(this.number);
  }

  onFire(state: TriggerState): void {
    this.clear(state);
    state.setFinished(this.number, true);
  }

  override clear(state: TriggerState): void {
    state.forget(this.number);
  }
}

/** `AfterWatermarkStateMachine.FromEndOfWindow`: once, at the end of the window. */
export class EndTrigger extends PaneTrigger {
  onElement(_state: TriggerState, moment: TriggerMoment): void {
    if (!moment.hasEnded) moment.wakeAtEnd();
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], { hasEnded }: TriggerMoment): void {
    state.setFinished(this.number, hasEnded && from.every((other) => this.isFinished(other)));
  }

  shouldFire(_state: TriggerState, { hasEnded }: TriggerMoment): boolean {
    return hasEnded;
  }

  onFire(state: TriggerState): void {
    state.setFinished(this.number, true);
  }
}
