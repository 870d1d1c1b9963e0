import { durationText } from '../../stream/duration.ts';
import { dialectNamed } from '../../operators/dialects/dialects.ts';
import type { MatchRequest, MatchWords } from './match-request.ts';
import { byKey, figure, furtherConditions, joinFigures } from './phrases.ts';

/** Of a stream with a table: as of the row's time, or of its arrival. */
export function temporalWords(request: MatchRequest): MatchWords {
  const { config, engine, left, right, dialect: name } = request;
  const join = joinFigures(request);
  const dialect = dialectNamed(name);
  const asOf = config['asOf'] === 'arrival' ? 'arrival' : 'event-time';
  const isStore = dialect.joins.temporal.versions === 'store';
  const graceMs = dialect.windows.graceMs(left.type?.delayMs ?? 0, figure(config['latenessMs']));
  const meets =
    asOf === 'arrival'
      ? `Each row of ${left.name} meets the row of ${right.name}${byKey(join)} that is there when it arrives.`
      : `Each row of ${left.name} meets the row of ${right.name}${byKey(join)} that was valid at its event time.`;
  const wait =
    asOf === 'arrival'
      ? 'It comes out at once; what changes later changes no result that was given.'
      : isStore
        ? graceMs > 0
          ? `It waits until the stream time of ${left.name} is ${durationText(graceMs)} past it (delay and lateness), so that changes which come late are seen.`
          : 'It comes out at once: a change of the table that comes later is not seen.'
        : 'It waits until the watermark reaches its time, so that no change before it can be missing.';
  return {
    sentences: [
      meets,
      wait,
      ...furtherConditions(join),
      join.kind === 'left'
        ? `A row of ${left.name} that finds none comes out with NULL.`
        : `A row of ${left.name} that finds none does not come out.`,
      `Changes of ${right.name} alone give nothing.`,
      ...(asOf === 'event-time' && isStore
        ? [
            `The table knows the last ${durationText(figure(engine['historyRetentionMs']))} of its past; older changes are dropped.`,
          ]
        : []),
    ],
    drawing: { kind: 'versions', asOf },
  };
}

/** Of a stream with a table that stands in the configuration. */
export function lookupWords(request: MatchRequest): MatchWords {
  const join = joinFigures(request);
  const { left } = request;
  return {
    sentences: [
      `Each row of ${left.name} is looked up in the table when it arrives, and comes out once for each row${byKey(join)}.`,
      ...furtherConditions(join),
      join.kind === 'left' ? 'A row that finds none comes out with NULL.' : 'A row that finds none does not come out.',
      'The table stands in this node and does not change while it runs: there is nothing to wait for.',
    ],
    drawing: null,
  };
}
