import { describe, expect, test } from 'vitest';
import { kernels } from '../operators/kernels.ts';
import { BIGINT, STRING, field } from '../stream/types.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import { logOf } from '../testing/log.ts';
import type { Entry } from '../testing/log.ts';
import type { Scenario } from '../testing/scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from '../testing/scenario.ts';
import { Engine } from './engine.ts';
import { RoundSizer } from './limits.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';

const schema = { fields: [field('k', STRING), field('v', BIGINT)] };
const watermark = watermarkConfig.parse({ strategy: 'none' });

function row(source: number, ts: number, key: string): Entry {
  return { kind: 'row', at: 0, source, ts, values: [key, 1] };
}

/** Runs as a caller should: rounds as long as the engine says, until it names a limit. */
function runWithin(
  scenario: Scenario,
  limits: { readonly stateBytes: number; readonly outputsPerEntry: number },
): Engine {
  const log = logOf(scenario.entries, schemasOf(scenario));
  const engine = new Engine(planOf(scenario), {}, kernels, limits);
  while (engine.position < log.length && engine.limit === null) {
    const from = engine.position;
    engine.run(cutSlice(log, from, Math.min(log.length, from + engine.roundEntries)));
  }
  return engine;
}

describe('limits', () => {
  test('state over its limit stops the run right after the entry that went over it, every row still counted', () => {
    const entries = Array.from({ length: 5000 }, (_, i) => row(0, i, `key-${i}`));
    const config = { keys: ['k'], sizeMs: 1_000_000 };
    const scenario: Scenario = { kind: 'window', config, sources: [{ schema, watermark }], entries };
    const limits = { stateBytes: 100_000, outputsPerEntry: 1000 };
    const engine = runWithin(scenario, limits);
    expect(engine.limit).toMatchObject({ code: 'state-limit', nodeId: OPERATOR_ID });
    expect(engine.limit?.message).toContain('100,000');
    expect(engine.ledger().get(OPERATOR_ID)).toMatchObject({ in: engine.position, held: engine.position });
    const before = new Engine(planOf(scenario), {}, kernels, limits);
    before.run(cutSlice(logOf(entries, [schema]), 0, engine.position - 1));
    expect(before.stateBytes()).toBeLessThanOrEqual(100_000);
  });

  test.each([
    ['sessions', 100_000, { kind: 'session', keys: ['k'], gapMs: 5 }],
    ['windows that overlap', 500_000, { kind: 'hopping', keys: ['k'], sizeMs: 1_000, advanceMs: 10 }],
    [
      'one window with a list that grows',
      100_000,
      { keys: [], sizeMs: 1_000_000, aggregates: [{ name: 'all', function: 'collect-list', argument: 'k' }] },
    ],
  ])('state of %s over its limit stops the run likewise', (_, stateBytes, config) => {
    const entries = Array.from({ length: 6000 }, (__, i) => row(0, i * 10, `key-${i}`));
    const scenario: Scenario = { kind: 'window', config, sources: [{ schema, watermark }], entries };
    const limits = { stateBytes, outputsPerEntry: 1000 };
    const engine = runWithin(scenario, limits);
    expect(engine.limit).toMatchObject({ code: 'state-limit', nodeId: OPERATOR_ID });
    expect(engine.limit?.fix).not.toBe('');
    expect(engine.position).toBeLessThan(entries.length);
    expect(engine.ledger().get(OPERATOR_ID)).toMatchObject({ in: engine.position, held: engine.position });
    const before = new Engine(planOf(scenario), {}, kernels, limits);
    before.run(cutSlice(logOf(entries, [schema]), 0, engine.position - 1));
    expect(before.stateBytes()).toBeLessThanOrEqual(limits.stateBytes);
    expect(engine.stateBytes()).toBeGreaterThan(limits.stateBytes);
  });

  test('one row that brings too many others stops the run; a window that fires many keys does not', () => {
    const sources = [
      { schema, watermark },
      { schema, watermark },
    ];
    const many = Array.from({ length: 50 }, () => row(0, 0, 'a'));
    const join = { leftKeys: ['k'], rightKeys: ['k'], lowerMs: 0, upperMs: 10 };
    const limits = { stateBytes: 1e9, outputsPerEntry: 40 };
    const joined = runWithin(
      { kind: 'join.interval', config: join, sources, entries: [...many, row(1, 5, 'a')] },
      limits,
    );
    expect(joined.limit).toMatchObject({ code: 'amplification', nodeId: OPERATOR_ID });
    const keys: Entry[] = Array.from({ length: 50 }, (_, i) => row(0, 0, `k${i}`));
    const entries: Entry[] = [...keys, { kind: 'end', at: 0, source: 0 }];
    const config = { keys: ['k'], sizeMs: 10 };
    expect(runWithin({ kind: 'window', config, sources: sources.slice(1), entries }, limits).limit).toBeNull();
  });

  test('rounds shrink where entries bring many rows, and grow again by doubling', () => {
    const sizer = new RoundSizer({ stateBytes: 1000, outputsPerEntry: 1000 });
    sizer.observe({ entries: 100, outputs: 20_000, mostCaused: 200, causedBy: null, stateBytes: 0 });
    expect(sizer.nextEntries(() => 1)).toBe(327);
    sizer.observe({ entries: 327, outputs: 0, mostCaused: 0, causedBy: null, stateBytes: 0 });
    expect(sizer.nextEntries(() => 1)).toBe(654);
    sizer.observe({ entries: 654, outputs: 0, mostCaused: 0, causedBy: null, stateBytes: 601 });
    expect(sizer.nextEntries(() => 1)).toBe(1);
  });

  test('a join that holds many rows of one key takes few entries at a time', () => {
    const sources = [
      { schema, watermark },
      { schema, watermark },
    ];
    const entries = Array.from({ length: 5000 }, () => row(0, 0, 'a'));
    const config = { leftKeys: ['k'], rightKeys: ['k'], lowerMs: 0, upperMs: 10 };
    const scenario: Scenario = { kind: 'join.interval', config, sources, entries };
    const engine = runWithin(scenario, { stateBytes: 1e9, outputsPerEntry: 1e6 });
    // Each may meet 5000 rows, and a round brings forth 2,097,152 at the very most.
    expect(engine.roundEntries * 5000).toBeLessThan(2_097_152);
    expect(engine.roundEntries).toBeGreaterThan(1);
  });
});
