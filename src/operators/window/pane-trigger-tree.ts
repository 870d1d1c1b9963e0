import { assert } from '../../stream/assert.ts';
import type { Trigger } from '../shared/trigger.ts';
import type { TriggerMoment } from './pane-trigger.ts';
import { CountTrigger, DefaultTrigger, DelayTrigger, EndTrigger, NeverTrigger, PaneTrigger } from './pane-trigger.ts';
import type { TriggerState } from './pane-trigger-state.ts';

/** The tree of a trigger under Beam's rules. `isMerging`: whether its windows are sessions, which grow together. */
export function paneTrigger(trigger: Trigger, isMerging: boolean, number = 0): PaneTrigger {
  const inside = (inner: readonly Trigger[]): readonly PaneTrigger[] => {
    const nodes: PaneTrigger[] = [];
    for (const one of inner) nodes.push(paneTrigger(one, isMerging, nodes.at(-1)?.nextNumber ?? number + 1));
    return nodes;
  };
  switch (trigger.on) {
    case 'default':
      return new DefaultTrigger(number);
    case 'never':
      return new NeverTrigger(number);
    case 'count':
      return new CountTrigger(number, trigger.rows);
    case 'processing-delay':
      return new DelayTrigger(number, trigger.delayMs);
    case 'repeatedly':
      return new RepeatedTrigger(number, inside([trigger.of]));
    case 'after-first':
      return new FirstTrigger(number, inside(trigger.of));
    case 'after-all':
      return new AllTrigger(number, inside(trigger.of));
    case 'after-each':
      return new EachTrigger(number, inside(trigger.of), isMerging);
    case 'or-finally':
      return new FinallyTrigger(number, inside([trigger.of, trigger.until]));
    case 'end-of-window': {
      const { early, late } = trigger;
      if (early === undefined && late === undefined) return new EndTrigger(number);
      const [first, second] = inside([early ?? { on: 'never' }, ...(late === undefined ? [] : [late])]);
      assert(first !== undefined, 'an early trigger');
      return new AroundEndTrigger(number, { early: first, late: second ?? null, isMerging });
    }
    default:
      throw new Error(`no trigger of Beam: ${trigger.on}`);
  }
}

/** `RepeatedlyStateMachine`: the trigger inside, started anew whenever it has finished. */
class RepeatedTrigger extends PaneTrigger {
  onElement(state: TriggerState, moment: TriggerMoment): void {
    for (const child of this.children) child.onElement(state, moment);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void {
    for (const child of this.children) child.onMerge(state, from, moment);
  }

  shouldFire(state: TriggerState, moment: TriggerMoment): boolean {
    return this.children.some((child) => child.shouldFire(state, moment));
  }

  onFire(state: TriggerState, moment: TriggerMoment): void {
    for (const child of this.children) {
      child.onFire(state, moment);
      if (child.isFinished(state)) child.reset(state);
    }
  }
}

/** `AfterFirstStateMachine`: once, with the first of its triggers. */
class FirstTrigger extends PaneTrigger {
  onElement(state: TriggerState, moment: TriggerMoment): void {
    for (const child of this.children) child.onElement(state, moment);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void {
    for (const child of this.children) child.onMerge(state, from, moment);
    state.setFinished(
      this.number,
      this.children.some((child) => child.isFinished(state)),
    );
  }

  shouldFire(state: TriggerState, moment: TriggerMoment): boolean {
    return this.children.some((child) => child.isFinished(state) || child.shouldFire(state, moment));
  }

  onFire(state: TriggerState, moment: TriggerMoment): void {
    for (const child of this.children) {
      if (child.shouldFire(state, moment)) child.onFire(state, moment);
      else child.clear(state);
    }
    state.setFinished(this.number, true);
  }
}

/** `AfterAllStateMachine`: once, when each of its triggers would. */
class AllTrigger extends PaneTrigger {
  onElement(state: TriggerState, moment: TriggerMoment): void {
    for (const child of this.children) if (!child.isFinished(state)) child.onElement(state, moment);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void {
    for (const child of this.children) child.onMerge(state, from, moment);
    state.setFinished(
      this.number,
      this.children.every((child) => child.isFinished(state)),
    );
  }

  shouldFire(state: TriggerState, moment: TriggerMoment): boolean {
    return this.children.every((child) => child.isFinished(state) || child.shouldFire(state, moment));
  }

  onFire(state: TriggerState, moment: TriggerMoment): void {
    for (const child of this.children) child.onFire(state, moment);
    state.setFinished(this.number, true);
  }
}

/** `AfterEachStateMachine`: its triggers one after the other, each until it has finished. */
class EachTrigger extends PaneTrigger {
  private readonly isMerging: boolean;

