import type { WindowJoinBound } from '../operators/join-window/bound.ts';
import type { WindowBound } from '../operators/window/bound.ts';
import type { Plan } from '../pipeline/plan.ts';
import { assert } from '../stream/assert.ts';
import type { Entry } from './log.ts';
import { OPERATOR_ID } from './scenario.ts';

/** What law 7 reads of a result, as the contract writes it. */
export interface EmittedResult {
  readonly seq: number;
  readonly phase: number;
  readonly node: string;
  readonly ts: number | null;
  readonly window: readonly [number, number] | null;
  readonly pane: { readonly timing: string; readonly index: number } | null;
}

export interface Circumstances {
  readonly plan: Plan;
  /** The operator's watermark after each entry. */
  readonly steps: readonly number[];
  readonly entries: readonly Entry[];
}

export interface Moment {
  /** The window's watermark before and after the entry that a result came with. */
  readonly before: number;
  readonly after: number;
  readonly now: number;
  /** The largest event time of the rows that it took up to then. */
  readonly largest: number;
}

/** Throws if the operator's result could not come out at that entry by the rules of the dialect. */
export function mayEmit(result: EmittedResult, { plan, steps, entries }: Circumstances): void {
  if (result.node !== 'sink-out') return;
  const node = plan.nodes.find(({ id }) => id === OPERATOR_ID)!;
  if (node.kind !== 'window' && node.kind !== 'join.window') return;
  const { seq } = result;
  const times = entries.slice(0, seq + 1).flatMap((entry) => (entry.kind === 'row' ? entry.ts : []));
  const moment = {
    before: steps[seq - 1] ?? -Infinity,
    after: steps[seq]!,
    now: entries[seq]!.at,
    largest: Math.max(...times.filter((time) => !Number.isNaN(time))),
  };
  if (node.kind === 'window') windowMayEmit(result, node.bound as WindowBound, moment, plan);
  else joinMayEmit(result, node.bound as WindowJoinBound, moment, plan);
}

/** The same of a window anywhere in a plan. */
export function windowMayEmit(result: EmittedResult, bound: WindowBound, moment: Moment, plan: Plan): void {
  if (result.window === null || result.pane === null) return;
  const rule =
    plan.dialect.windows.machine === 'stores'
      ? store(result, bound, moment)
      : bound.timeDomain === 'processing'
        ? onClock(result, bound, moment)
        : byWatermark(result, bound, { ...moment, plan });
  const { before, after, now } = moment;
  assert(rule, () => `${JSON.stringify(result)} must not come out while W goes ${before} to ${after}, clock ${now}`);
}

/**
 * A join's window: on time when the watermark or the clock completes it; again with rows that come before it is forgotten.
 * Its bounds are told in local time.
 */
function joinMayEmit(result: EmittedResult, bound: WindowJoinBound, { before, after, now }: Moment, plan: Plan): void {
  const { windows } = plan.dialect;
  const endMs = (result.window?.[1] ?? Number.NaN) - (bound.inherited?.[0].localOffsetMs ?? 0);
  const [fireAt, cleanupAt] = [windows.fireAt(endMs), windows.cleanupAt(endMs, bound.latenessMs)];
  const isOnTime = result.pane?.timing === 'on-time';
  const rule =
    bound.timeDomain === 'processing'
      ? isOnTime && result.phase === 1 && now >= fireAt
      : isOnTime
        ? result.phase === 1 && before < fireAt && after >= fireAt
        : before >= fireAt && before < cleanupAt;
  assert(rule && result.ts === endMs - 1, () => `${JSON.stringify(result)} must not come out at ${before} to ${after}`);
}

/** With a row and its time; on close not before the largest time so far has left the window behind by its grace. */
function store({ phase, window, ts }: EmittedResult, bound: WindowBound, { largest }: Moment): boolean {
  const [start, end] = window!;
  if (phase !== 0 || ts === null || ts < start || ts > end) return false;
  if (bound.emission !== 'on-close') return true;
  if (bound.kind === 'session') return end + bound.gapMs + bound.graceMs < largest;
  return bound.kind === 'sliding' ? end + bound.graceMs < largest : end + bound.graceMs <= largest;
}

/** On time when the clock has come to the window's last millisecond, early before; never late. */
function onClock({ phase, window, pane, ts }: EmittedResult, bound: WindowBound, { now }: Moment): boolean {
  const [, end] = window!;
  if (ts !== end - 1) return false;
  if (bound.result === 'rows' && bound.kind !== 'session') return true;
  return pane!.timing === 'on-time' ? phase === 1 && now >= end - 1 : pane!.timing === 'early';
}

/**
 * On time: when the watermark completes the window, or with what a trigger waits for after it. Early: before. Late: it was
 * complete and is not yet forgotten.
 */
function byWatermark(
  result: EmittedResult,
  bound: WindowBound,
  { before, after, plan }: Moment & { readonly plan: Plan },
): boolean {
  const { windows } = plan.dialect;
  const { phase, pane } = result;
  const [startMs, endMs] = result.window!;
  const [fireAt, cleanupAt] = [windows.fireAt(endMs), windows.cleanupAt(endMs, bound.latenessMs)];
  const isPanes = windows.machine === 'panes';
  if (isPanes && bound.engine.timestamps !== 'end-of-window') {
    if (result.ts === null || result.ts >= endMs) return false;
  } else if (result.ts !== windows.resultTimeMs(startMs, endMs)) return false;
  if (bound.result === 'rows' && bound.kind !== 'session') return phase === 0;
  switch (pane!.timing) {
    case 'early':
      return before < fireAt;
    case 'on-time':
      if (isPanes) return phase === 1 ? after >= fireAt : before >= fireAt;
      return phase === 1 && before < fireAt && after >= fireAt;
    default:
      // The watermark that ends a window's lateness may bring its last pane.
      return before >= fireAt && (before < cleanupAt || bound.latenessMs === 0);
  }
}
