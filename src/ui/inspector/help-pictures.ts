/** A mark of a drawing on a field of 280 × 84: event time goes to the right. */
export type Mark =
  | { readonly kind: 'dot' | 'square' | 'ring'; readonly x: number; readonly y: number }
  | {
      readonly kind: 'box' | 'open';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  /** A path; `tide` is the watermark. */
  | { readonly kind: 'lane' | 'tie' | 'tide'; readonly d: string }
  | { readonly kind: 'label'; readonly x: number; readonly y: number; readonly text: string };

export interface Picture {
  /** What it shows, in words, for those who do not see it. */
  readonly text: string;
  readonly marks: readonly Mark[];
}

export type PictureName =
  | 'watermark'
  | 'row'
  | 'filter'
  | 'split'
  | 'union'
  | 'tumbling'
  | 'hopping'
  | 'cumulate'
  | 'session'
  | 'sliding'
  | 'count'
  | 'global'
  | 'window-pairs'
  | 'held'
  | 'interval'
  | 'pairs'
  | 'versions'
  | 'keys'
  | 'pattern'
  | 'rank'
  | 'over';

const TOP = 22;
const BOTTOM = 58;

function lane(y: number): Mark {
  return { kind: 'lane', d: `M40 ${y}H276` };
}

function label(x: number, y: number, text: string): Mark {
  return { kind: 'label', x, y, text };
}

function dots(y: number, ...xs: readonly number[]): readonly Mark[] {
  return xs.map((x) => ({ kind: 'dot', x, y }));
}

function box(x: number, y: number, width: number, height: number): Mark {
  return { kind: 'box', x, y, width, height };
}

function open(x: number, y: number, width: number, height: number): Mark {
  return { kind: 'open', x, y, width, height };
}

function squares(...xs: readonly number[]): readonly Mark[] {
  return xs.map((x) => ({ kind: 'square', x, y: BOTTOM }));
}

/** From a mark on the upper lane to one on the lower. */
function tie(from: number, to: number): Mark {
  return { kind: 'tie', d: `M${from} ${TOP}L${to} ${BOTTOM}` };
}

const IN_AND_OUT: readonly Mark[] = [label(2, TOP + 4, 'in'), label(2, BOTTOM + 4, 'out'), lane(TOP), lane(BOTTOM)];
const SIDES: readonly Mark[] = [label(2, TOP + 4, 'left'), label(2, BOTTOM + 4, 'right'), lane(TOP), lane(BOTTOM)];

export const PICTURES: Readonly<Record<PictureName, Picture>> = {
  watermark: {
    text: 'The watermark follows the newest event in steps, one delay behind; an event behind it is late.',
    marks: [
      { kind: 'tide', d: 'M40 76H92V58H150V40H222V22H276' },
      ...dots(64, 70),
      ...dots(46, 128),
      ...dots(28, 200),
      { kind: 'ring', x: 166, y: 58 },
      label(230, 16, 'watermark'),
      label(176, 62, 'late'),
    ],
  },
  row: {
    text: 'Each row that comes in gives one row that goes out.',
    marks: [
      ...IN_AND_OUT,
      ...[80, 140, 210].map((x) => tie(x, x)),
      ...dots(TOP, 80, 140, 210),
      ...dots(BOTTOM, 80, 140, 210),
    ],
  },
  filter: {
    text: 'Of five rows that come in, the three that fit go out.',
    marks: [
      ...IN_AND_OUT,
      ...[70, 160, 240].map((x) => tie(x, x)),
      ...dots(TOP, 70, 115, 160, 200, 240),
      ...dots(BOTTOM, 70, 160, 240),
    ],
  },
  split: {
    text: 'One row that comes in gives several rows that go out.',
    marks: [
      ...IN_AND_OUT,
      ...[90, 125, 160].map((x) => tie(90, x)),
      ...[210, 245].map((x) => tie(210, x)),
      ...dots(TOP, 90, 210),
      ...dots(BOTTOM, 90, 125, 160, 210, 245),
    ],
  },
  union: {
    text: 'The rows of two streams become one stream in the order in which they come.',
    marks: [
      label(2, 16, 'in'),
      label(2, 40, 'in'),
      label(2, 72, 'out'),
      ...[12, 36, 68].map(lane),
      ...dots(12, 70, 190),
      ...dots(36, 120, 240),
      ...dots(68, 70, 120, 190, 240),
    ],
  },
  tumbling: {
    text: 'Windows next to each other: each row is in one. Those behind the watermark have fired, the last one is open.',
    marks: [
      box(40, 14, 76, 44),
      box(118, 14, 76, 44),
      open(196, 14, 76, 44),
      ...dots(36, 58, 84, 102, 136, 178, 222),
      { kind: 'tide', d: 'M206 6V66' },
      label(180, 80, 'watermark'),
      label(56, 80, 'fired'),
    ],
  },
  hopping: {
    text: 'Windows that overlap: the row in the middle is in three of them, each beginning one advance after the other.',
    marks: [
      box(40, 8, 132, 14),
      box(84, 28, 132, 14),
      open(128, 48, 132, 14),
      { kind: 'tie', d: 'M150 4V70' },
      ...dots(15, 62, 112, 150),
      ...dots(35, 112, 150, 196),
      ...dots(55, 150, 196, 240),
      label(40, 78, 'one advance after another'),
    ],
  },
  cumulate: {
    text: 'Windows with one beginning, each a step longer than the one before, up to the full size.',
    marks: [
      box(40, 8, 56, 14),
      box(40, 28, 112, 14),
      open(40, 48, 168, 14),
      ...dots(15, 62, 84),
      ...dots(35, 62, 84, 130),
      ...dots(55, 62, 84, 130, 186),
      label(214, 59, 'size'),
      label(100, 19, 'step'),
    ],
  },
  session: {
    text: 'Rows close to each other make a session; a pause longer than the gap ends it.',
    marks: [
      lane(36),
      box(56, 16, 92, 40),
      open(196, 16, 76, 40),
      ...dots(36, 64, 86, 118, 206, 236),
      { kind: 'tie', d: 'M118 62H148' },
      label(124, 76, 'gap'),
      label(158, 76, 'a longer pause'),
    ],
  },
  sliding: {
    text: 'A window ends with each row, and another begins right behind it.',
    marks: [lane(36), box(66, 14, 92, 18), open(162, 42, 92, 18), ...dots(36, 84, 120, 158, 214)],
  },
  count: {
    text: 'Every third row fills a window; the last window still waits for rows.',
    marks: [
      lane(36),
      box(50, 18, 86, 36),
      box(142, 18, 86, 36),
      open(234, 18, 38, 36),
      ...dots(36, 64, 92, 122, 156, 184, 214, 248),
      label(80, 74, '3 rows'),
      label(172, 74, '3 rows'),
    ],
  },
  global: {
    text: 'One window without an end holds all rows; its trigger says when it gives a result.',
    marks: [
      open(44, 14, 228, 44),
      ...dots(36, 64, 96, 130, 170, 204, 244),
      { kind: 'tie', d: 'M140 8V64' },
      { kind: 'tie', d: 'M214 8V64' },
      label(118, 78, 'trigger'),
      label(194, 78, 'trigger'),
    ],
  },
  'window-pairs': {
    text: 'Left and right rows of the same key are paired where they lie in the same window.',
    marks: [
      ...SIDES,
      box(60, 8, 96, 64),
      box(160, 8, 96, 64),
      tie(84, 112),
      tie(84, 76),
      tie(232, 204),
      ...dots(TOP, 84, 232),
      ...squares(112, 76, 204),
    ],
  },
  held: {
    text: 'Four updates of one window are held back; the last one goes out when the window is closed.',
    marks: [
      ...IN_AND_OUT,
      open(58, 8, 130, 28),
      ...dots(TOP, 76, 108, 140, 172),
      tie(172, 216),
      ...dots(BOTTOM, 216),
      { kind: 'tide', d: 'M216 6V44' },
    ],
  },
  interval: {
    text: 'A left row is paired with the right rows within its interval; rows outside find no partner.',
    marks: [
      ...SIDES,
      box(104, BOTTOM - 12, 96, 24),
      tie(130, 126),
      tie(130, 178),
      ...dots(TOP, 130),
      ...squares(76, 126, 178, 236),
    ],
  },
  pairs: {
    text: 'Left and right rows of the same key are paired.',
    marks: [
      ...SIDES,
      tie(80, 104),
      tie(80, 190),
      tie(150, 104),
      tie(150, 190),
      ...dots(TOP, 80, 150),
      ...squares(104, 190),
    ],
  },
  versions: {
    text: 'A left row is given the version of the right table that was valid at its time.',
    marks: [
      ...SIDES,
      open(50, BOTTOM - 11, 66, 22),
      box(118, BOTTOM - 11, 76, 22),
      open(196, BOTTOM - 11, 76, 22),
      { kind: 'tie', d: `M166 ${TOP}V${BOTTOM}` },
      ...dots(TOP, 166),
      ...squares(54, 122, 200),
      label(66, 62, 'v1'),
      label(134, 62, 'v2'),
      label(212, 62, 'v3'),
    ],
  },
  keys: {
    text: 'Of each key one row counts: a newer one takes the place of the one before.',
    marks: [
      ...IN_AND_OUT,
      ...[80, 130, 220].map((x) => tie(x, x)),
      ...dots(TOP, 80, 130, 220),
      open(74, BOTTOM - 6, 12, 12),
      open(124, BOTTOM - 6, 12, 12),
      ...dots(BOTTOM, 220),
      label(98, 80, 'taken back'),
      label(206, 80, 'counts'),
    ],
  },
  pattern: {
    text: 'A, then B, then C within a time make a match; the rows between are passed over.',
    marks: [
      lane(36),
      box(60, 18, 176, 36),
      { kind: 'tie', d: 'M76 36H216' },
      ...dots(36, 76, 146, 216),
      open(105, 31, 10, 10),
      open(179, 31, 10, 10),
      label(72, 72, 'A'),
      label(142, 72, 'B'),
      label(212, 72, 'C'),
      label(240, 14, 'within'),
    ],
  },
  rank: {
    text: 'The rows with the largest values are kept in order; those below them are let go.',
    marks: [
      box(60, 8, 180, 14),
      box(60, 26, 130, 14),
      open(60, 50, 90, 12),
      open(60, 66, 54, 12),
      label(40, 20, '1'),
      label(40, 38, '2'),
      { kind: 'lane', d: 'M40 45H276' },
    ],
  },
  over: {
    text: 'A row is summed up with those shortly before it.',
    marks: [lane(36), box(102, 20, 116, 32), ...dots(36, 60, 112, 150, 180, 210), label(194, 72, 'this row')],
  },
};
