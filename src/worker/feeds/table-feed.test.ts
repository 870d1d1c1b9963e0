import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { RowKindName } from '../../stream/row-kind.ts';
import { ROW_KIND_NAMES } from '../../stream/row-kind.ts';
import { BIGINT, STRING, field } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { copyState } from './copy-state.ts';
import { TableFeed } from './table-feed.ts';
import type { TableView } from '../table-protocol.ts';

type Change = readonly [RowKindName, ...Value[]];

const fields = [field('user', STRING), field('clicks', BIGINT)];
const upsert: StreamType = { schema: { fields }, changes: 'upsert', key: ['user'], eventTime: false };
const keyed: StreamType = { ...upsert, changes: 'retract' };
const plain: StreamType = { ...keyed, key: null };

function batchOf(changes: readonly Change[], firstSeq = 0): Batch {
  const columns = fields.map(({ type }) => columnBuilder(type));
  for (const [, ...cells] of changes) cells.forEach((value, i) => columns[i]!.append(value));
  return {
    length: changes.length,
    selection: null,
    columns: columns.map((column) => column.finish()),
    seq: Float64Array.from(changes, (_, i) => firstSeq + i),
    phase: null,
    ts: new Float64Array(changes.length).fill(Number.NaN),
    kinds: Uint8Array.from(changes, ([kind]) => ROW_KIND_NAMES.indexOf(kind)),
    origin: null,
  };
}

function feedOf(type: StreamType, changes: readonly Change[]): TableFeed {
  const feed = new TableFeed(type);
  feed.add(batchOf(changes));
  return feed;
}

/** One line a row: kind of the last change, cells, and in brackets what the last change gave another value. */
function lines(view: TableView | null): readonly string[] {
  if (view === null) return [];
  return Array.from({ length: view.length }, (_, row) => {
    const cells = view.columns.map(({ values }, i) => {
      const text = String(values[row]);
      return view.changed[row * view.columns.length + i] === 1 ? `[${text}]` : text;
    });
    const copies = view.copies[row]!;
    return [ROW_KIND_NAMES[view.kinds[row] as 0], ...cells, ...(copies > 1 ? [`×${String(copies)}`] : [])].join(' ');
  });
}

test('a keyed changelog keeps the newest row of each key, and shows for a while which one is gone', () => {
  const feed = feedOf(upsert, [
    ['+I', 'ben', 1],
    ['+I', 'ann', 1],
    ['+U', 'ben', 2],
    ['+I', 'ann', 1],
    ['+I', 'cas', 7],
    ['-D', 'cas', null],
    ['-D', 'nobody', null],
  ]);
  const view = feed.view('n', { by: 'key' });
  expect(lines(view)).toEqual(['+U ann 1', '+U ben [2]', '-D cas 7']);
  expect(view).toMatchObject({ rows: 2, changesSeen: 7, lastSeq: 6, isPart: false, key: ['user'] });
});

test('an update that spells out the old row is one change of one row', () => {
  const feed = feedOf(keyed, [
    ['+I', 'ann', 1],
    ['-U', 'ann', 1],
    ['+U', 'ann', 2],
    ['+I', 'ben', 5],
    ['-D', 'ben', 5],
    ['+I', 'ben', 6],
  ]);
  expect(lines(feed.view('n', { by: 'key' }))).toEqual(['+U ann [2]', '+I ben 6']);
});

test('without a key equal rows are counted, and each is taken back by itself', () => {
  const feed = feedOf(plain, [
    ['+I', 'ann', 1],
    ['+I', 'ann', 1],
    ['+I', 'ben', 1],
    ['-U', 'ann', 1],
    ['+U', 'ann', 3],
    ['-D', 'ben', 1],
    ['-D', 'ben', 1],
  ]);
  const view = feed.view('n', { by: 'change' });
  expect(lines(view)).toEqual(['-D ben 1', '+U ann [3]', '+I ann 1']);
  expect(view?.rows).toBe(2);
});

