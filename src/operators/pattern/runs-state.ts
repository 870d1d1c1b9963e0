import type { EventTimeMs } from '../../stream/time.ts';
import type { PatternBound } from './bound.ts';
import type { Literal, PatternState, StateMachine, Transition } from './state-machine.ts';

/** An input row that waits, or that a beginning holds. */
export interface KeptRow {
  readonly handle: number;
  /** Event time, or the processing time at which it came. */
  readonly timeMs: EventTimeMs;
  /** How many rows came before it. */
  readonly arrival: number;
  /** Bit i: whether the condition of step i holds, for those that ask about the row alone. */
  readonly holds: number;
  /** How many places hold it. */
  refs: number;
  /** Whether it was in something that came out. */
  isTold: boolean;
}

/** The rows that a beginning has taken, last first. Beginnings that parted share what they had until then. */
export interface TakenRow {
  readonly step: number;
  readonly row: KeptRow;
  readonly previous: TakenRow | null;
  refs: number;
}

/** A beginning, where it stands, and what it has taken. */
export interface Run {
  readonly state: PatternState;
  readonly path: TakenRow;
  readonly start: KeptRow;
}

/** What is known of one key. Runs and matches stand in the order of their first rows, then in that of their making. */
export interface KeyState {
  readonly key: number;
  /** Rows that wait for the watermark, by time, equal times by arrival. */
  queue: KeptRow[];
  runs: readonly Run[];
  /** Matches that wait for earlier beginnings. */
  matches: readonly Run[];
}

/** What the machine needs of those that run it. */
export interface RunsOwner {
  /** Whether the condition of a step holds for a row, given what was taken before; only of those that ask about that. */
  asks(step: number, row: KeptRow, path: TakenRow | null): boolean;
  /** A match comes out, at `timeMs`. */
  match(run: Run, timeMs: EventTimeMs): void;
  /** The time of a beginning is over. */
  timedOut(run: Run, timeMs: EventTimeMs): void;
  /** Nobody holds the row any more. */
  settle(row: KeptRow): void;
}

/** Leads the beginnings of a key through the machine. Flink: `NFA.process`, `NFA.advanceTime`. */
export class Runs {
  /** How many beginnings there are, and matches that wait. */
  live = 0;
  /** Rows in their paths. */
  taken = 0;
  private readonly bound: PatternBound;
  private readonly machine: StateMachine;
  private readonly owner: RunsOwner;

  constructor(bound: PatternBound, machine: StateMachine, owner: RunsOwner) {
    this.bound = bound;
    this.machine = machine;
    this.owner = owner;
  }

  /** Takes the next row of the key. */
  process(state: KeyState, row: KeptRow): void {
    const former = state.runs;
    const runs: Run[] = [];
    const found: Run[] = [];
    for (const run of former) {
      this.step(run, row, runs, found);
      this.drop(run);
    }
    this.step(null, row, runs, found);
    state.runs = runs;
    state.matches = inOrder(state.matches, found);
    this.release(state, row.timeMs);
  }

  /** No row before `timeMs` follows: ends the beginnings whose time is over, tells what waited for them. */
  advance(state: KeyState, timeMs: EventTimeMs): void {
    const { withinMs, timeouts } = this.bound;
    let over = 0;
    if (withinMs > 0) while (over < state.runs.length && timeMs - state.runs[over]!.start.timeMs >= withinMs) over++;
    if (over === 0) return;
    const ended = state.runs.slice(0, over);
    state.runs = state.runs.slice(over);
    state.matches = inOrder(
      state.matches,
      ended.filter(({ state: at }) => at.kind === 'pending'),
    );
    this.release(state, timeMs);
    for (const run of ended) {
      if (run.state.kind === 'pending') continue;
      if (timeouts) this.owner.timedOut(run, run.start.timeMs + withinMs);
      this.drop(run);
    }
  }

  /** What becomes of a beginning with a row; null stands for the one that every row may be. */
  private step(run: Run | null, row: KeptRow, runs: Run[], found: Run[]): void {
    const path = run?.path ?? null;
    const known = new Map<number, boolean>();
    const holds = (when: readonly Literal[]): boolean =>
      when.every((literal) => this.holds(literal.step, row, path, known) === literal.holds);
    const next: Run[] = [];
    let isStopped = false;
    for (const { source, transition } of this.transitions(run?.state ?? this.machine.start, holds)) {
      const { action, target } = transition;
      if (action === 'ignore') {
        if (run !== null) next.push(this.make(target, run.path, run.start));
        continue;
      }
      if (target.kind === 'stop') {
        isStopped = true;
        continue;
      }
      const taken = this.take(source.step, row, path);
      next.push(this.make(target, taken, run?.start ?? row));
      const end = this.endBehind(target, holds);
      if (end !== null) next.push(this.make(end, taken, run?.start ?? row));
    }
    for (const each of next) {
      if (each.state.kind === 'final') found.push(each);
      else if (isStopped) this.drop(each);
      else runs.push(each);
    }
  }

