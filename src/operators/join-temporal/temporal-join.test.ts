import { describe, expect, test } from 'vitest';
import type { JoinRun, JoinSetting } from '../../testing/join-run.ts';
import { runJoin } from '../../testing/join-run.ts';

const TABLE = [{ changes: 'append' as const }, { changes: 'upsert' as const, key: ['k'] }];

function join(log: string, config: object, setting: Partial<JoinSetting>): JoinRun {
  const whole = { leftKeys: ['k'], rightKeys: ['k'], ...config };
  return runJoin(log, { kind: 'join.temporal', dialect: 'flink-sql', config: whole, inputs: TABLE, ...setting });
}

describe('a temporal join as of event time', () => {
  test('a late row waits for the next step and meets what is left', () => {
    const log = '1+ 1 k=a v=1\n1+ 5 k=a v=2\nW 9\n1W 9\n+ 3 k=a v=7\nW 9\nW 10\n1W 10';
    const { lines, ledger } = join(log, { kind: 'left' }, {});
    expect(lines).toEqual(['7 out t=3 7-.']);
    expect(ledger).toMatchObject({ held: 1, used: 1, unmatched: 1 });
  });

  test('a deletion ends what was valid', () => {
    const log = '1+ 1 k=a v=1\n1-D 4 k=a\n+ 3 k=a v=7\n+ 4 k=a v=8\nend\n1end';
    expect(join(log, { kind: 'left' }, {}).lines).toEqual(['5 out t=3 7-1', '5 out t=4 8-.']);
  });
});

describe('a join with a versioned table of Kafka', () => {
  const kafka = (log: string, historyRetentionMs: number, config: object = {}): JoinRun =>
    join(log, { kind: 'left', ...config }, { dialect: 'kafka-streams', engine: { historyRetentionMs } });

  test('a change older than the history is late', () => {
    const { lines, ledger } = kafka('1+ 20 k=a v=2\n1+ 10 k=a v=1\n1+ 9 k=a v=0\n+ 15 k=a v=7', 10);
    expect(lines).toEqual(['2 late t=9 .-0', '3 out t=15 7-1']);
    expect(ledger).toMatchObject({ late: 1, held: 2, used: 1 });
  });

  test('beyond the history only the latest version is seen', () => {
    const log = '1+ 1 k=a v=1\n1+ 8 k=a v=2\n1+ 2 k=b v=3\n1+ 20 k=c v=4\n+ 9 k=a v=7\n+ 7 k=a v=8\n+ 5 k=b v=9';
    expect(kafka(log, 10).lines).toEqual(['4 out t=9 7-2', '5 out t=7 8-.', '6 out t=5 9-3']);
  });

  test('rows wait for the stream, in order of time and key', () => {
    const log = '1+ 1 k=a v=1\n+ 3 k=b v=5\n+ 3 k=a v=6\n+ 2 k=a v=7\n+ 5 k=a v=8\n+ 2 k=a v=9';
    const { lines } = kafka(log, 100, { latenessMs: 2 });
    expect(lines).toEqual(['4 out t=2 7-1', '4 out t=3 6-1', '4 out t=3 5-.', '5 out t=2 9-1']);
  });

  test('refuses a history that is shorter than the grace, and a right side that is no table', () => {
    expect(() => kafka('end', 5, { latenessMs: 6 })).toThrow();
    const inputs = [{ changes: 'append' as const }, { changes: 'append' as const }];
    expect(() => join('end', {}, { dialect: 'kafka-streams', inputs })).toThrow();
  });
});

describe('a temporal join as of arrival', () => {
  test('takes what is there, and rejects the deletion of what is not', () => {
    const log = '+ 1 k=a v=1\n1+ 9 k=a v=5\n+ 2 k=a v=2\n1-D 3 k=a\n1-D 3 k=a\n+ 4 k=a v=3';
    const { lines, ledger } = join(log, { asOf: 'arrival' }, {});
    expect(lines).toEqual(['2 out t=2 2-5', '4 rejected t=3 .-.']);
    expect(ledger).toMatchObject({ used: 3, unmatched: 2, rejected: 1, held: 0 });
  });
});
