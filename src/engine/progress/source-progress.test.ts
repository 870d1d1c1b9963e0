import { describe, expect, test } from 'vitest';
import { flinkDatastream } from '../../operators/dialects/flink-datastream.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../../testing/log.ts';
import { logOf } from '../../testing/log.ts';
import { entriesFrom } from '../../testing/notation.ts';
import { sourceTimes } from '../../testing/planned-nodes.ts';
import { SourceProgress } from './source-progress.ts';

const schemas = [{ fields: [] }, { fields: [] }];

function curve(entries: readonly Entry[], config: object, flushAtEnd = true): string {
  const times = sourceTimes(watermarkConfig.parse(config), schemas[0]!);
  const progress = new SourceProgress(times, flinkDatastream.time, flushAtEnd);
  const log = logOf(entries, schemas);
  const batch = log.rows[0] ?? null;
  const rows = batch === null ? null : { batch, stated: null, early: null };
  const { watermarks, idle } = progress.run(log, 0, rows);
  return Array.from(
    watermarks,
    (watermark, i) => `${watermark === -Infinity ? '-' : watermark}${idle?.[i] === 1 ? 'i' : ''}`,
  ).join(' ');
}

function curveOf(text: string, config: object, flushAtEnd = true): string {
  return curve(entriesFrom(text, schemas), config, flushAtEnd);
}

describe('the watermark of a source', () => {
  test('is the greatest event time less the delay and one, after each event that raises it', () => {
    expect(curveOf('+ 100\n+ 90\n+ 130\n1+ 999\n+ 130', { delayMs: 10 })).toBe('89 89 119 119 119');
  });

  test('periodic: follows on the clock only', () => {
    // The first look is due an interval after the first entry, at 1200; it comes at 1250, and the next 200 later.
    const log = '+ 100 @ 1000\nclock 1100\n+ 200 @ 1110\nclock 1250\n+ 300 @ 1260\nclock 1400\nclock 1450';
    expect(curveOf(log, { strategy: 'periodic', delayMs: 0, intervalMs: 200 })).toBe('- - - 199 199 199 299');
  });

  test('goes to the end of time with the end of the input, or stays where the run does not flush', () => {
    expect(curveOf('+ 100\nend', { delayMs: 0 })).toBe('99 Infinity');
    expect(curveOf('+ 100\nend', { delayMs: 0 }, false)).toBe('99 99');
  });

  test('is idle once more than the timeout went by since the first quiet probe, and active with the next watermark', () => {
    const log = '+ 100 @ 1000\nclock 1200\nclock 1400\nclock 1700\nclock 1701\n+ 90 @ 1710\n+ 150 @ 1720';
    // Activity is seen at 1200, quiet counts from 1400; an event that moves nothing does not wake the source.
    expect(curveOf(log, { delayMs: 0, idleMs: 300 })).toBe('99 99 99 99 99i 99i 149');
  });

  test('idle: an event that moves nothing leaves the output idle, also after the next probe', () => {
    const log = '+ 100 @ 1000\nclock 1200\nclock 1400\nclock 1800\n+ 50 @ 1900\nclock 2000\n+ 101 @ 2010';
    expect(curveOf(log, { delayMs: 0, idleMs: 300 })).toBe('99 99 99 99i 99i 99i 100');
  });

  test('stated watermarks never pull it back', () => {
    expect(curveOf('W 50\nW 40\n+ 45\nW 60', { strategy: 'none' })).toBe('50 50 50 60');
  });

  test('with partitions is the least of those that are not idle, and never goes back', () => {
    const row = (ts: number, partition: number): Entry => ({
      kind: 'row',
      at: 0,
      source: 0,
      ts,
      values: [],
      partition,
    });
    const idle: Entry = { kind: 'status', at: 0, source: 0, idle: true, partition: 1 };
    expect(
      curve([row(100, 0), row(50, 1), row(200, 0), idle, row(300, 0), row(120, 1), row(400, 1)], { delayMs: 0 }),
    ).toBe('99 99 99 199 299 299 299');
  });
});
