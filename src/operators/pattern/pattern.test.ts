import { describe, expect, test } from 'vitest';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { logOf } from '../../testing/log.ts';
import { entriesFrom } from '../../testing/notation.ts';
import type { Scenario } from '../../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../../testing/scenario.ts';
import { runLog } from '../../testing/transcript.ts';
import { patternDefinition } from './definition.ts';

const schema: Schema = { fields: [field('t', STRING), field('v', BIGINT)] };
const measures = [{ name: 'rows', function: 'string-agg', argument: 't || CAST(v AS STRING)', separator: ' ' }];

type Step = Record<string, unknown>;

/** A step that takes rows of the type that it is called by: `b` takes t = 'b'. */
function step(name: string, rest: Step = {}): Step {
  return { name, condition: `t = '${name}'`, ...rest };
}

interface Run {
  readonly steps: readonly Step[];
  readonly [setting: string]: unknown;
}

/** Matches as `a1 b2`, a timeout with `!` behind it. Rows are written as `b2`, at 1, 2, 3 …, or as `b2@7`. */
function matches(rows: string, { steps, ...settings }: Run): readonly string[] {
  const log = rows.split(' ').map((row, i) => {
    const [, t, v, at] = /^([a-z])(\d*)(?:@(\d+))?$/.exec(row)!;
    return `+ ${at ?? i + 1} t=${t} v=${v === '' ? i + 1 : v}`;
  });
  return run([...log, 'end'].join('\n'), { steps, ...settings }).lines.map(({ row }) => {
    const text = String(row['rows']);
    return row['timed_out'] === true ? `${text} !` : text;
  });
}

interface Line {
  readonly seq: number;
  readonly node: string;
  readonly ts: number;
  readonly row: Record<string, unknown>;
}

function run(
  log: string,
  config: Run,
  timeDomain: 'event' | 'processing' = 'event',
): { readonly lines: readonly Line[]; readonly ledger: object } {
  const scenario: Scenario = {
    kind: 'pattern',
    config: { skip: 'no-skip', measures, ...config },
    timeDomain,
    sources: [{ schema, watermark: watermarkConfig.parse({ strategy: 'none' }) }],
    entries: entriesFrom(log, [schema]),
  };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(scenario.entries, schemasOf(scenario)));
  return { lines: transcript.results.map((line) => JSON.parse(line) as Line), ledger: { ...ledger.get(OPERATOR_ID) } };
}

describe('contiguity, as in the page on Flink CEP', () => {
  // A pattern "a b" over a, c, b1, b2.
  test.each([
    ['strict', []],
    ['relaxed', ['a1 b1']],
    ['relaxed-any', ['a1 b1', 'a1 b2']],
  ])('%s', (contiguity, expected) => {
    expect(matches('a1 c1 b1 b2', { steps: [step('a'), step('b', { contiguity })] })).toEqual(expected);
  });

  // A pattern "a b+ c" over a, b1, d1, b2, d2, b3, c, where b+ has the contiguity within.
  test.each([
    ['strict', ['a1 b1 c1', 'a1 b2 c1', 'a1 b3 c1']],
    ['relaxed', ['a1 b1 c1', 'a1 b1 b2 c1', 'a1 b1 b2 b3 c1', 'a1 b2 c1', 'a1 b2 b3 c1', 'a1 b3 c1']],
    [
      'relaxed-any',
      ['a1 b1 c1', 'a1 b1 b2 c1', 'a1 b1 b3 c1', 'a1 b1 b2 b3 c1', 'a1 b2 c1', 'a1 b2 b3 c1', 'a1 b3 c1'],
    ],
  ])('within a step that repeats: %s', (repeatContiguity, expected) => {
    const steps = [step('a'), step('b', { orMore: true, contiguity: 'relaxed-any', repeatContiguity }), step('c')];
    expect(matches('a1 b1 d1 b2 d2 b3 c1', { steps }).toSorted()).toEqual(expected.toSorted());
  });
});

