import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareResults, ResultSet } from './result-set.ts';
import type { ResultRecord } from '../result-records.ts';

const record = fc
  .record({
    op: fc.constantFrom('+I' as const, '+U' as const, '-U' as const, '-D' as const),
    user: fc.constantFrom('a', 'b', null),
    clicks: fc.nat({ max: 2 }),
    startMs: fc.constantFrom(0, 10, null),
    pane: fc.constantFrom('on-time', 'late'),
    ts: fc.constantFrom(9, 19, null),
  })
  .map(({ op, user, clicks, startMs, pane, ts }): Omit<ResultRecord, 'seq'> => ({
    phase: 0,
    node: 'n',
    port: 'out',
    op,
    key: user === null ? null : { user },
    window: startMs === null ? null : [startMs, startMs + 10],
    pane: startMs === null ? null : { timing: pane, index: 0 },
    ts,
    row: { user, clicks },
  }));
const streams = fc.array(record, { maxLength: 12 }).map((records) => records.map((each, seq) => ({ ...each, seq })));

type Changes = 'append' | 'upsert' | 'retract';

function nameOf({ key, window, pane }: ResultRecord, changes: Changes): string | null {
  if (window === null && (changes === 'append' || (changes === 'retract' && key === null))) return null;
  return JSON.stringify([key, window, changes === 'append' ? pane : null]);
}

/** One line a row that stands in the end, by plain loops over the whole stream. */
function finalRows(records: readonly ResultRecord[], changes: Changes): readonly string[] {
  const standing: { readonly name: string | null; readonly text: string }[] = [];
  for (const each of records) {
    const name = nameOf(each, changes);
    const line = { name, text: `${name ?? '-'} ${String(each.ts)} ${JSON.stringify(each.row)}` };
    const isTaken = each.op === '-U' || each.op === '-D';
    if (changes === 'upsert' && name !== null) {
      for (let i = standing.length - 1; i >= 0; i--) if (standing[i]!.name === name) standing.splice(i, 1);
      if (!isTaken) standing.push(line);
    } else if (!isTaken) standing.push(line);
    else {
      const at = standing.findIndex(({ text }) => text === line.text);
      if (at >= 0) standing.splice(at, 1);
    }
  }
  return standing.map(({ text }) => text);
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function setOf(records: readonly ResultRecord[], changes: Changes, most?: number): ResultSet {
  const set = new ResultSet(changes, most);
  for (const each of records) set.add(each);
  return set;
}

/** Nothing is taken back that was not given: what a stream that is right looks like. */
function sound(records: readonly ResultRecord[], changes: Changes): readonly ResultRecord[] {
  if (changes === 'append') return records.map((each) => ({ ...each, op: '+I' }));
  const kept: ResultRecord[] = [];
  for (const each of records) {
    const isTaken = each.op === '-U' || each.op === '-D';
    const before = finalRows(kept, 'retract');
    const after = finalRows([...kept, each], 'retract');
    const isFound = changes === 'upsert' && nameOf(each, changes) !== null;
    if (isFound || !isTaken || after.length < before.length) kept.push(each);
  }
  return kept;
}

describe('two sets of results', () => {
  test.each(['append', 'upsert', 'retract'] as const)('differ as two plain lists of %s results do', (changes) => {
    fc.assert(
      fc.property(streams, streams, (first, second) => {
        const [one, other] = [sound(first, changes), sound(second, changes)];
        const found = compareResults(setOf(one, changes), setOf(other, changes));
        const [a, b] = [finalRows(one, changes), finalRows(other, changes)];
        const textOf = (side: 'a' | 'b'): readonly string[] =>
          found.flatMap((difference) => {
            const row = difference[side];
            return row === null ? [] : [`${String(row.ts)} ${JSON.stringify(row.row)}`];
          });
        const plain = (lines: readonly string[]): readonly string[] =>
          lines.map((line) => line.slice(line.search(/(null|\d+) \{"user":("|null)[^{]*$/))).toSorted();
        expect(textOf('a').toSorted()).toEqual(plain(without(a, b)));
        expect(textOf('b').toSorted()).toEqual(plain(without(b, a)));
        expect(setOf(one, changes).rows).toBe(a.length);
      }),
      { numRuns: 500, seed: 20261 },
    );
  });

  test('a value that changed is one difference, with its columns', () => {
    const window = [0, 10] as const;
    const common = {
      phase: 0,
      node: 'n',
      port: 'out',
      op: '+I',
      key: { user: 'a' },
      window,
      pane: null,
      ts: 9,
    } as const;
    const a = setOf([{ ...common, seq: 4, row: { user: 'a', clicks: 3, pages: 1 } }], 'append');
    const b = setOf([{ ...common, seq: 7, row: { user: 'a', clicks: 4, pages: 1 } }], 'append');
    const [difference, ...others] = compareResults(a, b);
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ kind: 'different', columns: ['clicks'], a: { seq: 4 }, b: { seq: 7 } });
  });

  test('what may be among the results that were too many is not called missing', () => {
    fc.assert(
      fc.property(streams, (records) => {
        const rows = sound(records, 'append');
        const found = compareResults(setOf(rows, 'append', 3), setOf(rows.toReversed(), 'append', 3));
        const full = setOf(rows, 'append', 3).uncompared > 0;
        if (full) expect(found.filter(({ kind }) => kind !== 'different')).toEqual([]);
        else expect(found).toEqual([]);
      }),
      { numRuns: 200, seed: 20261 },
    );
  });
});
