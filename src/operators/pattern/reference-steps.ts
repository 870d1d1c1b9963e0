import type { BoundStep } from './bound.ts';

/** Where a beginning stands: at step `step`, of which it has taken `count` rows. */
export interface Standing {
  readonly step: number;
  readonly count: number;
  /** Whether a row was passed over since, so that it cannot go on to the next step without another row of this one. */
  readonly hasPassed: boolean;
}

/** Whether the condition of a step holds for the row in question. */
export type Holds = (step: number) => boolean;

/** What a beginning becomes with a row. */
export interface Outcomes {
  /** Takes the row for step `as` and stands there from now on; null where that completes the match. */
  readonly moves: readonly { readonly as: number | null; readonly to: Standing | null }[];
  /** Whether a row came that must not. */
  readonly isStopped: boolean;
}

/** The rules of steps one by one, without a machine. Flink: `NFACompiler` gives each of them a state. */
export function outcomes(
  steps: readonly BoundStep[],
  hasTime: boolean,
  { from, isBeginning }: { readonly from: Standing; readonly isBeginning: boolean },
  holds: Holds,
): Outcomes {
  const moves: { as: number | null; to: Standing | null }[] = [];
  let isStopped = false;
  for (let at: Standing | null = from; at !== null;) {
    const { step: i, count }: Standing = at;
    const step: BoundStep = steps[i]!;
    if (isHeldOff(steps, at) && holds(greedyBefore(steps, i)!)) break;
    if (step.negated) {
      if (holds(i)) isStopped = true;
      else if (step.contiguity !== 'strict') moves.push({ as: null, to: at });
      else if (i === steps.length - 1) moves.push({ as: null, to: null });
      else {
        at = standingAt(steps, hasTime, i + 1);
        continue;
      }
      break;
    }
    if (holds(i)) {
      const to = afterTaking(steps, hasTime, at);
      moves.push({ as: i, to });
      if (to !== null && endsWithout(steps, hasTime, to, holds)) moves.push({ as: i, to: null });
    }
    const contiguity = count === 0 ? step.contiguity : step.repeatContiguity;
    const mayPass = contiguity === 'relaxed-any' || (contiguity === 'relaxed' && !holds(i));
    if (mayPass && !isBeginning)
      moves.push({ as: null, to: { ...at, hasPassed: at.hasPassed || hasEnough(step, count) } });
    if (mustNotCome(steps, at).some(holds)) isStopped = true;
    at = hasEnough(step, count) && !at.hasPassed ? standingAt(steps, hasTime, i + 1) : null;
  }
  return { moves, isStopped };
}

/** Whether the step can be left as it is. */
function hasEnough({ minTimes, optional }: BoundStep, count: number): boolean {
  return count === 0 ? optional : count >= minTimes;
}

/** At the beginning of step `i`, or of the next if that one only forbids; null at the end. */
export function standingAt(steps: readonly BoundStep[], hasTime: boolean, i: number): Standing | null {
  const step = steps[i];
  if (step === undefined) return null;
  const onlyForbids = step.negated && step.contiguity !== 'strict' && !(hasTime && i === steps.length - 1);
  return onlyForbids ? standingAt(steps, hasTime, i + 1) : { step: i, count: 0, hasPassed: false };
}

function afterTaking(steps: readonly BoundStep[], hasTime: boolean, { step, count }: Standing): Standing | null {
  const { minTimes, maxTimes } = steps[step]!;
  if (count + 1 === maxTimes) return standingAt(steps, hasTime, step + 1);
  // Of any number of rows no more than the least are counted.
  return { step, count: maxTimes === Infinity ? Math.min(count + 1, minTimes) : count + 1, hasPassed: false };
}

/** Whether the match is complete here without a further row. What steps ask, they ask about the row just taken. */
function endsWithout(steps: readonly BoundStep[], hasTime: boolean, from: Standing, holds: Holds): boolean {
  for (let at: Standing | null = from; ; at = standingAt(steps, hasTime, at.step + 1)) {
    if (at === null) return true;
    const step = steps[at.step]!;
    if (isHeldOff(steps, at) && holds(greedyBefore(steps, at.step)!)) return false;
    if (step.negated) {
      if (step.contiguity !== 'strict' || at.step === steps.length - 1 || holds(at.step)) return false;
    } else if (!hasEnough(step, at.count)) return false;
  }
}

/** The step before, if it is greedy and may take one row more or less: it keeps rows for itself that it would take. */
function greedyBefore(steps: readonly BoundStep[], i: number): number | null {
  let before = i - 1;
  while (before >= 0 && steps[before]!.negated && steps[before]!.contiguity !== 'strict') before--;
  const step = steps[before];
  return step !== undefined && !step.negated && step.greedy && step.minTimes !== step.maxTimes ? before : null;
}

function isHeldOff(steps: readonly BoundStep[], { step, count, hasPassed }: Standing): boolean {
  return count === 0 && !hasPassed && greedyBefore(steps, step) !== null;
}

/** The steps that forbid a row here: those before the one that waits for its first row, or behind one that repeats. */
function mustNotCome(steps: readonly BoundStep[], { step: i, count, hasPassed }: Standing): readonly number[] {
  const { minTimes, maxTimes } = steps[i]!;
  const isLoop = maxTimes === Infinity && count >= minTimes;
  const nots: number[] = [];
  const looksBack = count === 0 || (hasPassed && !isLoop);
  for (let before = i - 1; looksBack && before >= 0; before--) {
    const step = steps[before]!;
    const isNot = step.negated && step.contiguity !== 'strict';
    if (isNot) nots.push(before);
    else if (!step.optional) break;
  }
  const next = steps[i + 1];
  if (count > 0 && (!hasPassed || isLoop) && next?.negated === true && next.contiguity !== 'strict') nots.push(i + 1);
  return nots;
}