describe('what is skipped after a match, as in the page on Flink CEP', () => {
  // "b+ c" over b1 b2 b3 c.
  const steps = [step('b', { orMore: true, repeatContiguity: 'strict' }), step('c', { contiguity: 'strict' })];
  test.each([
    ['no-skip', ['b1 b2 b3 c1', 'b2 b3 c1', 'b3 c1']],
    ['to-next', ['b1 b2 b3 c1', 'b2 b3 c1', 'b3 c1']],
    ['past-last', ['b1 b2 b3 c1']],
    ['to-first', ['b1 b2 b3 c1', 'b2 b3 c1', 'b3 c1']],
    ['to-last', ['b1 b2 b3 c1', 'b3 c1']],
  ])('%s', (skip, expected) => {
    expect(matches('b1 b2 b3 c1', { steps, skip, skipStep: 'b' })).toEqual(expected);
  });

  // "(a | b | c) (b | c) c+.greedy d" over a b c1 c2 c3 d.
  test('a greedy step in the middle', () => {
    const greedy = [
      { name: 'x', condition: "t IN ('a', 'b', 'c')" },
      { name: 'y', condition: "t IN ('b', 'c')", contiguity: 'strict' },
      step('c', { orMore: true, greedy: true, contiguity: 'strict' }),
      step('d', { contiguity: 'strict' }),
    ];
    const rows = 'a1 b1 c1 c2 c3 d1';
    expect(matches(rows, { steps: greedy })).toEqual(['a1 b1 c1 c2 c3 d1', 'b1 c1 c2 c3 d1', 'c1 c2 c3 d1']);
    expect(matches(rows, { steps: greedy, skip: 'to-first', skipStep: 'c' })).toEqual([
      'a1 b1 c1 c2 c3 d1',
      'c1 c2 c3 d1',
    ]);
  });

  // NO_SKIP and SKIP_TO_NEXT differ where several matches begin with one row: "a b+" over a b1 b2 b3.
  test('to-next leaves one match for each beginning', () => {
    const open = [step('a'), step('b', { orMore: true })];
    expect(matches('a1 b1 b2 b3', { steps: open })).toEqual(['a1 b1', 'a1 b1 b2', 'a1 b1 b2 b3']);
    expect(matches('a1 b1 b2 b3', { steps: open, skip: 'to-next' })).toEqual(['a1 b1']);
  });
});

describe('steps that must not come, are optional or repeat', () => {
  test('not next', () => {
    const steps = [step('a'), step('b', { negated: true, contiguity: 'strict' }), step('c')];
    expect(matches('a1 b1 c1 a2 d1 c2', { steps })).toEqual(['a2 c2']);
  });

  test('not before the next step', () => {
    const steps = [step('a'), step('b', { negated: true }), step('c')];
    expect(matches('a1 d1 b1 c1 a2 d2 c2', { steps })).toEqual(['a2 c2']);
  });

  test('not before the time is over, at the end of a pattern', () => {
    const config = { steps: [step('a'), step('b', { negated: true })], withinMs: 5 };
    expect(matches('a1@1 b1@5 a2@10 b2@15', config)).toEqual(['a2']);
  });

  // NFACompiler.copyWithoutTransitiveNots: {a c b d} is a match, {a b d} is not.
  test('an optional step that has come lifts what must not come before it', () => {
    const any = { contiguity: 'relaxed-any' };
    const steps = [step('a'), step('b', { negated: true }), step('c', { optional: true, ...any }), step('d', any)];
    expect(matches('a1 c1 b1 d1', { steps })).toEqual(['a1 c1 d1']);
    expect(matches('a1 b1 d1', { steps })).toEqual([]);
  });

  // NFACompiler.createSingletonState: the state for having passed over a row has the stops before its step alone.
  test('a row passed over lifts what must not come between rows of a step that repeats so often', () => {
    const steps = [step('a', { minTimes: 1, maxTimes: 2 }), step('b', { negated: true }), step('c')];
    expect(matches('a1 b1 a2 c1', { steps })).toEqual(['a2 c1']);
    expect(matches('a1 x1 b1 a2 c1', { steps })).toEqual(['a1 a2 c1', 'a2 c1']);
    const loop = [step('a', { orMore: true }), step('b', { negated: true }), step('c')];
    expect(matches('a1 x1 b1 a2 c1', { steps: loop })).toEqual(['a2 c1']);
  });

  test('a row passed over brings back what must not come before a step that repeats so often', () => {
    const steps = [step('a'), step('b', { negated: true }), step('c', { minTimes: 1, maxTimes: 2 }), step('d')];
    expect(matches('a1 c1 b1 c2 d1', { steps })).toEqual(['a1 c1 c2 d1', 'a1 c1 d1']);
    expect(matches('a1 c1 x1 b1 c2 d1', { steps })).toEqual(['a1 c1 d1']);
  });

  test('an optional step gives the match with it and without', () => {
    const steps = [step('a'), step('b', { optional: true, contiguity: 'relaxed-any' }), step('c')];
    expect(matches('a1 b1 c1', { steps })).toEqual(['a1 b1 c1', 'a1 c1']);
  });

  test('a number of rows from one to another', () => {
    const steps = [step('a', { minTimes: 2, maxTimes: 3 }), step('b', { contiguity: 'strict' })];
    expect(matches('a1 a2 a3 b1', { steps })).toEqual(['a1 a2 a3 b1', 'a2 a3 b1']);
    expect(matches('a1 b1', { steps })).toEqual([]);
  });

  test('greedy holds the next step off from rows that both would take', () => {
    const both = { name: 'x', condition: "t IN ('a', 'b')" };
    const steps = (greedy: boolean): readonly Step[] => [step('a', { orMore: true, greedy }), both];
    expect(matches('a1 a2 b1', { steps: steps(false), skip: 'past-last' })).toEqual(['a1 a2']);
    expect(matches('a1 a2 b1', { steps: steps(true), skip: 'past-last' })).toEqual(['a1 a2 b1']);
  });

  test('conditions ask about rows that were taken before', () => {
    const steps = [
      step('a'),
      {
        name: 'up',
        condition: 'v > COALESCE(up.v, a.v)',
        orMore: true,
        contiguity: 'strict',
        repeatContiguity: 'strict',
      },
      step('z', { contiguity: 'strict' }),
    ];
    expect(matches('a1 b2 b4 b3 z1', { steps })).toEqual([]);
    expect(matches('a1 b2 b4 z1', { steps })).toEqual(['a1 b2 b4 z1']);
  });
});

