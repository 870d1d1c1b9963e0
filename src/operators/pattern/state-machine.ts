import type { BoundStep } from './bound.ts';
import type { Contiguity } from './config.ts';

/** What a transition asks of a row: all of these conditions of steps, each to hold or not to hold. */
export interface Literal {
  readonly step: number;
  readonly holds: boolean;
}

/** `take`: the row becomes one of the match. `ignore`: it is passed over. `proceed`: the target is asked about the same row. */
export interface Transition {
  readonly action: 'take' | 'ignore' | 'proceed';
  readonly target: PatternState;
  when: readonly Literal[];
}

export interface PatternState {
  /** Place among the machine's states. */
  readonly id: number;
  /** The step whose rows it takes; −1 for the end. */
  readonly step: number;
  /** `pending`: a match once its time is over. `stop`: gone with all that came of the same row. */
  readonly kind: 'normal' | 'pending' | 'final' | 'stop';
  readonly transitions: Transition[];
}

export interface StateMachine {
  readonly start: PatternState;
  /** By id. */
  readonly states: readonly PatternState[];
}

/**
 * The states that a beginning goes through. Built from the last step to the first, as each needs to know what follows.
 * Flink: `NFACompiler`, whose states and transitions these are, and so its matches in all corners.
 */
export function stateMachine(steps: readonly BoundStep[], hasTime: boolean): StateMachine {
  return new Builder(steps, hasTime).build();
}

interface Singleton {
  readonly sink: PatternState;
  /** Where the state goes on to without a row; null where it needs one. */
  readonly around: PatternState | null;
  readonly contiguity: Contiguity;
}

class Builder {
  private readonly states: PatternState[] = [];
  private readonly stops = new Map<number, PatternState>();
  private readonly steps: readonly BoundStep[];
  private readonly hasTime: boolean;

  constructor(steps: readonly BoundStep[], hasTime: boolean) {
    this.steps = steps;
    this.hasTime = hasTime;
  }

  build(): StateMachine {
    let next = this.state(-1, 'final');
    for (let i = this.steps.length - 1; i > 0; i--) next = this.before(i, next);
    return { start: this.positive(0, next), states: this.states };
  }

  private state(step: number, kind: PatternState['kind']): PatternState {
    const state: PatternState = { id: this.states.length, step, kind, transitions: [] };
    this.states.push(state);
    return state;
  }

  /** The step at `i` and what follows it. */
  private before(i: number, next: PatternState): PatternState {
    const step = this.at(i);
    if (!step.negated) return this.positive(i, next);
    if (step.contiguity === 'strict') return this.notNext(i, next);
    // What must not come before a step is a transition of that step; behind the last it is waited for.
    return next.kind === 'final' && this.hasTime ? this.notUntilTheEnd(i) : next;
  }

  private notNext(i: number, next: PatternState): PatternState {
    const state = this.state(i, 'normal');
    // The end is not gone on to before a row has shown that it is another.
    add(state, next.kind === 'final' ? 'ignore' : 'proceed', next, [{ step: i, holds: false }]);
    add(state, 'proceed', this.stop(i), [{ step: i, holds: true }]);
    return state;
  }

  private notUntilTheEnd(i: number): PatternState {
    const state = this.state(i, 'pending');
    add(state, 'proceed', this.stop(i), [{ step: i, holds: true }]);
    add(state, 'ignore', state, [{ step: i, holds: false }]);
    return state;
  }

  private positive(i: number, next: PatternState): PatternState {
    const { minTimes, maxTimes } = this.at(i);
    let first: PatternState;
    if (maxTimes === Infinity) first = this.times(i, this.looping(i, this.withoutNots(i, next)), next, minTimes);
    else if (maxTimes > 1) first = this.times(i, next, next, maxTimes);
    else
      first = this.singleton(i, {
        sink: next,
        around: this.at(i).optional ? next : null,
        contiguity: this.at(i).contiguity,
      });
    this.addStops(i, first);
    return first;
  }

  /** As many states in a row as the step may take rows, or as it must when a loop follows. */
  private times(i: number, sink: PatternState, around: PatternState, most: number): PatternState {
    const { minTimes, optional, greedy, contiguity, repeatContiguity } = this.at(i);
    if (greedy && most !== minTimes) holdOff(sink, i);
    let last = sink;
    for (let row = most; row > 1; row--) {
      last = this.singleton(i, { sink: last, around: row > minTimes ? around : null, contiguity: repeatContiguity });
      this.addStopBehind(i, last);
    }
    return this.singleton(i, { sink: last, around: optional ? around : null, contiguity });
  }