test('a table of one row has an empty key', () => {
  const feed = feedOf({ ...upsert, key: [] }, [
    ['+I', 'all', 1],
    ['+U', 'all', 2],
  ]);
  expect(lines(feed.view('n', { by: 'key' }))).toEqual(['+U all [2]']);
});

test('a column sorts by its values, NULL last either way', () => {
  const feed = feedOf(upsert, [
    ['+I', 'a', 10],
    ['+I', 'b', null],
    ['+I', 'c', 9],
  ]);
  const names = (isDescending: boolean): readonly unknown[] =>
    feed.view('n', { by: 'column', column: 'clicks', isDescending })?.columns[0]?.values ?? [];
  expect(names(false)).toEqual(['c', 'a', 'b']);
  expect(names(true)).toEqual(['a', 'c', 'b']);
});

test('a table that grows over its bound forgets what changed longest ago, and says so', () => {
  const feed = new TableFeed(upsert);
  const changes = Array.from({ length: 20_001 }, (_, i): Change => ['+I', `u${String(i)}`, i]);
  feed.add(batchOf([...changes.slice(0, 20_000), ['+U', 'u0', -1], changes[20_000]!]));
  const view = feed.view('n', { by: 'column', column: 'clicks', isDescending: false });
  expect(view).toMatchObject({ rows: 20_000, isPart: true, length: 200 });
  expect(view?.columns[0]?.values.slice(0, 3)).toEqual(['u0', 'u2', 'u3']);
});

const change = fc.record({ user: fc.constantFrom('a', 'b', 'c', 'ab', null), clicks: fc.integer({ min: 0, max: 3 }) });

describe('whatever comes', () => {
  test('a keyed table is the last row of each key that was not deleted', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom<RowKindName>('+I', '+U', '-D'), change)), (events) => {
        const newest = new Map<string | null, number>();
        for (const [kind, { user, clicks }] of events) {
          if (kind === '-D') newest.delete(user);
          else newest.set(user, clicks);
        }
        const feed = feedOf(
          upsert,
          events.map(([kind, { user, clicks }]): Change => [kind, user, clicks]),
        );
        const view = feed.view('n', { by: 'key' });
        const shown = lines(view).filter((line) => !line.startsWith('-D'));
        const cells = shown.map((line) => line.replace(/^\S+ /, '').replaceAll(/[[\]]/g, '')).toSorted();
        expect(cells).toEqual([...newest].map(([user, clicks]) => `${String(user)} ${String(clicks)}`).toSorted());
        expect(view?.rows ?? 0).toBe(newest.size);
      }),
    );
  });

  test('rows without a key are those put in less those taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), change)), (events) => {
        const bag: string[] = [];
        for (const [isPut, { user, clicks }] of events) {
          const row = `${String(user)} ${String(clicks)}`;
          if (isPut) bag.push(row);
          else if (bag.includes(row)) bag.splice(bag.indexOf(row), 1);
        }
        const feed = feedOf(
          plain,
          events.map(([isPut, { user, clicks }]): Change => [isPut ? '+I' : '-D', user, clicks]),
        );
        const view = feed.view('n', { by: 'key' });
        const rows = lines(view).flatMap((line) => {
          const [, kind, cells, copies] = /^(\S+) (.*?)(?: ×(\d+))?$/.exec(line) ?? [];
          return kind === '-D' ? [] : Array.from({ length: Number(copies ?? 1) }, () => cells!);
        });
        expect(rows.toSorted()).toEqual(bag.toSorted());
        expect(view?.rows ?? 0).toBe(bag.length);
      }),
    );
  });
});

interface SlowRow {
  readonly cells: readonly Value[];
  readonly copies: number;
  readonly changed: readonly boolean[];
  readonly kind: RowKindName;
  readonly seq: number;
  readonly at: number;
}

/** The same rules over plain lists: `rows` by their last change. */
class SlowTable {
  private rows: SlowRow[] = [];
  private gone: SlowRow[] = [];
  private taken: readonly Value[] | null = null;
  private at = 0;
  private readonly isKeyed: boolean;
  private readonly mostRows: number;

  constructor(isKeyed: boolean, mostRows: number) {
    this.isKeyed = isKeyed;
    this.mostRows = mostRows;
  }

