import { describe, expect, test } from 'vitest';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { EmitTimer } from './emit-timer.ts';
import { BusyProbeTimer, IdlenessTimer } from './idleness.ts';
import { WatermarkGenerator, clockHorizonMs } from './watermark-generator.ts';
import { LastWatermark } from './watermark-output.ts';

const flink = dialectNamed('flink-datastream').time;
const sql = dialectNamed('flink-sql').time;

function configOf(config: object): WatermarkConfig {
  return watermarkConfig.parse({ delayMs: 0, ...config });
}

/** `5`: an event at 5; `5!3`: one that states 3; `@100`: the clock at 100. The output after each: `4`, `4i` when idle. */
function shown(text: string, config: WatermarkConfig, rules = flink): string {
  const output = new LastWatermark();
  const generator = new WatermarkGenerator(config, rules, output);
  const timer = new EmitTimer(config, rules);
  timer.begin(0);
  return text
    .split(' ')
    .map((word) => {
      if (word.startsWith('@')) generator.onClock(Number(word.slice(1)), timer.tick(Number(word.slice(1))));
      else {
        const [time, stated] = word.split('!');
        generator.onEvent(Number(time), stated === undefined ? Number.NaN : Number(stated));
      }
      return `${output.watermark === -Infinity ? '-' : output.watermark}${output.idle ? 'i' : ''}`;
    })
    .join(' ');
}

describe('a watermark that is asked for', () => {
  function asked(delayMs: number, ...times: readonly number[]): number | undefined {
    const heard: number[] = [];
    const generator = new WatermarkGenerator(configOf({ strategy: 'periodic', delayMs }), flink, {
      emitWatermark: (watermark) => heard.push(watermark),
      markIdle: () => undefined,
      markActive: () => undefined,
    });
    for (const time of times) generator.onEvent(time);
    generator.onPeriodicEmit(0);
    return heard.at(-1);
  }

  test('is the greatest time less the delay and one, whatever the order', () => {
    expect(asked(10, 12345, 12300, 12340, 12280)).toBe(12334);
    expect(asked(0, 1337)).toBe(1336);
    expect(asked(0, 12345, 12340)).toBe(12344);
  });

  test('is none before the first event', () => {
    expect(asked(0)).toBe(-Infinity);
  });
});

describe('the strategies', () => {
  test('periodic: on the clock, an interval after the last time, never back', () => {
    const config = configOf({ strategy: 'periodic', intervalMs: 50 });
    expect(shown('4 @50 2 @100', config)).toBe('- 3 3 3');
    expect(shown('4 @40 @60 9 @100 @110', config)).toBe('- - 3 3 3 8');
  });

  test('punctuated: what a row states, never back', () => {
    expect(shown('4!4 2!2 9 5!7', configOf({ strategy: 'punctuated', punctuation: 'TRUE' }))).toBe('4 4 4 7');
  });

  test('SQL states the delay exactly, from 0 on, and at once where it is more than the interval ahead', () => {
    const config = configOf({ strategy: 'periodic', intervalMs: 50, delayMs: 1 });
    expect(shown('1 2 3 4 @10 @40 @50 4 8 @60 @100', config, sql)).toBe('- - - - - - 3 3 3 3 7');
    expect(shown('900 @900 950 951 1800', config, sql)).toBe('899 899 899 950 1799');
    expect(shown('-500 @50 @100', config, sql)).toBe('- - -');
  });
});

describe('idleness', () => {
  test('begins to count with the first look that saw nothing, and takes longer than the timeout', () => {
    const timer = new IdlenessTimer(10);
    expect([0, 10, 11].map((nowMs) => timer.checkIfIdle(nowMs))).toEqual([false, false, true]);
    expect(timer.checkIfIdle(111)).toBe(true);
    timer.activity();
    expect([111, 112, 122, 123].map((nowMs) => timer.checkIfIdle(nowMs))).toEqual([false, false, false, true]);
  });

  test('in SQL counts from the last look that saw something, and takes the timeout', () => {
    const timer = new BusyProbeTimer(10);
    expect([5, 14, 15].map((nowMs) => timer.checkIfIdle(nowMs))).toEqual([false, false, true]);
    timer.activity();
    expect([20, 29, 30].map((nowMs) => timer.checkIfIdle(nowMs))).toEqual([false, false, true]);
  });

  test('ends with a watermark that moves; in SQL with any row', () => {
    const config = configOf({ strategy: 'per-event', idleMs: 100 });
    expect(shown('50 @0 @10 @111 40 60', config)).toBe('49 49 49 49i 49i 59');
    expect(shown('50 @0 @100 40 60', config, sql)).toBe('50 50 50i 50 60');
  });

  test('of an assigner in SQL swallows what it would have stated', () => {
    const config = configOf({ strategy: 'periodic', intervalMs: 200, idleMs: 100 });
    expect(shown('50 @50 @150 @200 40 @400 60 @600', config, sql)).toBe('- - -i -i - - - 60');
  });
});

describe('the clock', () => {
  test('goes on until a generator has nothing left to do', () => {
    expect(clockHorizonMs(configOf({ strategy: 'per-event' }))).toBeNull();
    expect(clockHorizonMs(configOf({ strategy: 'periodic', intervalMs: 300 }))).toBe(500);
    expect(clockHorizonMs(configOf({ strategy: 'per-event', idleMs: 1_000 }))).toBe(1_600);
  });
});
