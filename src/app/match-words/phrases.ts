import { durationText } from '../../stream/duration.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { MatchRequest } from './match-request.ts';

/** The parameters that every join has. */
export interface JoinFigures {
  readonly kind: string;
  readonly leftKeys: readonly string[];
  readonly rightKeys: readonly string[];
  readonly residual: string;
  readonly nullSafeKeys: readonly string[];
}

export function joinFigures({ config }: MatchRequest): JoinFigures {
  return {
    kind: text(config['kind'], 'inner'),
    leftKeys: texts(config['leftKeys']),
    rightKeys: texts(config['rightKeys']),
    residual: text(config['residual'], '').trim(),
    nullSafeKeys: texts(config['nullSafeKeys']),
  };
}

export function text(value: unknown, other: string): string {
  return typeof value === 'string' ? value : other;
}

export function figure(value: unknown): DurationMs {
  return typeof value === 'number' ? value : 0;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** `with the same user_id`, `whose user_id is its buyer_id`: of the right row, as the left one sees it. */
export function byKey({ leftKeys, rightKeys }: JoinFigures): string {
  if (leftKeys.length === 0 || leftKeys.length !== rightKeys.length) return '';
  if (leftKeys.every((name, i) => name === rightKeys[i])) return ` with the same ${listed(leftKeys)}`;
  return ` whose ${listed(rightKeys.map((name, i) => `${name} is its ${leftKeys[i] ?? ''}`))}`;
}

/** Leads from the key to the span of times. */
export function withTime(join: JoinFigures): string {
  return byKey(join) === '' ? 'whose time is' : 'and whose time is';
}

/** `from 10 min before it to 2 min after it`: right times about the left one; both ends count. */
export function span(fromMs: DurationMs, toMs: DurationMs): string {
  if (fromMs === 0 && toMs === 0) return 'at its very time';
  if (fromMs === toMs) return `exactly ${moment(fromMs)}`;
  if (fromMs === -toMs) return `at most ${durationText(toMs)} before or after it`;
  return `from ${moment(fromMs)} to ${moment(toMs)}`;
}

/** How far a clock is when it stands so long behind a row's time: `is 10 min past it`. */
export function pastBy(offsetMs: DurationMs): string {
  if (offsetMs === 0) return 'has passed it';
  return offsetMs < 0 ? `has come within ${durationText(-offsetMs)} of it` : `is ${durationText(offsetMs)} past it`;
}

function moment(offsetMs: DurationMs): string {
  if (offsetMs === 0) return 'its own time';
  return offsetMs < 0 ? `${durationText(-offsetMs)} before it` : `${durationText(offsetMs)} after it`;
}

/** What holds beside key and time. */
export function furtherConditions(join: JoinFigures): readonly string[] {
  const { residual, nullSafeKeys, leftKeys } = join;
  const safe = leftKeys.filter((name) => nullSafeKeys.includes(name));
  return [
    ...(residual === '' ? [] : [`They match only if also ${residual}.`]),
    ...(safe.length === 0 ? [] : [`NULL in ${listed(safe)} matches NULL.`]),
  ];
}

/** Sides whose rows come out without partner, the other side NULL. */
export function paddedSides(kind: string): readonly ('left' | 'right')[] {
  if (kind === 'full') return ['left', 'right'];
  return kind === 'left' || kind === 'right' ? [kind] : [];
}

/** `A row of Clicks`, `A row of either side`, `Rows`: those that come out without partner. */
export function paddedRows(request: MatchRequest, kind: string): string | null {
  const sides = paddedSides(kind);
  const [only] = sides;
  if (only === undefined) return null;
  return sides.length === 2 ? 'A row of either side' : `A row of ${request[only].name}`;
}

/** What becomes of the others, where only some or none come out without partner. */
export function unmatchedRows(request: MatchRequest, kind: string): string | null {
  const padded = paddedSides(kind);
  if (padded.length === 2) return null;
  if (padded.length === 0) return 'Rows without partner do not come out.';
  const other = padded[0] === 'left' ? request.right : request.left;
  return `Rows of ${other.name} without partner do not come out.`;
}
