import type { StateContents, StateLook } from '../../stream/state-look.ts';
import type { Json } from '../../stream/value.ts';

/** Windows of a state as bars on a time line. Pure. */
export interface StateLanes {
  /** What the lanes are: nothing to be told apart, or keys. */
  readonly by: 'window' | 'key';
  readonly lanes: readonly Lane[];
  /** Keys that there are among the entries told, drawn or not. */
  readonly keys: number;
}

export interface Lane {
  readonly name: string;
  readonly bars: readonly LaneBar[];
}

export interface LaneBar {
  readonly startMs: number;
  readonly endMs: number;
  /** When it fires, or when one that has fired is let go; null where nothing is known to become of it. */
  readonly untilMs: number | null;
  /** When it is let go. */
  readonly goesMs: number | null;
  readonly hasFired: boolean;
  /** What is in it. */
  readonly text: string;
}

/** Most lanes that can be told apart in a panel. */
export const MOST_LANES = 8;

/** Null where nothing is kept by windows with a start and an end. */
export function stateLanes(look: StateLook): StateLanes | null {
  if (look.windows.length > 0) return { by: 'window', lanes: windowLanes(look), keys: 0 };
  const contents = look.contents.find(({ entries }) => entries.some(({ window }) => isFinite(window)));
  return contents === undefined ? null : keyLanes(contents);
}

/** Windows that overlap lie in lanes of their own. */
function windowLanes({ windows }: StateLook): readonly Lane[] {
  const lanes: LaneBar[][] = [];
  for (const { startMs, endMs, untilMs, goesMs, hasFired, rows } of windows) {
    const bar = { startMs, endMs, untilMs, goesMs, hasFired, text: String(rows) };
    const free = lanes.find((lane) => (lane.at(-1)?.endMs ?? -Infinity) <= startMs);
    if (free !== undefined) free.push(bar);
    else if (lanes.length < MOST_LANES) lanes.push([bar]);
  }
  return lanes.map((bars) => ({ name: '', bars }));
}

function keyLanes({ columns, entries }: StateContents): StateLanes {
  const byKey = new Map<string, LaneBar[]>();
  for (const { window, cells, until } of entries) {
    if (!isFinite(window)) continue;
    const name = textOf(cells.filter((_, i) => columns[i]?.isKey === true));
    const bar: LaneBar = {
      ...window,
      untilMs: until === null || until.isByClock === true ? null : until.timeMs,
      goesMs: until?.goesMs ?? null,
      hasFired: until?.does === 'goes',
      text: textOf(cells.filter((_, i) => columns[i]?.isKey !== true).slice(0, 1)),
    };
    byKey.set(name, [...(byKey.get(name) ?? []), bar]);
  }
  const lanes = [...byKey].map(([name, bars]) => ({ name, bars }));
  return { by: 'key', lanes: lanes.slice(0, MOST_LANES), keys: lanes.length };
}

function isFinite(window: StateContents['entries'][number]['window']): window is NonNullable<typeof window> {
  return window !== null && Number.isFinite(window.endMs - window.startMs);
}

function textOf(cells: readonly Json[]): string {
  return cells.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell))).join(' · ');
}
