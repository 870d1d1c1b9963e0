import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runJoin } from '../../testing/join-run.ts';
import { lookAfter } from '../../testing/look-after.ts';
import { joinBuffers } from './join-buffers.ts';

const keys = { leftKeys: ['k'], rightKeys: ['k'] };
const names = [['k'], ['k']] as const;

interface Row {
  readonly side: 0 | 1;
  readonly key: string;
  readonly ts: number;
}

const logs = fc.record({
  rows: fc.array(
    fc.record({
      side: fc.constantFrom(0 as const, 1 as const),
      key: fc.constantFrom('a', 'b'),
      ts: fc.nat({ max: 60 }),
    }),
    { minLength: 1, maxLength: 30 },
  ),
  watermark: fc.nat({ max: 50 }),
  lowerMs: fc.integer({ min: -12, max: 4 }),
  lengthMs: fc.nat({ max: 12 }),
});

/** Each row has its place in the log as its value. */
function textOf(rows: readonly Row[], watermark: number): string {
  const lines = rows.map(({ side, key, ts }, i) => `${side === 1 ? '1' : ''}+ ${ts} k=${key} v=${i}`);
  return [...lines, `W ${watermark}`, `1W ${watermark}`].join('\n');
}

test('the pairs that are drawn are those that the join gave, of rows that it still keeps', () => {
  fc.assert(
    fc.property(logs, fc.constantFrom('flink-datastream', 'flink-sql'), (given, dialect) => {
      const { rows, watermark, lowerMs, lengthMs } = given;
      const log = textOf(rows, watermark);
      const config = { ...keys, lowerMs, upperMs: lowerMs + lengthMs };
      const setting = { kind: 'join.interval', dialect, config } as const;
      const look = lookAfter(log, { ...setting, sources: [{}, {}] });
      const buffers = joinBuffers(look, names)!;
      const value = (side: 0 | 1, place: number): number => Number(look.contents[side]?.entries[place]?.cells[1]);
      const drawn = buffers.matches.map(([l, r]) => `${value(0, l)}-${value(1, r)}`);
      const kept = [0, 1].map((side) => new Set(look.contents[side]?.entries.map(({ cells }) => Number(cells[1]))));
      const pairs = runJoin(log, setting).lines.map((line) => line.split(' ').at(-1) ?? '');
      const ofKept = pairs.filter((pair) => {
        const [l, r] = pair.split('-').map(Number);
        return kept[0]?.has(l ?? -1) === true && kept[1]?.has(r ?? -1) === true;
      });
      expect(drawn.toSorted()).toEqual(ofKept.toSorted());
      for (const [side, all] of [buffers.left, buffers.right].entries()) {
        expect(all.map(({ timeMs }) => timeMs)).toEqual(
          look.contents[side]?.entries.map(({ cells }) => rows[Number(cells[1])]?.ts),
        );
        // Flink SQL keeps rows until a timer after that comes by.
        if (dialect === 'flink-sql') continue;
        for (const { goesMs } of all) expect(goesMs).toBeGreaterThan(watermark);
      }
    }),
    { numRuns: 200 },
  );
});

test('what is no buffer of two sides is not drawn as one', () => {
  const sum = [{ name: 's', function: 'sum', argument: 'v' }];
  const look = lookAfter('+ 1 k=a v=1', { kind: 'window', config: { keys: ['k'], aggregates: sum, sizeMs: 10 } });
  expect(joinBuffers(look, names)).toBeNull();
  const regular = { kind: 'join.regular', dialect: 'flink-sql', config: keys, sources: [{}, {}] } as const;
  expect(joinBuffers(lookAfter('+ 1 k=a v=1', regular), names)).toBeNull();
});
