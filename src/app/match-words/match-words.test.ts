import { describe, expect, test } from 'vitest';
import { nodeDefinitions } from '../../pipeline/definitions.ts';
import { NODE_KINDS } from '../../pipeline/faces.ts';
import type { NodeKind } from '../../pipeline/document.ts';
import type { StreamType } from '../../stream/batch.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import type { MatchRequest } from './match-request.ts';
import { matchWords } from './match-words.ts';

const rows: StreamType = {
  schema: { fields: [field('user_id', STRING), field('n', BIGINT)] },
  changes: 'append',
  key: null,
  eventTime: true,
  delayMs: 5_000,
};
const table: StreamType = { ...rows, changes: 'upsert', key: ['user_id'] };

type Options = Partial<Omit<MatchRequest, 'kind' | 'config' | 'engine'>> & {
  readonly engine?: Readonly<Record<string, unknown>>;
};

function words(kind: NodeKind, given: Readonly<Record<string, unknown>>, options: Options = {}): readonly string[] {
  const { config, engine } = nodeDefinitions[kind];
  const keys = { leftKeys: ['user_id'], rightKeys: ['user_id'] };
  const found = matchWords({
    dialect: 'flink-sql',
    timeDomain: 'event',
    left: { name: 'Clicks', type: rows },
    right: { name: 'Purchases', type: rows },
    ...options,
    kind,
    config: config.parse({ ...keys, ...given }) as MatchRequest['config'],
    engine: engine.parse(options.engine ?? {}) as MatchRequest['engine'],
  });
  return (found?.sentences ?? []).map((sentence) => sentence.replaceAll('\u00a0', ' '));
}

const NEAR = { lowerMs: -600_000, upperMs: 120_000 };

test('an interval join says from when to when, and when rows without partner come out', () => {
  expect(words('join.interval', { ...NEAR, kind: 'left' })).toEqual([
    'Each row of Clicks joins the rows of Purchases with the same user_id and whose time is from 10 min before it to 2 min after it, both ends included.',
    'A row of Clicks that found no partner comes out with NULL once the watermark is 2 min past it, when none can come any more.',
    'Rows of Purchases without partner do not come out.',
    'The watermark behind the join is 10 min behind, so that no result is late there.',
  ]);
});

test('the DataStream API drops late rows and hands its watermark on as it is', () => {
  const said = words('join.interval', { lowerMs: 0, upperMs: 60_000 }, { dialect: 'flink-datastream' });
  expect(said[0]).toContain('from its own time to 1 min after it');
  expect(said.at(-1)).toContain('late');
  expect(said.join(' ')).not.toContain('behind the join');
});

test.each([
  [-5_000, 5_000, 'at most 5 s before or after it'],
  [0, 0, 'at its very time'],
  [60_000, 300_000, 'from 1 min after it to 5 min after it'],
  [-300_000, 0, 'from 5 min before it to its own time'],
  [1_000, 1_000, 'exactly 1 s after it'],
])('the span from %d to %d ms is told as: %s', (lowerMs, upperMs, phrase) => {
  expect(words('join.interval', { lowerMs, upperMs })[0]).toContain(phrase);
});

test('an interval that is the wrong way round matches nothing, and this is all there is to say', () => {
  expect(words('join.interval', { lowerMs: 1, upperMs: 0 })).toEqual([
    'The interval ends before it begins: no row of Clicks finds a partner.',
  ]);
});

