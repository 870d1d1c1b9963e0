import type { BoundStep } from './bound.ts';
import type { Contiguity } from './config.ts';

/** One row that a step took. `at` is its place among the rows of its key, in the order in which they are looked at. */
export interface Taken {
  readonly step: number;
  readonly at: number;
}

/**
 * One way to read the rows from a beginning on. `hope` is what it has settled for by passing a row over; null while nothing
 * was passed over since the last row that was taken, when it may hope for several things.
 */
export interface Reading {
  readonly taken: readonly Taken[];
  readonly hope: Hope | null;
}

/** Which step is to take the next row: the one that took the last (`again`), or one behind it. */
interface Hope {
  readonly step: number;
  readonly again: boolean;
}

export interface Readings {
  /** Those that wait for a further row, or for time. */
  readonly open: readonly Reading[];
  /** Those that the last row made complete. */
  readonly complete: readonly Reading[];
}

/** Whether the row at `at` fulfils the condition of a step for a reading that has taken `taken` before. */
export type Holds = (step: number, at: number, taken: readonly Taken[]) => boolean;

/**
 * All readings of the rows `first` .. `last` that begin with the first of them, found by trying everything. A row is first
 * given to the step that may take it again, then passed over, then the same with the steps behind; so they are ordered.
 */
export function readingsOf(steps: readonly BoundStep[], holds: Holds, first: number, last: number): Readings {
  const open: Reading[] = [];
  const complete: Reading[] = [];
  const follow = (reading: Reading, at: number): void => {
    if (at > last) {
      open.push(reading);
      return;
    }
    const next = readRow(steps, reading, { at, holds });
    if (at === last) complete.push(...next.complete);
    for (const each of next.open) follow(each, at + 1);
  };
  follow({ taken: [], hope: null }, first);
  return { open, complete };
}

/** Whether the end of its time makes the reading a match: it waits for nothing but a row that must not come. */
export function endsWithTime(steps: readonly BoundStep[], { taken, hope }: Reading): boolean {
  const last = steps.length - 1;
  // A step that may take more has not gone on to the negated one before another row was looked at.
  const hopes = hope === null ? hopesAfter(steps, taken) : [hope];
  return lastsOn(steps[last]!) && hopes.every(({ step }) => step === last);
}

interface Look {
  readonly at: number;
  readonly holds: Holds;
}

/**
 * What one more row makes of a reading. A row that must not come ends all that it would have become, matches that this very
 * row completes apart (`NFA.doProcess`).
 */
function readRow(steps: readonly BoundStep[], reading: Reading, look: Look): Readings {
  const { taken, hope } = reading;
  const { at, holds } = look;
  const open: Reading[] = [];
  const complete: Reading[] = [];
  let isOver = false;
  for (const each of hope === null ? hopesAfter(steps, taken) : [hope]) {
    const step = steps[each.step]!;
    if (isHeldOff(steps, reading, each, look)) continue;
    const bars = barsOf(steps, reading, each).filter((bar) => holds(bar, at, taken));
    if (bars.length > 0) isOver = true;
    if (bars.some((bar) => !lastsOn(steps[bar]!))) continue;
    if (step.negated) {
      if (holds(each.step, at, taken)) isOver = true;
      else if (step.contiguity === 'strict') complete.push(reading);
      else open.push({ taken, hope: each });
      continue;
    }
    const isTaken = holds(each.step, at, taken);
    if (isTaken) {
      const after: Reading = { taken: [...taken, { step: each.step, at }], hope: null };
      if (!isFull(steps, after.taken)) open.push(after);
      if (isComplete(steps, after.taken, (place) => holds(place, at, taken))) complete.push(after);
    }
    const between: Contiguity = each.again ? step.repeatContiguity : step.contiguity;
    const passesOver = between === 'relaxed-any' || (between === 'relaxed' && !isTaken);
    if (passesOver && taken.length > 0) open.push({ taken, hope: each });
  }
  return { open: isOver ? [] : open, complete };
}

/** What may come next: the same step again, the one behind it, and behind that as long as steps may be left out. */
function hopesAfter(steps: readonly BoundStep[], taken: readonly Taken[]): readonly Hope[] {
  const hopes: Hope[] = mayRepeat(steps, taken) ? [{ step: lastStep(taken), again: true }] : [];
  if (!mayLeave(steps, taken)) return hopes;
  for (let step = lastStep(taken) + 1; step < steps.length; step++) {
    if (steps[step]!.negated && step < steps.length - 1) continue;
    hopes.push({ step, again: false });
    if (!steps[step]!.optional) break;
  }
  return hopes;
}

