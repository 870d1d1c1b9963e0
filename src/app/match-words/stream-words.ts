import { durationText } from '../../stream/duration.ts';
import { dialectNamed } from '../../operators/dialects/dialects.ts';
import type { MatchRequest, MatchWords } from './match-request.ts';
import {
  byKey,
  figure,
  furtherConditions,
  joinFigures,
  paddedRows,
  paddedSides,
  span,
  unmatchedRows,
  withTime,
} from './phrases.ts';

/** Of Kafka's join of two streams, by their shared stream time. */
export function streamJoinWords(request: MatchRequest): MatchWords {
  const { config, engine, left, right, dialect: name } = request;
  const join = joinFigures(request);
  const dialect = dialectNamed(name);
  const isTurned = join.kind === 'right' && dialect.joins.stream?.rightJoinTurnsBounds === true;
  const [first, second] = isTurned ? ['afterMs', 'beforeMs'] : ['beforeMs', 'afterMs'];
  const beforeMs = figure(config[first ?? '']);
  const afterMs = figure(config[second ?? '']);
  const delayMs = Math.max(left.type?.delayMs ?? 0, right.type?.delayMs ?? 0);
  const own = engine['graceMs'];
  const graceMs = typeof own === 'number' ? own : dialect.windows.graceMs(delayMs, figure(config['latenessMs']));
  const isEager = engine['padding'] === 'eager';
  const padded = paddedRows(request, join.kind);
  const sides = paddedSides(join.kind);
  const waits = sides.map((side) => durationText((side === 'left' ? afterMs : beforeMs) + graceMs));
  const wait = [...new Set(waits)].join(' (left) or ') + (new Set(waits).size === 2 ? ' (right)' : '');
  const closes = `once stream time is more than ${wait} past it (grace ${durationText(graceMs)} included)`;
  return {
    sentences: [
      `Each row of ${left.name} joins the rows of ${right.name}${byKey(join)} ${withTime(join)} ${span(-beforeMs, afterMs)}, both ends included.`,
      ...furtherConditions(join),
      ...(padded === null
        ? []
        : [
            isEager
              ? `${padded} without a partner so far comes out with NULL at once, and may come out again with one that follows.`
              : `${padded} that found no partner comes out with NULL ${closes}; at once where that is already so.`,
          ]),
      ...[unmatchedRows(request, join.kind)].filter((sentence) => sentence !== null),
      `Nothing is late: an old row still joins what the other side keeps, the last ${durationText(beforeMs + afterMs + graceMs)} of it.`,
    ],
    drawing: {
      kind: 'span',
      fromMs: -beforeMs,
      toMs: afterMs,
      waitMs: sides.includes('left') && !isEager ? graceMs : null,
    },
  };
}