describe('a join of streams by stream time', () => {
  const near = { beforeMs: 60_000, afterMs: 30_000, latenessMs: 2_000 };

  test('adds delay and lateness to the grace', () => {
    const said = words('join.stream', { ...near, kind: 'left' }, { dialect: 'kafka-streams' });
    expect(said[0]).toContain('from 1 min before it to 30 s after it');
    expect(said[1]).toBe(
      'A row of Clicks that found no partner comes out with NULL once stream time is more than 37 s past it (grace 7 s included); at once where that is already so.',
    );
    expect(said.at(-1)).toContain('the last 1 min 37 s of it');
  });

  test('waits for each side in its own way', () => {
    const said = words('join.stream', { ...near, kind: 'full' }, { dialect: 'kafka-streams' });
    expect(said[1]).toContain('more than 37 s (left) or 1 min 7 s (right) past it');
  });

  test('says which way a right join of ksqlDB takes the times', () => {
    expect(words('join.stream', { ...near, kind: 'right' }, { dialect: 'ksqldb' })[0]).toContain(
      'from 30 s before it to 1 min after it',
    );
    expect(words('join.stream', { ...near, kind: 'right' }, { dialect: 'kafka-streams' })[0]).toContain(
      'from 1 min before it to 30 s after it',
    );
  });
});

test('a window join names its windows and what semi and anti give', () => {
  const tumbling = { window: 'tumbling', sizeMs: 10_000 };
  expect(words('join.window', tumbling, { dialect: 'flink-datastream' }).slice(0, 2)).toEqual([
    'Each row of Clicks joins the rows of Purchases with the same user_id in the same window.',
    'A window is 10 s long, one after the other.',
  ]);
  expect(words('join.window', { kind: 'anti' })[0]).toBe(
    'Rows of Clicks come out that have no row of Purchases with the same user_id in the same window.',
  );
});

test('a temporal join says which row of the table is met, and how long it waits for it', () => {
  const right = { name: 'Users', type: table };
  expect(words('join.temporal', { asOf: 'event-time' }, { right }).slice(0, 2)).toEqual([
    'Each row of Clicks meets the row of Users with the same user_id that was valid at its event time.',
    'It waits until the watermark reaches its time, so that no change before it can be missing.',
  ]);
  expect(words('join.temporal', { asOf: 'arrival' }, { right, dialect: 'ksqldb' }).slice(0, 2)).toEqual([
    'Each row of Clicks meets the row of Users with the same user_id that is there when it arrives.',
    'It comes out at once; what changes later changes no result that was given.',
  ]);
});

test('a table join tells a foreign key from a key of its own', () => {
  const right = { name: 'Users', type: table };
  const own = { left: { name: 'Orders', type: table }, right, dialect: 'kafka-streams' as const };
  expect(words('join.table', { kind: 'full' }, own)[0]).toBe(
    'The result is a table with one row for each user_id that either table has, with NULL for the one that lacks it.',
  );
  const orders = { name: 'Orders', type: { ...table, key: ['n'] } };
  expect(words('join.table', {}, { ...own, left: orders })[0]).toBe(
    'Each row of Orders finds the row of Users with the same user_id: a foreign key.',
  );
});

test('a regular join says that it keeps everything, or for how long', () => {
  expect(words('join.regular', {}).at(-1)).toBe('Both sides are kept for ever: state grows with every row.');
  expect(words('join.regular', {}, { engine: { leftTtlMs: 3_600_000 } }).at(-1)).toBe(
    'Rows of Clicks are forgotten 1 h after they were last written; Purchases is kept for ever, by the processing clock.',
  );
});

test('keys of other names, further conditions and NULLs are told', () => {
  const said = words('join.regular', {
    leftKeys: ['user_id'],
    rightKeys: ['n'],
    nullSafeKeys: ['user_id'],
    residual: 'n > 3',
  });
  expect(said[0]).toContain('whose n is its user_id');
  expect(said).toContain('They match only if also n > 3.');
  expect(said).toContain('NULL in user_id matches NULL.');
});

test('there are words for every join in every dialect that has it, and for no other node', () => {
  for (const kind of NODE_KINDS) {
    const isJoin = kind.startsWith('join.');
    for (const dialect of nodeDefinitions[kind].dialects) {
      const config = nodeDefinitions[kind].suggest([rows, rows]) as MatchRequest['config'];
      const side = { name: 'Clicks', type: rows };
      const found = matchWords({ kind, config, engine: {}, dialect, timeDomain: 'event', left: side, right: side });
      expect(found !== null, `${kind} in ${dialect}`).toBe(isJoin);
      for (const sentence of found?.sentences ?? []) expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  }
});