  constructor(number: number, children: readonly PaneTrigger[], isMerging: boolean) {
    super(number, children);
    this.isMerging = isMerging;
  }

  private current(state: TriggerState): PaneTrigger | undefined {
    return this.children.find((child) => !child.isFinished(state));
  }

  onElement(state: TriggerState, moment: TriggerMoment): void {
    // A merge may bring a finished trigger back: in sessions all of them keep count.
    if (this.isMerging) for (const child of this.children) child.onElement(state, moment);
    else this.current(state)?.onElement(state, moment);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void {
    let isReached = true;
    for (const child of this.children) {
      if (isReached) {
        child.onMerge(state, from, moment);
        isReached = child.isFinished(state);
      } else child.clear(state);
    }
    this.update(state);
  }

  private update(state: TriggerState): void {
    state.setFinished(this.number, this.current(state) === undefined);
  }

  shouldFire(state: TriggerState, moment: TriggerMoment): boolean {
    return this.current(state)?.shouldFire(state, moment) ?? false;
  }

  onFire(state: TriggerState, moment: TriggerMoment): void {
    this.current(state)?.onFire(state, moment);
    if (this.isMerging) for (const child of this.children) child.clear(state);
    this.update(state);
  }
}

/** `OrFinallyStateMachine`: the first trigger, until it has finished or the second one fires. */
class FinallyTrigger extends PaneTrigger {
  onElement(state: TriggerState, moment: TriggerMoment): void {
    for (const child of this.children) child.onElement(state, moment);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void {
    for (const child of this.children) child.onMerge(state, from, moment);
    this.update(state);
  }

  private update(state: TriggerState): void {
    state.setFinished(
      this.number,
      this.children.some((child) => child.isFinished(state)),
    );
  }

  shouldFire(state: TriggerState, moment: TriggerMoment): boolean {
    return this.children.some((child) => child.shouldFire(state, moment));
  }

  onFire(state: TriggerState, moment: TriggerMoment): void {
    const [actual, until] = this.children;
    if (until?.shouldFire(state, moment) === true) {
      until.onFire(state, moment);
      actual?.clear(state);
    } else actual?.onFire(state, moment);
    this.update(state);
  }
}

/**
 * `AfterWatermarkStateMachine.AfterWatermarkEarlyAndLate`: the early trigger again and again, the end of the window once,
 * the late trigger again and again. That the early one has finished says that the end was reached.
 */
class AroundEndTrigger extends PaneTrigger {
  private readonly early: PaneTrigger;
  private readonly late: PaneTrigger | null;
  private readonly isMerging: boolean;

  constructor(
    number: number,
    {
      early,
      late,
      isMerging,
    }: { readonly early: PaneTrigger; readonly late: PaneTrigger | null; readonly isMerging: boolean },
  ) {
    super(number, late === null ? [early] : [early, late]);
    this.early = early;
    this.late = late;
    this.isMerging = isMerging;
  }

  onElement(state: TriggerState, moment: TriggerMoment): void {
    if (!moment.hasEnded) moment.wakeAtEnd();
    if (this.isMerging) for (const child of this.children) child.onElement(state, moment);
    else this.children.find((child) => !child.isFinished(state))?.onElement(state, moment);
  }

  onMerge(state: TriggerState, from: readonly TriggerState[], moment: TriggerMoment): void {
    const { early, late } = this;
    if (moment.hasEnded && from.every((other) => early.isFinished(other))) {
      state.setFinished(early.number, true);
      late?.onMerge(state, from, moment);
      return;
    }
    early.onMerge(state, from, moment);
    state.setFinished(early.number, false);
    if (late === null) return;
    state.setFinished(late.number, false);
    late.clear(state);
  }

  shouldFire(state: TriggerState, moment: TriggerMoment): boolean {
    const { early, late } = this;
    if (early.isFinished(state)) return late?.shouldFire(state, moment) ?? false;
    return moment.hasEnded || early.shouldFire(state, moment);
  }

  onFire(state: TriggerState, moment: TriggerMoment): void {
    const { early, late } = this;
    if (early.isFinished(state)) {
      if (late === null) state.setFinished(this.number, true);
      else fireAgain(late, state, moment);
    } else if (!moment.hasEnded) fireAgain(early, state, moment);
    else {
      if (early.shouldFire(state, moment)) early.onFire(state, moment);
      state.setFinished(early.number, true);
      early.clear(state);
      // The late trigger ran beside the early one: it starts from here.
      if (late === null) state.setFinished(this.number, true);
      else late.clear(state);
    }
  }
}

/** Fires a trigger that is to go on, whether it has finished or not. */
function fireAgain(trigger: PaneTrigger, state: TriggerState, moment: TriggerMoment): void {
  trigger.onFire(state, moment);
  trigger.clear(state);
  state.setFinished(trigger.number, false);
}