  /** Those that take the row or pass it over, of the state and of all that it goes on to without a row. */
  private transitions(
    from: PatternState,
    holds: (when: readonly Literal[]) => boolean,
  ): readonly { readonly source: PatternState; readonly transition: Transition }[] {
    const found: { readonly source: PatternState; readonly transition: Transition }[] = [];
    const open = [from];
    for (let source = open.pop(); source !== undefined; source = open.pop()) {
      for (const transition of source.transitions) {
        if (!holds(transition.when)) continue;
        if (transition.action === 'proceed') open.push(transition.target);
        else found.push({ source, transition });
      }
    }
    return found;
  }

  /** The end, where the state goes on to it without a further row. `NFA.findFinalStateAfterProceed` */
  private endBehind(from: PatternState, holds: (when: readonly Literal[]) => boolean): PatternState | null {
    const open = [from];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const { action, target, when } of state.transitions) {
        if (action !== 'proceed' || !holds(when)) continue;
        if (target.kind === 'final') return target;
        open.push(target);
      }
    }
    return null;
  }

  private holds(step: number, row: KeptRow, path: TakenRow | null, known: Map<number, boolean>): boolean {
    if (this.bound.steps[step]!.asks.length === 0) return ((row.holds >> step) & 1) === 1;
    let answer = known.get(step);
    if (answer === undefined) {
      answer = this.owner.asks(step, row, path);
      known.set(step, answer);
    }
    return answer;
  }

  /** Hands out matches that no earlier beginning can overtake. `NFA.processMatchesAccordingToSkipStrategy` */
  private release(state: KeyState, timeMs: EventTimeMs): void {
    const { skip } = this.bound;
    while (state.matches.length > 0) {
      const first = state.matches[0]!;
      const earliest = state.runs[0];
      if (skip !== 'no-skip' && earliest !== undefined && isBefore(earliest.start, first.start)) return;
      state.matches = state.matches.slice(1);
      if (skip !== 'no-skip') {
        const isGivenUp = this.givesUp(first);
        state.runs = this.without(state.runs, isGivenUp);
        state.matches = this.without(state.matches, isGivenUp);
      }
      this.owner.match(first, timeMs);
      this.drop(first);
    }
  }

  /** Which others a match ends, by their first rows. */
  private givesUp(match: Run): (run: Run) => boolean {
    const { skip, skipStep } = this.bound;
    if (skip === 'to-next') return ({ start }) => !isBefore(match.start, start);
    const last = match.path.row;
    if (skip === 'past-last') return ({ start }) => !isBefore(last, start);
    let target: KeptRow | null = null;
    for (let taken: TakenRow | null = match.path; taken !== null; taken = taken.previous) {
      if (taken.step !== skipStep) continue;
      target = taken.row;
      if (skip === 'to-last') break;
    }
    return ({ start }) => target !== null && isBefore(start, target);
  }

  private without(runs: readonly Run[], isGivenUp: (run: Run) => boolean): readonly Run[] {
    return runs.filter((run) => {
      if (!isGivenUp(run)) return true;
      this.drop(run);
      return false;
    });
  }

  /** Makes a beginning that holds its path. */
  make(state: PatternState, path: TakenRow, start: KeptRow): Run {
    path.refs++;
    this.live++;
    return { state, path, start };
  }

  /** Adds a row to a path; whoever makes a beginning of it holds it. */
  take(step: number, row: KeptRow, previous: TakenRow | null): TakenRow {
    row.refs++;
    if (previous !== null) previous.refs++;
    this.taken++;
    return { step, row, previous, refs: 0 };
  }

  private drop({ path }: Run): void {
    this.live--;
    let taken: TakenRow | null = path;
    while (taken !== null && --taken.refs === 0) {
      this.taken--;
      this.letGo(taken.row);
      taken = taken.previous;
    }
  }

  letGo(row: KeptRow): void {
    if (--row.refs === 0) this.owner.settle(row);
  }
}

/** Rows of a key by time, then arrival. */
export function isBefore(a: KeptRow, b: KeptRow): boolean {
  return a.timeMs === b.timeMs ? a.arrival < b.arrival : a.timeMs < b.timeMs;
}

function inOrder(waiting: readonly Run[], found: readonly Run[]): readonly Run[] {
  if (found.length === 0) return waiting;
  return [...waiting, ...found].sort((a, b) => a.start.timeMs - b.start.timeMs || a.start.arrival - b.start.arrival);
}