  private looping(i: number, sink: PatternState): PatternState {
    const { greedy, repeatContiguity } = this.at(i);
    const take = [{ step: i, holds: true }];
    const loop = this.state(i, 'normal');
    add(loop, 'proceed', sink, []);
    if (greedy) holdOff(sink, i);
    add(loop, 'take', loop, take);
    this.addStopBehind(i, loop);
    const ignore = passingOver(i, repeatContiguity);
    if (ignore !== null) {
      // Having passed over a row it does not stand at the next step any more: that one passes over rows by itself.
      const between = this.state(i, 'normal');
      add(between, 'take', loop, take);
      add(between, 'ignore', between, ignore);
      add(loop, 'ignore', between, ignore);
      this.addStopBehind(i, between);
    }
    return loop;
  }

  private singleton(i: number, { sink: next, around, contiguity }: Singleton): PatternState {
    const take = [{ step: i, holds: true }];
    const state = this.state(i, 'normal');
    const sink = this.withoutNots(i, next);
    add(state, 'take', sink, take);
    if (around !== null) add(state, 'proceed', around, []);
    const ignore = passingOver(i, contiguity);
    if (ignore === null) return state;
    let between = state;
    if (around !== null) {
      between = this.state(i, 'normal');
      add(between, 'take', sink, take);
      add(between, 'ignore', between, ignore);
      this.addStops(i, between);
    }
    add(state, 'ignore', between, ignore);
    return state;
  }

  /** Steps that must not come before step `i` has taken a row: right before it, or before optional ones that are. */
  private notsBefore(i: number): readonly number[] {
    const nots: number[] = [];
    for (let before = i - 1; before >= 0; before--) {
      const step = this.at(before);
      const isNot = step.negated && step.contiguity !== 'strict';
      if (!isNot && !step.optional) break;
      if (isNot) nots.push(before);
    }
    return nots;
  }

  private addStops(i: number, state: PatternState): void {
    for (const not of this.notsBefore(i)) add(state, 'proceed', this.stop(not), [{ step: not, holds: true }]);
  }

  /** Between the rows of a step that repeats, what must not come behind it must not come either. */
  private addStopBehind(i: number, state: PatternState): void {
    const next = this.steps[i + 1];
    if (next === undefined || !next.negated || next.contiguity === 'strict') return;
    add(state, 'proceed', this.stop(i + 1), [{ step: i + 1, holds: true }]);
  }

  private stop(not: number): PatternState {
    let state = this.stops.get(not);
    if (state === undefined) {
      state = this.state(not, 'stop');
      add(state, 'take', state, [{ step: not, holds: true }]);
      this.stops.set(not, state);
    }
    return state;
  }

  /** Once an optional step has taken a row, what must not come before it may come: A, not B, C?, D takes A C B D. */
  private withoutNots(i: number, state: PatternState): PatternState {
    const nots = this.notsBefore(i);
    if (nots.length === 0 || !this.at(i).optional) return state;
    const copy = this.state(state.step, state.kind);
    for (const { action, target, when } of state.transitions) {
      if (action !== 'proceed') add(copy, action, target === state ? copy : target, when);
      else if (target.kind !== 'stop') add(copy, action, this.withoutNots(i, target), when);
      else if (!nots.includes(target.step)) add(copy, action, target, when);
    }
    return copy;
  }

  private at(i: number): BoundStep {
    const step = this.steps[i];
    if (step === undefined) throw new RangeError(`no step ${i}`);
    return step;
  }
}

function add(state: PatternState, action: Transition['action'], target: PatternState, when: readonly Literal[]): void {
  state.transitions.push({ action, target, when });
}

/** A greedy step keeps the next one from rows that it would take itself. */
function holdOff(next: PatternState, greedy: number): void {
  for (const transition of next.transitions) transition.when = [...transition.when, { step: greedy, holds: false }];
}

/** Which rows may be passed over before the step takes one; null for none. */
function passingOver(step: number, contiguity: Contiguity): readonly Literal[] | null {
  if (contiguity === 'strict') return null;
  return contiguity === 'relaxed' ? [{ step, holds: false }] : [];
}
