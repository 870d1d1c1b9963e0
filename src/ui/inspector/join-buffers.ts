import type { StateContents, StateLook } from '../../stream/state-look.ts';
import type { Json } from '../../stream/value.ts';

/** The rows of both sides of a join that wait for partners, on one line of time. Pure. */
export interface JoinBuffers {
  readonly left: readonly BufferedRow[];
  readonly right: readonly BufferedRow[];
  /** Pairs of places in `left` and `right` whose keys and times match. */
  readonly matches: readonly (readonly [left: number, right: number])[];
  /** Rows that there are, told here or not. */
  readonly total: readonly [left: number, right: number];
}

export interface BufferedRow {
  readonly key: string;
  readonly timeMs: number;
  /** When partners lie, both ends in. */
  readonly partners: { readonly fromMs: number; readonly toMs: number };
  /** The watermark that lets it go; null where the clock does. */
  readonly goesMs: number | null;
}

/** `keys`: the columns that must be equal, of either side. Null where the state is not that of rows that wait for partners. */
export function joinBuffers(
  { contents }: StateLook,
  keys: readonly [left: readonly string[], right: readonly string[]],
): JoinBuffers | null {
  const [left, right] = contents;
  if (contents.length !== 2 || left === undefined || right === undefined) return null;
  const lefts = bufferedRows(left, keys[0]);
  const rights = bufferedRows(right, keys[1]);
  if (lefts === null || rights === null) return null;
  return { left: lefts, right: rights, matches: matchesOf(lefts, rights), total: [left.total, right.total] };
}

function bufferedRows({ columns, entries, total }: StateContents, names: readonly string[]): BufferedRow[] | null {
  const places = names.map((name) => columns.findIndex((column) => column.name === name));
  const rows = entries.flatMap(({ cells, until, moment }): readonly BufferedRow[] => {
    const partners = moment?.partners ?? null;
    if (moment === undefined || partners === null) return [];
    const { timeMs } = moment;
    const goesMs = until === null || until.isByClock === true ? null : until.timeMs;
    return [{ key: keyOf(places.map((place) => cells[place] ?? null)), timeMs, partners, goesMs }];
  });
  return rows.length === entries.length && rows.length <= total ? rows : null;
}

function keyOf(cells: readonly Json[]): string {
  return cells.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell))).join(' · ');
}

function matchesOf(left: readonly BufferedRow[], right: readonly BufferedRow[]): JoinBuffers['matches'] {
  return left.flatMap(({ key, partners: { fromMs, toMs } }, l) =>
    right.flatMap((row, r) => (row.key === key && row.timeMs >= fromMs && row.timeMs <= toMs ? [[l, r] as const] : [])),
  );
}
