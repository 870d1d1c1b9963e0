import { describe, expect, test } from 'vitest';
import type { StreamType, Windowing } from '../../stream/batch.ts';
import type { DialectName, TimeDomain } from '../../stream/node-definition.ts';
import { BIGINT, STRING, TIMESTAMP, field } from '../../stream/types.ts';
import { windowJoinDefinition } from './definition.ts';

const windowed: Windowing = { isMerging: false, closesAfterMs: 0, startColumn: 'from', endColumn: 'to' };
const plain: StreamType = {
  schema: { fields: [field('k', STRING), field('v', BIGINT)] },
  changes: 'append',
  key: null,
  eventTime: true,
};
const inWindows: StreamType = {
  ...plain,
  schema: { fields: [...plain.schema.fields, field('from', TIMESTAMP), field('to', TIMESTAMP)] },
  windowed,
};

function bind(
  config: object,
  inputs: readonly StreamType[],
  dialect: DialectName = 'flink-sql',
  timeDomain: TimeDomain = 'event',
) {
  return windowJoinDefinition.bind({
    config: windowJoinDefinition.config.parse(config),
    engine: windowJoinDefinition.engine.parse({}),
    inputs,
    dialect,
    timeDomain,
  });
}

const problemsOf = (...request: Parameters<typeof bind>): readonly string[] =>
  bind(...request).problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`);

describe('a window join of Flink SQL', () => {
  test('wants windows on both sides, and their columns', () => {
    expect(problemsOf({}, [inWindows, inWindows])).toEqual([]);
    expect(problemsOf({}, [inWindows, plain])).toEqual(['error not-windowed config.window']);
    expect(problemsOf({}, [{ ...inWindows, schema: plain.schema }, plain])).toHaveLength(2);
    const sessions = { ...inWindows, windowed: { ...windowed, isMerging: true } };
    expect(problemsOf({}, [inWindows, sessions])).toEqual(['error windows-differ config.window']);
  });

  test('names no window itself, and has no processing time', () => {
    const tumbling = { window: 'tumbling', sizeMs: 10 };
    expect(problemsOf(tumbling, [plain, plain])).toEqual(['error dialect-lacks config.window']);
    expect(problemsOf({}, [inWindows, inWindows], 'flink-sql', 'processing')).toEqual([
      'error dialect-lacks config.window',
    ]);
  });

  test('says which settings have no effect', () => {
    const problems = problemsOf({ kind: 'left', nullAware: true, latenessMs: 5 }, [inWindows, inWindows]);
    expect(problems).toEqual(['warning no-effect config.nullAware', 'warning no-effect config.latenessMs']);
  });

  test('hands on the window of the side that is always there', () => {
    const windowOf = (kind: string): unknown => {
      const bound = bind({ kind }, [inWindows, inWindows]);
      return bound.ok ? bound.value.outputs.out?.windowed : null;
    };
    expect(windowOf('left')).toEqual(windowed);
    expect(windowOf('right')).toEqual({ ...windowed, startColumn: 'right_from', endColumn: 'right_to' });
    expect(windowOf('full')).toBeUndefined();
    expect(windowOf('anti')).toEqual(windowed);
  });
});

describe('a window join of the DataStream API', () => {
  test('names its window, with figures that fit', () => {
    const inStream = (config: object): readonly string[] => problemsOf(config, [plain, plain], 'flink-datastream');
    expect(inStream({ window: 'tumbling', sizeMs: 10 })).toEqual([]);
    expect(inStream({})).toEqual(['error dialect-lacks config.window']);
    expect(inStream({ window: 'hopping' })).toEqual([
      'error missing-field config.sizeMs',
      'error missing-field config.advanceMs',
    ]);
    expect(inStream({ window: 'session' })).toEqual(['error missing-field config.gapMs']);
    expect(inStream({ window: 'tumbling', sizeMs: 10, offsetMs: -10 })).toEqual([
      'error offset-too-large config.offsetMs',
    ]);
  });

  test('is inner, and NULL is no key', () => {
    const config = { window: 'tumbling', sizeMs: 10, leftKeys: ['k'], rightKeys: ['k'] };
    const inStream = (more: object): readonly string[] =>
      problemsOf({ ...config, ...more }, [plain, plain], 'flink-datastream');
    expect(inStream({ kind: 'anti' })).toEqual(['error dialect-lacks config.kind']);
    expect(inStream({ nullSafeKeys: ['k'] })).toEqual(['error dialect-lacks config.nullSafeKeys']);
  });
});
