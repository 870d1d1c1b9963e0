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
  | 'windows'
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
  windows: {
    text: 'Rows go to windows by their event time; windows behind the watermark have fired, the last one is open.',
    marks: [
      { kind: 'box', x: 40, y: 14, width: 76, height: 44 },
      { kind: 'box', x: 118, y: 14, width: 76, height: 44 },
      { kind: 'open', x: 196, y: 14, width: 76, height: 44 },
      ...dots(36, 58, 84, 102, 136, 178, 222),
      { kind: 'tide', d: 'M206 6V66' },
      label(180, 80, 'watermark'),
      label(56, 80, 'fired'),
    ],
  },
  held: {
    text: 'Four updates of one window are held back; the last one goes out when the window is closed.',
    marks: [
      ...IN_AND_OUT,
      { kind: 'open', x: 58, y: 8, width: 130, height: 28 },
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
      { kind: 'box', x: 104, y: BOTTOM - 12, width: 96, height: 24 },
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
      { kind: 'open', x: 50, y: BOTTOM - 11, width: 66, height: 22 },
      { kind: 'box', x: 118, y: BOTTOM - 11, width: 76, height: 22 },
      { kind: 'open', x: 196, y: BOTTOM - 11, width: 76, height: 22 },
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
      { kind: 'open', x: 74, y: BOTTOM - 6, width: 12, height: 12 },
      { kind: 'open', x: 124, y: BOTTOM - 6, width: 12, height: 12 },
      ...dots(BOTTOM, 220),
      label(98, 80, 'taken back'),
      label(206, 80, 'counts'),
    ],
  },
  pattern: {
    text: 'A, then B, then C within a time make a match; the rows between are passed over.',
    marks: [
      lane(36),
      { kind: 'box', x: 60, y: 18, width: 176, height: 36 },
      { kind: 'tie', d: 'M76 36H216' },
      ...dots(36, 76, 146, 216),
      { kind: 'open', x: 105, y: 31, width: 10, height: 10 },
      { kind: 'open', x: 179, y: 31, width: 10, height: 10 },
      label(72, 72, 'A'),
      label(142, 72, 'B'),
      label(212, 72, 'C'),
      label(240, 14, 'within'),
    ],
  },
  rank: {
    text: 'The rows with the largest values are kept in order; those below them are let go.',
    marks: [
      { kind: 'box', x: 60, y: 8, width: 180, height: 14 },
      { kind: 'box', x: 60, y: 26, width: 130, height: 14 },
      { kind: 'open', x: 60, y: 50, width: 90, height: 12 },
      { kind: 'open', x: 60, y: 66, width: 54, height: 12 },
      label(40, 20, '1'),
      label(40, 38, '2'),
      { kind: 'lane', d: 'M40 45H276' },
    ],
  },
  over: {
    text: 'A row is summed up with those shortly before it.',
    marks: [
      lane(36),
      { kind: 'box', x: 102, y: 20, width: 116, height: 32 },
      ...dots(36, 60, 112, 150, 180, 210),
      label(194, 72, 'this row'),
    ],
  },
};
