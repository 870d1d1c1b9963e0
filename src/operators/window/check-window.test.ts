import { expect, test } from 'vitest';
import { STRING, field } from '../../stream/types.ts';
import { kafkaStreams } from '../dialects/kafka-streams.ts';
import { checkWindow } from './check-window.ts';
import { windowConfig, windowEngine } from './config.ts';

/** Grace: 3 s of delay and 2 s of lateness. */
function codes(window: object, retentionMs?: number): readonly string[] {
  const config = windowConfig.parse({ sizeMs: 10_000, latenessMs: 2_000, ...window });
  const engine = windowEngine.parse(retentionMs === undefined ? {} : { retentionMs });
  const input = {
    schema: { fields: [field('k', STRING)] },
    changes: 'append',
    key: null,
    eventTime: true,
    delayMs: 3_000,
  };
  const request = { config, engine, inputs: [input], dialect: 'kafka-streams', timeDomain: 'event' };
  return checkWindow(request as unknown as Parameters<typeof checkWindow>[0], kafkaStreams).map(
    ({ code, severity }) => `${severity} ${code}`,
  );
}

test('a retention that leaves no window to spare is warned of, where results come when windows close', () => {
  expect(codes({})).toEqual([]);
  expect(codes({}, 14_999)).toEqual(['error retention-too-short']);
  expect(codes({}, 15_000)).toEqual(['warning retention-loses']);
  expect(codes({}, 24_999)).toEqual(['warning retention-loses']);
  expect(codes({}, 25_000)).toEqual([]);
  expect(codes({ emission: 'each-event' }, 15_000)).toEqual([]);
  expect(codes({ kind: 'session', gapMs: 10_000 }, 15_000)).toEqual([]);
});