/**
 * Negated steps whose rows end a reading with this hope. A relaxed one stands before the step behind it, and before those
 * behind that as far as steps may be left out; one that has taken a row lifts it. It also stands between the rows of a
 * repeated step right before it.
 *
 * Two corners are as `NFACompiler.createSingletonState` builds them, whose state for having passed a row over is made
 * anew: hope for one more row of a step that has enough and may have so many, and hope for an optional step. Both know
 * what stands before the step, lifted or not, and nothing of what stands behind.
 */
function barsOf(steps: readonly BoundStep[], { taken, hope }: Reading, { step, again }: Hope): readonly number[] {
  const last = lastStep(taken);
  const { maxTimes, optional, negated } = steps[step]!;
  const before = negated ? [] : lastingBefore(steps, step);
  if (again) {
    if (hope !== null && mayLeave(steps, taken) && maxTimes < Infinity) return before;
    return steps[step + 1] !== undefined && lastsOn(steps[step + 1]!) ? [step + 1] : [];
  }
  if (hope !== null) return optional ? before : before.filter((i) => i > last);
  const next = steps.flatMap((each, i) => (i > last && i < step && each.negated && !lastsOn(each) ? [i] : []));
  return [...next, ...before.filter((i) => i > last)];
}

/** Relaxed negated steps right before a step, or before optional ones that are. */
function lastingBefore(steps: readonly BoundStep[], step: number): readonly number[] {
  const before = steps[step - 1];
  if (before === undefined || !(before.optional || lastsOn(before))) return [];
  return [...(lastsOn(before) ? [step - 1] : []), ...lastingBefore(steps, step - 1)];
}

/** A negated step that holds for more than the very next row. */
function lastsOn({ negated, contiguity }: BoundStep): boolean {
  return negated && contiguity !== 'strict';
}

/**
 * Whether a greedy step keeps the row from what is behind it: from all that stands between, and as long as the hope is for
 * the step right behind it, unless that one is optional.
 */
function isHeldOff(steps: readonly BoundStep[], { taken, hope }: Reading, { step, again }: Hope, look: Look): boolean {
  if (again) return false;
  const last = lastStep(taken);
  const from = hope === null ? last : steps[step]!.optional ? step : takingBefore(steps, step);
  return holdsOff(steps, { from, to: step, last }, (place) => look.holds(place, look.at, taken));
}

/** The step before, relaxed negated ones left out. */
function takingBefore(steps: readonly BoundStep[], step: number): number {
  const before = steps[step - 1];
  return before !== undefined && lastsOn(before) ? takingBefore(steps, step - 1) : step - 1;
}

interface Passage {
  readonly from: number;
  readonly to: number;
  /** The step that took the last row. */
  readonly last: number;
}

function holdsOff(steps: readonly BoundStep[], { from, to, last }: Passage, holds: (step: number) => boolean): boolean {
  return steps.some(({ greedy, optional, minTimes, maxTimes }, i) => {
    if (!greedy || minTimes === maxTimes || i < from || i >= to || !holds(i)) return false;
    // `NFACompiler.convertPattern`: without a row of a loop that may be left out behind a negated step, another state follows.
    return i === last || !optional || maxTimes < Infinity || lastingBefore(steps, i).length === 0;
  });
}

/** Whether nothing is missing once a row was taken, for which `held` says what conditions it fulfils. */
function isComplete(steps: readonly BoundStep[], taken: readonly Taken[], held: (step: number) => boolean): boolean {
  const last = lastStep(taken);
  const end = steps.length - 1;
  // A negated step that is not the last asks nothing here, a strict one of this row instead of the next: `NFA.findFinalStateAfterProceed`.
  const mayStayAway = (step: BoundStep, i: number): boolean =>
    i <= last || step.optional || (step.negated && i < end && (lastsOn(step) || !held(i)));
  return mayLeave(steps, taken) && steps.every(mayStayAway) && !holdsOff(steps, { from: last, to: end, last }, held);
}

/** Whether no further row can be taken. */
function isFull(steps: readonly BoundStep[], taken: readonly Taken[]): boolean {
  return lastStep(taken) === steps.length - 1 && !mayRepeat(steps, taken);
}

function mayRepeat(steps: readonly BoundStep[], taken: readonly Taken[]): boolean {
  const step = steps[lastStep(taken)];
  return step !== undefined && timesOf(taken) < step.maxTimes;
}

function mayLeave(steps: readonly BoundStep[], taken: readonly Taken[]): boolean {
  const step = steps[lastStep(taken)];
  return step === undefined || timesOf(taken) >= step.minTimes;
}

/** −1 before the first row. */
function lastStep(taken: readonly Taken[]): number {
  return taken.at(-1)?.step ?? -1;
}

/** How many rows the step has that took the last one. */
function timesOf(taken: readonly Taken[]): number {
  return taken.filter(({ step }) => step === lastStep(taken)).length;
}
