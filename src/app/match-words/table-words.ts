import { durationText } from '../../stream/duration.ts';
import type { MatchRequest, MatchWords } from './match-request.ts';
import { byKey, figure, furtherConditions, joinFigures, listed, paddedRows, unmatchedRows } from './phrases.ts';

/** Of two tables. */
export function tableJoinWords(request: MatchRequest): MatchWords {
  const { left, right } = request;
  const join = joinFigures(request);
  const ownKey = left.type?.key ?? null;
  const isForeign =
    ownKey !== null &&
    !(ownKey.length === join.leftKeys.length && join.leftKeys.every((name) => ownKey.includes(name)));
  const has: Readonly<Record<string, string>> = {
    inner: 'that both tables have',
    left: `that ${left.name} has, with NULL where ${right.name} lacks it`,
    right: `that ${right.name} has, with NULL where ${left.name} lacks it`,
    full: 'that either table has, with NULL for the one that lacks it',
  };
  const sentences = isForeign
    ? [
        `Each row of ${left.name} finds the row of ${right.name}${byKey(join)}: a foreign key.`,
        `A change of ${right.name} changes the result of every row of ${left.name} that names it.`,
        join.kind === 'left'
          ? `A row of ${left.name} that names none stands there with NULL.`
          : `A row of ${left.name} that names none is not in the result.`,
      ]
    : [
        `The result is a table with one row for each ${listed(join.leftKeys) || 'key'} ${has[join.kind] ?? ''}.`,
        'Each change of either table gives the changed row; a deletion takes it away.',
      ];
  return {
    sentences: [
      ...sentences,
      'Nothing waits and nothing is late: what counts is the order of arrival. Both tables are kept for ever.',
    ],
    drawing: { kind: 'kept', leftMs: null, rightMs: null },
  };
}

/** Of two streams or changelogs over all that they ever held. */
export function regularJoinWords(request: MatchRequest): MatchWords {
  const { left, right, engine } = request;
  const join = joinFigures(request);
  const key = byKey(join);
  const [leftMs, rightMs] = [figure(engine['leftTtlMs']), figure(engine['rightTtlMs'])];
  const takesBack =
    !(join.kind === 'inner' || join.kind === 'semi') ||
    [left, right].some(({ type }) => type !== null && type.changes !== 'append');
  const padded = paddedRows(request, join.kind);
  const first =
    join.kind === 'semi'
      ? `Rows of ${left.name} are in the result while there is a row of ${right.name}${key}.`
      : join.kind === 'anti'
        ? `Rows of ${left.name} are in the result while there is no row of ${right.name}${key}.`
        : `Each row of ${left.name} joins all rows of ${right.name}${key}, however far apart they come.`;
  return {
    sentences: [
      first,
      ...furtherConditions(join),
      ...(padded === null
        ? []
        : [`${padded} comes out with NULL at once while it has no partner, and that is taken back when one comes.`]),
      ...(join.kind === 'semi' || join.kind === 'anti'
        ? []
        : [unmatchedRows(request, join.kind)].filter((each) => each !== null)),
      ...(takesBack ? ['Results are taken back (−U, −D) when the rows that made them change or go.'] : []),
      kept(leftMs, rightMs),
    ],
    drawing: { kind: 'kept', leftMs: leftMs === 0 ? null : leftMs, rightMs: rightMs === 0 ? null : rightMs },
  };

  function kept(oneMs: number, otherMs: number): string {
    if (oneMs === 0 && otherMs === 0) return 'Both sides are kept for ever: state grows with every row.';
    const side = (name: string, ttlMs: number): string =>
      ttlMs === 0
        ? `${name} is kept for ever`
        : `rows of ${name} are forgotten ${durationText(ttlMs)} after they were last written`;
    const sentence = `${side(left.name, oneMs)}; ${side(right.name, otherMs)}, by the processing clock.`;
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  }
}
