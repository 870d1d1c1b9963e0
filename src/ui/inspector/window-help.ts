import type { DialectName } from '../../stream/node-definition.ts';
import type { OperatorHelp } from './operator-help-type.ts';

export type WindowKind = 'tumbling' | 'hopping' | 'cumulate' | 'session' | 'sliding' | 'count' | 'global';

/** When windows of every kind give results, as the engine has it. */
const FIRING: Readonly<Record<DialectName, string>> = {
  'flink-datastream':
    'A window fires when the watermark comes to its end, and again with each row that comes within the allowed lateness; a row whose windows are all closed is dropped.',
  'flink-sql': 'A window fires when the watermark comes to its end; a row whose windows have all fired is dropped.',
  'kafka-streams':
    'Time is that of the newest row so far. A window is closed once that is past its end and the grace; until then each row gives a new result, or the last one waits for the close. A row for a closed window is dropped.',
  ksqldb:
    'Time is that of the newest row so far. A window is closed once that is past its end and the grace; until then each row gives a new result. A row for a closed window is dropped.',
  beam: 'The trigger says when a window gives a pane: at the latest when the watermark comes to its end. A row behind the end and the allowed lateness is dropped.',
};

const SESSION_ENDS: Readonly<Record<DialectName, string>> = {
  'flink-datastream': 'It ends a gap behind the last row; rows exactly a gap apart are one session.',
  'flink-sql': 'It ends a gap behind the last row; rows exactly a gap apart are one session.',
  'kafka-streams': 'It ends with the last row itself; rows exactly a gap apart are one session.',
  ksqldb: 'It ends with the last row itself; rows exactly a gap apart are one session.',
  beam: 'It ends a gap behind the last row; rows exactly a gap apart are two sessions.',
};

const RULES: Readonly<Record<WindowKind, (dialect: DialectName) => string>> = {
  tumbling: (dialect) => `Windows of one size stand next to each other; each row belongs to one. ${FIRING[dialect]}`,
  hopping: (dialect) =>
    `A window of the size begins with every advance, so that windows overlap and a row belongs to several. ${FIRING[dialect]}`,
  cumulate: (dialect) =>
    `Windows begin together and end a step after one another, up to the full size; then the next ones begin. ${FIRING[dialect]}`,
  session: (dialect) =>
    `Rows of a key that come within a gap of each other make a window; a row between two sessions makes them one. ${SESSION_ENDS[dialect]} ${FIRING[dialect]}`,
  sliding: (dialect) =>
    `Each row makes a window that ends with it and one that begins behind it, where rows are in there; both ends belong to it. ${FIRING[dialect]}`,
  count: () =>
    'A window holds so many rows of a key and fires with the last of them. Time plays no part: nothing is late, and rows that do not fill a window give no result.',
  global: (dialect) =>
    dialect === 'beam'
      ? 'All rows of a key are in one window that ends with the stream. The trigger says when it gives a pane.'
      : 'All rows of a key are in one window without an end. It fires only when its trigger says so.',
};

type Names = OperatorHelp['names'];

const NAMES: Readonly<Record<WindowKind, Names>> = {
  tumbling: {
    'flink-datastream': 'TumblingEventTimeWindows',
    'flink-sql': 'TUMBLE',
    'kafka-streams': 'TimeWindows',
    ksqldb: 'WINDOW TUMBLING',
    beam: 'FixedWindows',
  },
  hopping: {
    'flink-datastream': 'SlidingEventTimeWindows',
    'flink-sql': 'HOP',
    'kafka-streams': 'TimeWindows.advanceBy',
    ksqldb: 'WINDOW HOPPING',
    beam: 'SlidingWindows',
  },
  cumulate: { 'flink-sql': 'CUMULATE' },
  session: {
    'flink-datastream': 'EventTimeSessionWindows',
    'flink-sql': 'SESSION',
    'kafka-streams': 'SessionWindows',
    ksqldb: 'WINDOW SESSION',
    beam: 'Sessions',
  },
  sliding: { 'kafka-streams': 'SlidingWindows' },
  count: { 'flink-datastream': 'countWindow' },
  global: { 'flink-datastream': 'GlobalWindows', beam: 'GlobalWindows' },
};

const TITLES: Readonly<Record<WindowKind, string>> = {
  tumbling: 'Tumbling window',
  hopping: 'Hopping window',
  cumulate: 'Cumulating window',
  session: 'Session window',
  sliding: 'Sliding window',
  count: 'Count window',
  global: 'Global window',
};

/** What a window of a kind does under an engine's rules. */
export function windowHelp(kind: WindowKind, dialect: DialectName): OperatorHelp & { readonly title: string } {
  return { title: TITLES[kind], rule: RULES[kind](dialect), names: NAMES[kind], picture: kind };
}

export function windowKindOf(value: unknown): WindowKind {
  const known = Object.keys(TITLES).find((kind) => kind === value);
  return (known as WindowKind | undefined) ?? 'tumbling';
}
