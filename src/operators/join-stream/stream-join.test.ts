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
import { streamJoinDefinition } from './definition.ts';

const schema: Schema = { fields: [field('k', STRING), field('v', BIGINT)] };
const keys = { leftKeys: ['k'], rightKeys: ['k'] };

interface Settings {
  readonly config: object;
  readonly engine?: object;
  readonly dialect?: DialectName;
}

function run(
  log: string,
  { config, engine = {}, dialect = 'kafka-streams' }: Settings,
): { readonly lines: readonly string[]; readonly ledger: object } {
  const watermark = watermarkConfig.parse({ strategy: 'none', delayMs: 0 });
  const scenario: Scenario = {
    kind: 'join.stream',
    config: { ...keys, ...config },
    engine,
    dialect,
    sources: [
      { schema, watermark },
      { schema, watermark },
    ],
    entries: entriesFrom(log, [schema, schema]),
  };
  const { transcript, ledger } = runLog(planOf(scenario), logOf(scenario.entries, schemasOf(scenario)));
  return { lines: transcript.results.map(show), ledger: { ...ledger.get(OPERATOR_ID) } };
}

/** `3 out t=12 1-7`: entry, port, event time, left and right value. */
function show(line: string): string {
  const { seq, node, ts, row } = JSON.parse(line) as {
    seq: number;
    node: string;
    ts: number;
    row: Record<string, unknown>;
  };
  return `${seq} ${node.replace('sink-', '')} t=${ts} ${String(row['v'])}-${String(row['right_v'])}`;
}

