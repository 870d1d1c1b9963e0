import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schema } from '../../stream/types.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import type { WindowLine } from '../../testing/window-run.ts';
import { runWindow } from '../../testing/window-run.ts';
import type { Trigger } from '../shared/trigger.ts';

const schema: Schema = { fields: [field('user', STRING), field('amount', BIGINT)] };

const { trigger } = fc.letrec<{ trigger: Trigger; leaf: Trigger }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ on: fc.constant('count' as const), rows: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ on: fc.constant('processing-delay' as const), delayMs: fc.integer({ min: 1, max: 12 }) }),
    fc.constantFrom<Trigger>({ on: 'end-of-window' }, { on: 'never' }),
  ),
  trigger: fc.oneof(
    { maxDepth: 2 },
    tie('leaf'),
    fc.record({ on: fc.constant('repeatedly' as const), of: tie('trigger') }),
    fc.record({
      on: fc.constantFrom('after-first' as const, 'after-all' as const, 'after-each' as const),
      of: fc.array(tie('trigger'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ on: fc.constant('or-finally' as const), of: tie('trigger'), until: tie('trigger') }),
    fc.record({ on: fc.constant('end-of-window' as const), early: tie('leaf'), late: tie('leaf') }),
  ),
}));

const windows = fc.constantFrom(
  { sizeMs: 10 },
  { kind: 'hopping', sizeMs: 10, advanceMs: 4 },
  { kind: 'session', gapMs: 6 },
);

/** Rows, watermarks and clock entries; time goes on by the way. */
const logs = fc
  .array(
    fc.record({
      what: fc.constantFrom('+', '+', '+', 'W', 'clock'),
      time: fc.integer({ min: -12, max: 6 }),
      user: fc.constantFrom('a', 'b'),
      step: fc.integer({ min: 0, max: 5 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((entries) => {
    let now = 0;
    let watermark = -20;
    const lines = entries.map(({ what, time, user, step }, i) => {
      now += step;
      if (what === 'clock') return `clock ${now}`;
      if (what === 'W') return `W ${(watermark = Math.max(watermark, now + time))} @ ${now}`;
      return `+ ${now + time} user=${user} amount=${2 ** i} @ ${now}`;
    });
    return lines.join('\n');
  });

const figures = fc.record({
  latenessMs: fc.constantFrom(0, 7),
  accumulation: fc.constantFrom('accumulating', 'discarding'),
});
const engines = fc.record({
  trigger,
  onTime: fc.constantFrom('fire-always', 'fire-if-non-empty'),
  closing: fc.constantFrom('fire-always', 'fire-if-non-empty'),
  timestamps: fc.constantFrom('end-of-window', 'earliest', 'latest'),
});

/** The rows in a sum of powers of two. */
function rowsIn(line: WindowLine): readonly number[] {
  const total = Number(line.row['total'] ?? 0);
  return Array.from({ length: 40 }, (_, i) => i).filter((i) => Math.floor(total / 2 ** i) % 2 === 1);
}

function byWindow(lines: readonly WindowLine[]): readonly (readonly WindowLine[])[] {
  const windows = new Map<string, WindowLine[]>();
  for (const line of lines.filter(({ node }) => node === 'out')) {
    const name = JSON.stringify([line.key, line.window]);
    windows.set(name, [...(windows.get(name) ?? []), line]);
  }
  return [...windows.values()];
}

test('any trigger: early panes, one on time, late ones; every row that was taken is shown', () => {
  const aggregates = [{ name: 'total', function: 'sum', argument: 'amount' }];
  fc.assert(
    fc.property(windows, figures, engines, logs, (kind, figure, engine, log) => {
      const config = { ...kind, ...figure, keys: ['user'], aggregates };
      const { lines, ledger } = runWindow({ schema, dialect: 'beam', config, engine, log: `${log}\nend` });
      const shown = new Set<number>();
      for (const panes of byWindow(lines)) {
        const timings = panes.map(({ pane }) => pane?.timing);
        // A session that came anew with the same bounds begins again.
        const isAgain = panes.filter(({ pane }) => pane?.index === 0).length > 1;
        if (!isAgain) {
          expect(timings.join(' ')).toMatch(/^(early ?)*(on-time ?)?(late ?)*$/);
          expect(panes.map(({ pane }) => pane?.index)).toEqual(panes.map((_, i) => i));
        }
        let before: readonly number[] = [];
        for (const pane of panes) {
          const rows = rowsIn(pane);
          for (const row of rows) shown.add(row);
          const again = before.filter((row) => rows.includes(row));
          if (!isAgain) expect(again).toEqual(figure.accumulation === 'discarding' ? [] : before);
          before = figure.accumulation === 'discarding' ? [...before, ...rows] : rows;
        }
      }
      expect(ledger).toMatchObject({ held: 0, filtered: 0, used: shown.size, stateRows: 0, stateBytes: 0 });
    }),
    { numRuns: 200 },
  );
});
