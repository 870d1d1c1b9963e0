import { describe, expect, test } from 'vitest';
import { Valve } from './valve.ts';
import { WatermarkOutputMultiplexer } from './watermark-multiplexer.ts';

/** What `0 10` (input, watermark), `0 idle` and `0 active` each lead to; `.` for nothing. */
function valve(inputs: number, ...steps: readonly string[]): readonly string[] {
  const merge = new Valve(inputs);
  return steps.map((step) => {
    const [input, what] = step.split(' ');
    const said =
      what === 'idle' || what === 'active'
        ? merge.inputStatus(Number(input), what === 'idle')
        : merge.inputWatermark(Number(input), Number(what));
    const words = said.map((each) => ('watermark' in each ? String(each.watermark) : each.idle ? 'idle' : 'active'));
    return words.length === 0 ? '.' : words.join(' ');
  });
}

describe('several edges into one input, as StatusWatermarkValveTest has them', () => {
  test('one edge is handed on; while it is idle its watermarks are lost', () => {
    expect(valve(1, '0 0', '0 25')).toEqual(['0', '25']);
    expect(valve(1, '0 25', '0 idle', '0 50', '0 active', '0 50')).toEqual(['25', 'idle', '.', 'active', '50']);
  });

  test('all edges are needed, and the least of them counts', () => {
    expect(valve(3, '0 0', '1 0', '2 0')).toEqual(['.', '.', '0']);
    const steps = ['0 12', '2 8', '2 10', '1 15', '2 17', '0 20'];
    expect(valve(3, '0 0', '1 0', '2 0', ...steps).slice(3)).toEqual(['.', '.', '.', '10', '12', '15']);
  });

  test('an idle edge holds nothing back', () => {
    expect(valve(3, '0 15', '1 10', '2 idle', '1 18', '0 20')).toEqual(['.', '.', '10', '15', '18']);
    expect(valve(3, '0 25', '1 10', '2 17', '1 idle', '2 idle')).toEqual(['.', '.', '10', '17', '25']);
  });

  test('when all are idle the greatest watermark is sent, if the last one held the others back', () => {
    expect(valve(3, '0 10', '1 5', '2 3', '0 idle', '1 idle', '2 idle')).toEqual(['.', '.', '3', '.', '.', '10 idle']);
    expect(valve(2, '0 5', '1 9', '0 idle', '0 active', '0 6', '1 idle', '0 idle').slice(-2)).toEqual(['.', 'idle']);
  });

  test('an edge that comes back behind the output is left out until it has caught up', () => {
    const before = ['0 10', '1 7', '2 3', '2 idle'];
    expect(valve(3, ...before, '2 active', '2 5', '2 9', '1 12').slice(3)).toEqual(['7', '.', '.', '.', '9']);
    expect(valve(3, '0 10', '1 7', '2 idle', '2 active', '0 idle', '1 idle').slice(2)).toEqual(['7', '.', '.', '.']);
    expect(valve(2, '0 7', '1 10', '0 idle', '0 active', '0 9', '0 idle')).toEqual(['.', '7', '10', '.', '.', '.']);
  });
});

/** A multiplexer, and what its output last heard. */
function multiplexer(...ids: readonly number[]) {
  const heard: { watermark: number | null; idle: boolean } = { watermark: null, idle: false };
  const merge = new WatermarkOutputMultiplexer({
    emitWatermark: (watermark) => Object.assign(heard, { watermark, idle: false }),
    markIdle: () => (heard.idle = true),
    markActive: () => (heard.idle = false),
  });
  for (const id of ids) merge.register(id);
  return { merge, heard };
}

describe('partitions of a source, as WatermarkOutputMultiplexerTest has them', () => {
  test('a single one is idle, and active with its next watermark', () => {
    const { merge, heard } = multiplexer(1);
    merge.immediate(1).markIdle();
    expect(heard).toEqual({ watermark: null, idle: true });
    merge.immediate(1).emitWatermark(0);
    expect(heard).toEqual({ watermark: 0, idle: false });
  });

  test('the least of those that are not idle counts', () => {
    const { merge, heard } = multiplexer(1, 2);
    merge.immediate(1).emitWatermark(2);
    merge.immediate(2).emitWatermark(5);
    expect(heard.watermark).toBe(2);
    merge.immediate(1).markIdle();
    expect(heard.watermark).toBe(5);
  });

  test('what deferred outputs say counts with the next periodic look', () => {
    const { merge, heard } = multiplexer(1, 2, 3);
    merge.deferred(1).emitWatermark(2);
    merge.deferred(2).emitWatermark(5);
    merge.deferred(3).markIdle();
    expect(heard).toEqual({ watermark: null, idle: false });
    merge.onPeriodicEmit();
    expect(heard).toEqual({ watermark: 2, idle: false });
  });

  test('or as soon as an immediate one moves something', () => {
    const { merge, heard } = multiplexer(1, 2);
    merge.deferred(2).emitWatermark(5);
    expect(heard.watermark).toBeNull();
    merge.immediate(1).emitWatermark(2);
    expect(heard.watermark).toBe(2);
  });

  test('one that goes away holds nothing back, from the next watermark on', () => {
    const { merge, heard } = multiplexer(1, 2);
    merge.immediate(1).emitWatermark(-4343);
    merge.immediate(2).emitWatermark(-4333);
    expect(merge.unregister(1)).toBe(true);
    expect(merge.unregister(1)).toBe(false);
    expect(heard.watermark).toBe(-4343);
    merge.immediate(2).emitWatermark(-4300);
    expect(heard.watermark).toBe(-4300);
  });
});