describe('a stream join', () => {
  test('takes both ends of the time, and gives the larger one', () => {
    const log = '+ 10 k=a v=1\n1+ 7 k=a v=2\n1+ 8 k=a v=3\n1+ 15 k=a v=4\n1+ 16 k=a v=5\n1+ 10 k=b v=6';
    const { lines, ledger } = run(log, { config: { beforeMs: 2, afterMs: 5, latenessMs: 20 } });
    expect(lines).toEqual(['2 out t=10 1-3', '3 out t=15 1-4']);
    expect(ledger).toMatchObject({ in: 6, held: 6 });
  });

  test('gives what is over before the matches of the row that says so: by time, right before left, key', () => {
    const log = '+ 0 k=z v=1\n1+ 0 k=y v=2\n+ 0 k=b v=3\n1+ 11 k=c v=4\n+ 12 k=c v=5';
    const { lines } = run(log, { config: { kind: 'full', beforeMs: 10, afterMs: 10 } });
    expect(lines).toEqual(['3 out t=0 null-2', '3 out t=0 3-null', '3 out t=0 1-null', '4 out t=12 5-4']);
  });

  test('waits for the grace, but not with a row that comes when its time is over', () => {
    const config = { kind: 'left', beforeMs: 0, afterMs: 5, latenessMs: 10 };
    const log = '+ 0 k=a v=1\n+ 15 k=b v=2\n+ 9 k=c v=3\n+ 16 k=d v=4';
    expect(run(log, { config }).lines).toEqual(['2 out t=9 3-null', '3 out t=0 1-null']);
  });

  test('pads at once when told so, and a match may follow', () => {
    const config = { kind: 'left', beforeMs: 5, afterMs: 5 };
    const { lines, ledger } = run('+ 0 k=a v=1\n1+ 1 k=a v=2', { config, engine: { padding: 'eager' } });
    expect(lines).toEqual(['0 out t=0 1-null', '1 out t=1 1-2']);
    expect(ledger).toMatchObject({ in: 2, held: 2 });
  });

  test('shows the other side what came within the retention of its own newest row', () => {
    // before + after + grace = 10: the left store has gone on to 20, so that 11 is there and 10 is not.
    const log = '+ 10 k=a v=1\n+ 11 k=a v=2\n+ 20 k=b v=3\n1+ 10 k=a v=4';
    const { lines, ledger } = run(log, { config: { beforeMs: 5, afterMs: 5 } });
    expect(lines).toEqual(['3 out t=11 2-4']);
    expect(ledger).toMatchObject({ in: 4, held: 3, unmatched: 1 });
  });

  test('delays what is over when the engine’s guess of the earliest time is behind another row', () => {
    // The look at 12 reads on to the row of 9 and takes that for the earliest: the row of 5 comes out with 20, not with 16.
    const log = '+ 1 k=a v=1\n+ 5 k=b v=2\n+ 9 k=c v=3\n+ 12 k=d v=4\n+ 16 k=e v=5\n+ 20 k=f v=6';
    const { lines } = run(log, { config: { kind: 'left', beforeMs: 0, afterMs: 10 } });
    expect(lines).toEqual(['3 out t=1 1-null', '5 out t=5 2-null', '5 out t=9 3-null']);
  });

  test('looks for what is over no more often than the emit interval on the clock', () => {
    const settings = { config: { kind: 'left', beforeMs: 0, afterMs: 1 }, engine: { emitIntervalMs: 100 } };
    const log = '+ 0 k=a v=1 @ 1000\n+ 5 k=b v=2\n+ 10 k=c v=3 @ 1099\n+ 15 k=d v=4 @ 1100';
    // The first look is at the store that is still empty.
    expect(run(log, settings).lines).toEqual(['3 out t=0 1-null', '3 out t=5 2-null', '3 out t=10 3-null']);
  });

  test('pads rows without a key in Kafka, drops them in ksqlDB', () => {
    const config = { kind: 'left', beforeMs: 5, afterMs: 5 };
    const log = '+ 0 v=1\n1+ 0 v=2';
    const kafka = run(log, { config });
    expect(kafka.lines).toEqual(['0 out t=0 1-null', '1 rejected t=0 null-2']);
    expect(kafka.ledger).toMatchObject({ in: 2, used: 1, rejected: 1 });
    expect(run(log, { config, dialect: 'ksqldb' }).lines).toEqual(['0 rejected t=0 1-null', '1 rejected t=0 null-2']);
  });

  test('drops rows without a value, which move the stream time of Kafka but not of ksqlDB', () => {
    const settings = { config: { kind: 'full', beforeMs: 5, afterMs: 5 }, engine: { leftValue: 'v', rightValue: 'v' } };
    const log = '+ 0 k=a v=1\n1+ 20 k=b\n+ 3 k=c v=2\n1+ 6 k=d v=3\n+ 20 k=e v=4';
    const kafka = run(log, settings);
    expect(kafka.lines.slice(0, 3)).toEqual(['1 rejected t=20 null-null', '2 out t=3 2-null', '3 out t=6 null-3']);
    expect(kafka.lines.slice(3)).toEqual(['4 out t=0 1-null']);
    expect(kafka.ledger).toMatchObject({ in: 5, used: 2, held: 2, rejected: 1 });
    const ksqldb = run(log, { ...settings, dialect: 'ksqldb' }).lines;
    expect(ksqldb.slice(0, 2)).toEqual(['1 rejected t=20 null-null', '3 out t=0 1-null']);
  });

  test('joins a stream with itself: each row with those before it, twice, and with itself once', () => {
    const log = '+ 0 k=a v=1\n1+ 0 k=a v=1\n+ 3 k=a v=2\n1+ 3 k=a v=2';
    const { lines } = run(log, { config: { beforeMs: 5, afterMs: 5 } });
    expect(lines).toEqual(['1 out t=0 1-1', '2 out t=3 2-1', '3 out t=3 1-2', '3 out t=3 2-2']);
  });

  test('rejects a row for which the further condition fails, and leaves time where it was', () => {
    const config = { beforeMs: 50, afterMs: 50, residual: '10 / right_v > 1' };
    const { lines, ledger } = run('+ 0 k=a v=1\n1+ 5 k=a v=0\n1+ 1 k=a v=5', { config });
    expect(lines).toEqual(['1 rejected t=5 null-0', '2 out t=1 1-5']);
    expect(ledger).toMatchObject({ in: 3, held: 2, rejected: 1 });
  });

  test('runs a right join of ksqlDB with the sides exchanged and the times as they are', () => {
    const config = { kind: 'right', beforeMs: 5, afterMs: 0, latenessMs: 50 };
    const log = '+ 10 k=a v=1\n1+ 6 k=a v=2\n1+ 14 k=a v=3';
    expect(run(log, { config }).lines).toEqual(['1 out t=10 1-2']);
    expect(run(log, { config, dialect: 'ksqldb' }).lines).toEqual(['1 out t=6 null-2', '2 out t=14 1-3']);
  });
});

describe('a configuration of a stream join', () => {
  const input = { schema, changes: 'append' as const, key: null, eventTime: true };

  function codes(config: object, dialect: DialectName = 'kafka-streams'): readonly string[] {
    const join = streamJoinDefinition.config.parse({ ...keys, beforeMs: 1, afterMs: 2, ...config });
    const engine = streamJoinDefinition.engine.parse({});
    const request = { config: join, engine, inputs: [input, input], dialect, timeDomain: 'event' as const };
    return streamJoinDefinition.bind(request).problems.map(({ code, severity }) => `${severity} ${code}`);
  }

  test('is refused without a key, and with a condition that padded rows cannot have', () => {
    expect(codes({ leftKeys: [], rightKeys: [] })).toEqual(['error no-key']);
    expect(codes({ residual: 'v > 1' })).toEqual([]);
    expect(codes({ kind: 'left', residual: 'v > 1' })).toEqual(['error dialect-lacks']);
  });

  test('is warned of where ksqlDB reads the times of a right join the other way round', () => {
    expect(codes({ kind: 'right' })).toEqual([]);
    expect(codes({ kind: 'right' }, 'ksqldb')).toEqual(['warning bounds-turned']);
    expect(codes({ kind: 'right', afterMs: 1 }, 'ksqldb')).toEqual([]);
  });
});