describe('time', () => {
  const ab = [step('a'), step('b')];

  // NFA.isStateTimedOut: timestamp - startTimestamp >= windowTime
  test('rows that are the whole time apart are too far', () => {
    expect(matches('a1@0 b1@4', { steps: ab, withinMs: 5 })).toEqual(['a1 b1']);
    expect(matches('a1@0 b1@5', { steps: ab, withinMs: 5 })).toEqual([]);
  });

  test('beginnings whose time is over are told with the end of it', () => {
    const log = '+ 0 t=a v=1\nW 4\nW 5\nend';
    const { lines } = run(log, { steps: ab, withinMs: 5, timeouts: true });
    expect(lines).toMatchObject([{ seq: 2, ts: 5, row: { timed_out: true, rows: 'a1' } }]);
  });

  test('rows are looked at in order of time once the watermark has come', () => {
    const { lines, ledger } = run('+ 8 t=b v=1\n+ 3 t=a v=2\nW 7\n+ 7 t=b v=3\nW 8', { steps: ab });
    expect(lines).toMatchObject([
      { seq: 3, node: 'sink-late' },
      { seq: 4, ts: 8, row: { rows: 'a2 b1' } },
    ]);
    expect(ledger).toMatchObject({ in: 3, used: 2, late: 1, held: 0 });
  });

  test('by the clock rows are looked at as they come, and time ends with it', () => {
    const log = '+ 8 t=a v=1 @ 10\n+ 3 t=b v=2 @ 12\n+ 1 t=a v=3 @ 20\nclock 30';
    const { lines } = run(log, { steps: ab, withinMs: 5, timeouts: true }, 'processing');
    expect(lines.map(({ seq, ts, row }) => [seq, ts, row['rows'], row['timed_out']])).toEqual([
      [1, 12, 'a1 b2', false],
      [3, 25, 'a3', true],
    ]);
  });

  test('rows in no match leave without a partner', () => {
    const { ledger } = run('+ 1 t=a v=1\n+ 2 t=c v=2\n+ 3 t=b v=3\n+ 4 t=b v=4\n+ 5 t=a v=5\nend', {
      steps: ab,
      withinMs: 9,
    });
    expect(ledger).toMatchObject({ in: 5, used: 2, unmatched: 3, held: 0 });
  });
});

describe('what is refused', () => {
  const problems = (config: Run, dialect: DialectName): readonly string[] => {
    const input = { schema, changes: 'append' as const, key: null, eventTime: true };
    const parsed = patternDefinition.config.parse(config);
    return patternDefinition
      .bind({ config: parsed, engine: {}, inputs: [input], dialect, timeDomain: 'event' })
      .problems.map(({ code, path }) => `${code} ${path}`);
  };

  test('what no pattern can be', () => {
    const first = [step('a', { negated: true }), step('b')];
    expect(problems({ steps: first }, 'flink-datastream')).toContain('bad-negation config.steps.0.negated');
    const last = [step('a'), step('b', { negated: true })];
    expect(problems({ steps: last }, 'flink-datastream')).toContain('bad-negation config.steps.1.negated');
    expect(problems({ steps: last, withinMs: 5 }, 'flink-datastream')).toEqual([]);
    expect(problems({ steps: [step('t')] }, 'flink-datastream')).toEqual(['step-is-column config.steps.0.name']);
    const skip = { skip: 'to-last', skipStep: 'c' };
    expect(problems({ steps: [step('a')], ...skip }, 'flink-datastream')).toEqual(['unknown-step config.skipStep']);
  });

  test('what MATCH_RECOGNIZE cannot say', () => {
    const relaxed = [step('a'), step('b')];
    expect(problems({ steps: relaxed, withinMs: 5 }, 'flink-sql')).toEqual(['dialect-lacks config.steps.1.contiguity']);
    const greedy = [
      step('a'),
      step('b', { contiguity: 'strict', repeatContiguity: 'strict', orMore: true, greedy: true }),
    ];
    expect(problems({ steps: greedy, withinMs: 5 }, 'flink-sql')).toEqual(['dialect-lacks config.steps.1.greedy']);
    expect(problems({ steps: [step('a')], skip: 'no-skip' }, 'flink-sql')).toEqual(['dialect-lacks config.skip']);
  });

  test('a beginning that waits for ever is warned of', () => {
    expect(problems({ steps: [step('a'), step('b')] }, 'flink-datastream')).toEqual([
      'unbounded-state config.withinMs',
    ]);
  });
});
