import { durationText } from '../../stream/duration.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { Field } from '../../stream/types.ts';
import { BOOLEAN } from '../../stream/types.ts';
import { z } from 'zod';
import type { OperatorDefinition } from '../operator.ts';
import { bindPattern } from './bind-pattern.ts';
import type { PatternBound } from './bound.ts';
import type { PatternConfig, StepConfig } from './config.ts';
import { patternConfig } from './config.ts';
import { patternFace } from './face.ts';

/**
 * Looks in each key's rows, in order of time, for one that matches step A, then step B, and so on. Flink CEP (`NFA`,
 * `CepOperator`) and SQL's MATCH_RECOGNIZE, which runs on it.
 *
 * Event time: a row waits until the watermark reaches its time and is then looked at, equal times in order of arrival; a
 * row at or behind the watermark is late. Processing time: a row is looked at when it comes. Conditions that ask about the
 * row alone are computed when it comes, as are the measures; where one fails the row is rejected. A condition that asks
 * about other steps' rows and fails holds for nobody, which is told. A NULL key is a key.
 *
 * A beginning is every row that the first step takes; each goes on by itself. Its time is over once a row, the watermark
 * or the clock is `withinMs` or more behind its first row. What a beginning does with a row: the step it stands at takes
 * the row if the condition holds; it passes it over if the contiguity allows that, and stays; with relaxed-any it does
 * both, and so there are two from then on. A step that has enough rows and may have more stands at the next step too. A
 * beginning that can do neither is gone. A negated step with strict contiguity ends a beginning whose next row it matches,
 * a relaxed one any until the step behind it has taken a row; at the end of a pattern the match is there when the time is
 * over without such a row.
 *
 * A match comes out with the row that completes it, after those that began before it: unless nothing is skipped, it waits
 * until no earlier beginning is left. Then those are given up that `skip` names. Output: the key, `timed_out` where
 * timeouts are told, the measures. Event time: of the row that completes it, or to which time had moved; of a timeout the
 * first row's and `withinMs`. At one watermark keys come in the order of what is first due in them, a row's time or the
 * end of a beginning's time, then in order of arrival. Timeouts stand on `out` beside the matches: they have a match's
 * columns, while `late` and `rejected` hold input rows.
 *
 * A run stops at 200,000 beginnings at once. At the end of time a match has the time of its last row, or the end of its own
 * time where that completes it.
 *
 * Fates: held while it waits or a beginning or a match that waits holds it; then used if it was told of, else unmatched.
 */
export const patternDefinition: OperatorDefinition<'pattern', PatternConfig, PatternBound> = {
  ...patternFace,
  config: patternConfig,
  engine: z.strictObject({}),
  // Rows of equal time are taken in order of arrival.
  orderSensitive: true,
  describe: ({ steps, withinMs, keys }) =>
    [
      steps.map(describeStep).join(' → '),
      ...(withinMs === undefined ? [] : [`within ${durationText(withinMs)}`]),
      ...(keys.length > 0 ? [`by ${keys.join(', ')}`] : []),
    ].join(' · '),
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find(({ type }) => type.kind === 'STRING')?.name;
    const names = new Set(inputs[0]?.schema.fields.map(({ name }) => name));
    const [first, second] = names.has('a') || names.has('b') ? ['first', 'second'] : ['a', 'b'];
    return patternConfig.parse({
      keys: key === undefined ? [] : [key],
      steps: [
        { name: first, contiguity: 'strict' },
        { name: second, contiguity: 'strict' },
      ],
      withinMs: 60_000,
    });
  },
  bind: (request) => {
    const result = bindPattern(request);
    if (!result.ok) return result;
    const { input, bound } = result.value;
    const outputs = { out: matchesOf(input, bound), late: input, rejected: input };
    return { ok: true, value: { outputs, bound }, problems: result.problems };
  },
};

function describeStep({ name, negated, minTimes, maxTimes = minTimes, orMore, optional }: StepConfig): string {
  if (negated) return `not ${name}`;
  if (orMore) return `${name}${minTimes === 1 ? (optional ? '*' : '+') : `{${minTimes},}`}`;
  const often = maxTimes === minTimes ? `{${minTimes}}` : `{${minTimes},${maxTimes}}`;
  return `${name}${maxTimes === 1 ? '' : often}${optional ? '?' : ''}`;
}

/** Rows come to stand for matches; what comes in is known by no key. */
function matchesOf(input: StreamType, { key, timeouts, measures }: PatternBound): StreamType {
  const timedOut: readonly Field[] = timeouts ? [{ name: 'timed_out', type: BOOLEAN, nullable: false }] : [];
  const fields = [...key.fields, ...timedOut, ...measures.map(({ aggregate }) => aggregate.field)];
  return {
    schema: { fields },
    changes: 'append',
    key: null,
    eventTime: input.eventTime,
    delayMs: input.delayMs ?? 0,
  };
}
