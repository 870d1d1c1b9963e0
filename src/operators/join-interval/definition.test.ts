import { describe, expect, test } from 'vitest';
import type { StreamType } from '../../stream/batch.ts';
import type { DialectName, TimeDomain } from '../../stream/node-definition.ts';
import { BIGINT, INT, STRING, field } from '../../stream/types.ts';
import { intervalJoinDefinition } from './definition.ts';

const stream = (type = STRING): StreamType => ({
  schema: { fields: [field('k', type), field('v', BIGINT)] },
  changes: 'append',
  key: null,
  eventTime: true,
});

interface Situation {
  readonly dialect?: DialectName;
  readonly timeDomain?: TimeDomain;
  readonly inputs?: readonly StreamType[];
}

/** `severity code path` of every problem. */
function problemsOf(config: object, situation: Situation = {}): readonly string[] {
  const { dialect = 'flink-sql', timeDomain = 'event', inputs = [stream(), stream()] } = situation;
  const whole = { leftKeys: ['k'], rightKeys: ['k'], lowerMs: 0, upperMs: 10, ...config };
  const result = intervalJoinDefinition.bind({
    config: intervalJoinDefinition.config.parse(whole),
    engine: intervalJoinDefinition.engine.parse({}),
    inputs,
    dialect,
    timeDomain,
  });
  return result.problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}

describe('an interval join is refused', () => {
  test('with an interval that ends before it begins: Flink SQL only warns', () => {
    const reversed = { lowerMs: 10, upperMs: 0 };
    expect(problemsOf(reversed)).toEqual(['warning interval-reversed config.upperMs']);
    expect(problemsOf(reversed, { dialect: 'flink-datastream' })).toEqual(['error interval-reversed config.upperMs']);
  });

  test('with keys that are never equal', () => {
    expect(problemsOf({}, { inputs: [stream(), stream(INT)] })).toEqual(['error key-types-differ config.rightKeys']);
    expect(problemsOf({ rightKeys: [] })).toEqual(['error key-columns-differ config.rightKeys']);
  });

  test('where the DataStream API has no such join', () => {
    const inStream = { dialect: 'flink-datastream' } as const;
    expect(problemsOf({ kind: 'left' }, inStream)).toEqual(['error dialect-lacks config.kind']);
    expect(problemsOf({ nullSafeKeys: ['k'] }, inStream)).toEqual(['error dialect-lacks config.nullSafeKeys']);
    expect(problemsOf({}, { ...inStream, timeDomain: 'processing' })).toEqual(['error dialect-lacks config.lowerMs']);
    expect(problemsOf({}, { timeDomain: 'processing' })).toEqual([]);
  });
});

test('rows of a side that may be missing are nullable behind the join', () => {
  const bound = intervalJoinDefinition.bind({
    config: intervalJoinDefinition.config.parse({ kind: 'left', lowerMs: 0, upperMs: 10 }),
    engine: intervalJoinDefinition.engine.parse({}),
    inputs: [0, 1].map(() => ({ ...stream(), schema: { fields: [field('v', BIGINT, false)] } })),
    dialect: 'flink-sql',
    timeDomain: 'event',
  });
  expect(bound.ok && bound.value.outputs.out?.schema.fields).toEqual([
    field('v', BIGINT, false),
    field('right_v', BIGINT, true),
  ]);
});
