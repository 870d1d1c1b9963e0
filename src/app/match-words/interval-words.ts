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
  pastBy,
  span,
  unmatchedRows,
  withTime,
} from './phrases.ts';

export function intervalWords(request: MatchRequest): MatchWords {
  const { config, engine, left, right, dialect, timeDomain } = request;
  const join = joinFigures(request);
  const [lowerMs, upperMs] = [figure(config['lowerMs']), figure(config['upperMs'])];
  const isClock = timeDomain === 'processing';
  const when = isClock ? 'that arrive' : withTime(join);
  if (lowerMs > upperMs) {
    return {
      sentences: [`The interval ends before it begins: no row of ${left.name} finds a partner.`],
      drawing: null,
    };
  }
  const holdsBack = dialectNamed(dialect).joins.interval.machine === 'caches';
  const extraMs = figure(engine['latenessMs']) + figure(engine['minCleanupMs']);
  const delayMs = Math.max(-lowerMs, upperMs, 0) + figure(engine['latenessMs']);
  const padded = paddedRows(request, join.kind);
  const sides = paddedSides(join.kind);
  const waits = { left: upperMs + extraMs, right: extraMs - lowerMs };
  const wait =
    sides.length === 2 && waits.left !== waits.right
      ? `${pastBy(waits.left)} (left) or ${pastBy(waits.right)} (right)`
      : pastBy(waits[sides[0] ?? 'left']);
  const clock = isClock ? 'clock' : 'watermark';
  return {
    sentences: [
      `Each row of ${left.name} joins the rows of ${right.name}${byKey(join)} ${when} ${span(lowerMs, upperMs)}, both ends included.`,
      ...furtherConditions(join),
      ...(padded === null
        ? []
        : [
            `${padded} that found no partner comes out with NULL once the ${clock} ${wait}, when none can come any more.`,
          ]),
      ...optional(unmatchedRows(request, join.kind)),
      holdsBack
        ? `The watermark behind the join is ${durationText(delayMs)} behind, so that no result is late there.`
        : 'A row behind the watermark is late: it leaves by “late rows” and joins nothing.',
    ],
    drawing: {
      kind: 'span',
      fromMs: lowerMs,
      toMs: upperMs,
      waitMs: sides.includes('left') ? extraMs : null,
    },
  };
}

function optional(sentence: string | null): readonly string[] {
  return sentence === null ? [] : [sentence];
}