  take([kind, ...cells]: Change, seq: number): void {
    const at = ++this.at;
    const isOne = ({ cells: other }: SlowRow): boolean =>
      this.isKeyed ? other[0] === cells[0] : other.every((value, i) => value === cells[i]);
    const known = this.rows.find(isOne);
    this.rows = this.rows.filter((row) => row !== known);
    if (kind === '-U' || kind === '-D') {
      if (known === undefined) return;
      const left = { ...known, copies: known.copies - 1, seq, at };
      if (left.copies > 0) this.rows.push(left);
      if (kind === '-U') this.taken = known.cells;
      else if (left.copies === 0) {
        this.gone = [...this.gone, { ...left, kind, changed: cells.map(() => false) }].slice(-20);
      }
      return;
    }
    const replaced = this.isKeyed ? (known?.cells ?? this.taken) : this.taken;
    const before = kind === '+U' || known !== undefined ? replaced : null;
    this.rows.push({
      cells,
      copies: this.isKeyed ? 1 : (known?.copies ?? 0) + 1,
      changed: cells.map((value, i) => before !== null && before[i] !== value),
      kind: before === null ? '+I' : '+U',
      seq,
      at,
    });
    this.gone = this.gone.filter((row) => !isOne(row));
    this.taken = null;
    this.rows = this.rows.slice(-this.mostRows);
  }

  lines(): readonly string[] {
    const shown = [...this.rows, ...this.gone].sort((a, b) => b.at - a.at);
    return shown.map(({ cells, copies, changed, kind, seq }) => {
      const texts = cells.map((value, i) => (changed[i] === true ? `[${String(value)}]` : String(value)));
      return [kind, ...texts, ...(copies > 1 ? [`×${String(copies)}`] : []), `@${String(seq)}`].join(' ');
    });
  }
}

const any = fc.tuple(fc.constantFrom<RowKindName>('+I', '-U', '+U', '-D'), fc.nat(30), fc.nat(2));

test.each([
  ['keyed', keyed],
  ['of counted rows', plain],
])('a table %s is that of plain lists, row by row, with small room and copies on the way', (_, type) => {
  fc.assert(
    fc.property(
      fc.array(any, { maxLength: 300 }),
      fc.integer({ min: 1, max: 25 }),
      fc.nat(40),
      (events, room, often) => {
        const slow = new SlowTable(type === keyed, room);
        let feed = new TableFeed(type, room);
        events.forEach(([kind, user, clicks], seq) => {
          const change: Change = [kind, user === 0 ? null : `u${String(user)}`, clicks];
          slow.take(change, seq);
          feed.add(batchOf([change], seq));
          if (seq % 41 !== often) return;
          feed.settle();
          feed = copyState(feed).copy;
        });
        const view = feed.view('n', { by: 'change' });
        const shown = lines(view).map((line, row) => `${line} @${String(view?.seq[row])}`);
        expect(shown).toEqual(slow.lines());
      },
    ),
    { seed: 20261, numRuns: 300 },
  );
});

test('a copy goes on as the table does that it was made of, also where much was forgotten since', () => {
  const next = (i: number): Change => [i % 7 === 3 ? '-D' : '+U', `u${String((i * 7_919) % 23_011)}`, i % 100];
  const part = (from: number, to: number): Batch =>
    batchOf(
      Array.from({ length: to - from }, (_, i) => next(from + i)),
      from,
    );
  const feed = new TableFeed(upsert);
  const copies: [number, TableFeed][] = [];
  for (let from = 0; from < 54_000; from += 9_000) {
    feed.add(part(from, from + 9_000));
    feed.settle();
    copies.push([from + 9_000, copyState(feed, copies.at(-1)?.[1] ?? null).copy]);
  }
  for (const [from, kept] of copies) {
    const fresh = copyState(kept).copy;
    if (from < 54_000) fresh.add(part(from, 54_000));
    for (const by of ['key', 'change'] as const) expect(fresh.view('n', { by })).toEqual(feed.view('n', { by }));
    expect(kept.view('n', { by: 'change' })?.changesSeen).toBe(from);
  }
});
