import { assert, defined } from '../../stream/assert.ts';

/** The rate at a time; between two knots it goes straight from one to the other. Two knots of one time are a jump. */
export interface RateKnot {
  readonly atMs: number;
  /** As a multiple of the plain rate; 0 or more. */
  readonly factor: number;
}

/** [fromMs, toMs): the rate is `from` at first and grows by `slope` each ms. `plainMs` is the plain time by its start. */
interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly from: number;
  readonly slope: number;
  readonly plainMs: number;
}

/**
 * A rate that changes with time, and where it puts events. Plain time is that of the plain rate: by a time, the rate has made
 * as many events as the plain one makes in the plain time. The first knot is at 0; behind the last one all begins anew
 * where it repeats, else its rate stays. Takes + - * / and the square root alone, so that every machine gets the same bits.
 */
export class PiecewiseRate {
  /** Times at which pieces begin, in the first round. */
  readonly beginsMs: readonly number[];
  /** Infinity where it does not repeat. */
  readonly roundMs: number;
  private readonly pieces: readonly Piece[];
  private readonly plainRoundMs: number;

  constructor(knots: readonly RateKnot[], repeats: boolean) {
    const pieces: Piece[] = [];
    let plainMs = 0;
    knots.forEach(({ atMs: fromMs, factor: from }, i) => {
      const next = knots[i + 1];
      if (next === undefined) {
        if (!repeats) pieces.push({ fromMs, toMs: Infinity, from, slope: 0, plainMs });
        return;
      }
      const { atMs: toMs, factor: to } = next;
      if (toMs > fromMs) pieces.push({ fromMs, toMs, from, slope: (to - from) / (toMs - fromMs), plainMs });
      plainMs += ((toMs - fromMs) * (from + to)) / 2;
    });
    this.pieces = pieces;
    this.beginsMs = pieces.map(({ fromMs }) => fromMs);
    this.roundMs = repeats ? (knots.at(-1)?.atMs ?? 0) : Infinity;
    this.plainRoundMs = repeats ? plainMs : Infinity;
    assert(repeats ? plainMs > 0 : (knots.at(-1)?.factor ?? 0) > 0, 'There is always another event.');
  }

  /** The plain time by a time of 0 or more. */
  plainMsBy(ms: number): number {
    const rounds = Math.floor(ms / this.roundMs);
    const withinMs = rounds === 0 ? ms : ms - rounds * this.roundMs;
    const { fromMs, from, slope, plainMs } = this.pieceAt(withinMs);
    const x = withinMs - fromMs;
    return (rounds === 0 ? 0 : rounds * this.plainRoundMs) + plainMs + x * (from + (slope * x) / 2);
  }

  /** The time by which so much plain time has gone. */
  msBy(plainMs: number): number {
    const rounds = Math.floor(plainMs / this.plainRoundMs);
    const within = rounds === 0 ? plainMs : Math.max(0, plainMs - rounds * this.plainRoundMs);
    const { pieces } = this;
    const piece = defined(pieces[lastAtMost(pieces, within, plainOf)], 'piece');
    const rest = within - piece.plainMs;
    // The root of from·x + slope·x²/2 = rest, in the form that loses no digits where the slope is near 0.
    const root = Math.sqrt(Math.max(0, piece.from * piece.from + 2 * piece.slope * rest));
    const mean = piece.from + root;
    // 0 at its beginning, also where the rest is too small to be multiplied.
    const x = mean === 0 ? 0 : (2 * rest) / mean;
    return (rounds === 0 ? 0 : rounds * this.roundMs) + Math.min(piece.fromMs + x, piece.toMs);
  }

  /** The rate at a time, as a multiple of the plain one; at a jump the one after it. */
  factorAt(ms: number): number {
    const rounds = Math.floor(ms / this.roundMs);
    const withinMs = rounds === 0 ? ms : ms - rounds * this.roundMs;
    const { fromMs, from, slope } = this.pieceAt(withinMs);
    return from + slope * (withinMs - fromMs);
  }

  private pieceAt(withinMs: number): Piece {
    return defined(this.pieces[lastAtMost(this.pieces, withinMs, beginOf)], 'piece');
  }
}

function beginOf({ fromMs }: Piece): number {
  return fromMs;
}

function plainOf({ plainMs }: Piece): number {
  return plainMs;
}

/** Place of the last item whose figure, which never falls, is at most `value`; 0 where there is none. */
export function lastAtMost<Item>(items: readonly Item[], value: number, figureOf: (item: Item) => number): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const item = items[middle];
    if (item !== undefined && figureOf(item) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
