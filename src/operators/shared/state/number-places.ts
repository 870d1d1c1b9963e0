import type { Ints } from '../ints.ts';
import { grownFloats } from '../aggregates/grow.ts';
import { grownInts } from './numbered-values.ts';
import { powerOfTwoFrom, shiftToPlaces } from './powers-of-two.ts';

const FEW = 64;
const NONE = -1;
/** 2^32 over the golden ratio: its multiples lie far apart. */
const GOLDEN = 0x9e3779b1;
/** Whole numbers that the array by value may span beside each value that there is, and at least. */
const SPAN_PER_VALUE = 16;
const SMALL_SPAN = 4096;
/** Below this load the table shrinks: far enough below a half that keys that come and go in bursts do not move it. */
const LEAST_LOAD = 1 / 32;

const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/**
 * Finds the number of a double. While all are whole and lie close together from 0 on, an array by value tells; with the
 * first other one, and until that is gone, open addressing at half load. Removal moves what follows into the gap, so that
 * no tombstones build up, and the table grows and shrinks with what it holds. Not for NaN; -0 is 0.
 */
export class NumberPlaces {
  /** The double of each number; NaN for numbers that have none. */
  values = new Float64Array(FEW).fill(Number.NaN);
  /** Numbers by value; null where `places` finds them. */
  private direct: Int32Array | null = new Int32Array(FEW).fill(NONE);
  private places = new Int32Array(0);
  private shift = 0;
  private count = 0;

  /** The number of each whole number from 0 on, -1 for none; null unless all values are in it. */
  get byValue(): Int32Array | null {
    return this.direct;
  }

  /** The number of a double; -1 where it has none. */
  find(value: number): number {
    const { direct, places, values } = this;
    if (direct !== null) return isPlace(value, direct) ? direct[value >>> 0]! : NONE;
    const mask = places.length - 1;
    let place = this.home(value);
    let id = places[place]!;
    while (id >= 0 && values[id] !== value) {
      place = (place + 1) & mask;
      id = places[place]!;
    }
    return id;
  }

  /** Numbers of doubles into `ids`, -1 where one has none. Returns the first place with none, or `to`. */
  findInts(sought: Int32Array, from: number, to: number, ids: Int32Array): number {
    if (this.direct !== null) return findDirectly(this.direct, sought, { from, to }, ids);
    const { places, values, shift } = this;
    const mask = places.length - 1;
    for (let i = from; i < to; i++) {
      const value = sought[i]!;
      let place = Math.imul(value, GOLDEN) >>> shift;
      let id = places[place]!;
      while (id >= 0 && values[id] !== value) {
        place = (place + 1) & mask;
        id = places[place]!;
      }
      if (id < 0) return i;
      ids[i] = id;
    }
    return to;
  }

  /** The same of doubles; NaN has none. */
  findFloats(sought: Float64Array, from: number, to: number, ids: Int32Array): number {
    if (this.direct !== null) return findDirectly(this.direct, sought, { from, to }, ids);
    const { places, values, shift } = this;
    const mask = places.length - 1;
    for (let i = from; i < to; i++) {
      const value = sought[i]!;
      const whole = value | 0;
      let place = Math.imul(whole === value ? whole : mixed(value), GOLDEN) >>> shift;
      let id = places[place]!;
      while (id >= 0 && values[id] !== value) {
        place = (place + 1) & mask;
        id = places[place]!;
      }
      if (id < 0) return i;
      ids[i] = id;
    }
    return to;
  }

  /** Makes room for the doubles of numbers below `count`. */
  reserve(count: number): void {
    const had = this.values.length;
    if (count > had) this.values = (grownFloats(this.values, count) as Float64Array<ArrayBuffer>).fill(Number.NaN, had);
  }

  /** Adds a double that has no number yet. */
  add(value: number, id: number): void {
    this.reserve(id + 1);
    this.count++;
    if (this.direct === null && this.count * 2 > this.places.length) this.resize(this.places.length * 2);
    this.values[id] = value;
    if (this.direct !== null) {
      if (this.addDirectly(value, id)) return;
      this.leaveDirect(this.direct);
    }
    this.put(id);
  }

  private addDirectly(value: number, id: number): boolean {
    if (!(value >= 0 && Math.floor(value) === value)) return false;
    if (value >= this.direct!.length) {
      if (value >= Math.max(SMALL_SPAN, this.count * SPAN_PER_VALUE)) return false;
      const before = this.direct!.length;
      this.direct = grownInts(this.direct!, powerOfTwoFrom(value + 1)).fill(NONE, before);
    }
    this.direct![value >>> 0] = id;
    return true;
  }

  private leaveDirect(direct: Int32Array): void {
    this.direct = null;
    this.allot(powerOfTwoFrom(this.values.length * 2));
    for (let i = 0; i < direct.length; i++) if (direct[i]! >= 0) this.put(direct[i]!);
  }

  remove(id: number): void {
    this.count--;
    if (this.direct !== null) this.direct[this.values[id]! >>> 0] = NONE;
    else this.removePlace(id);
    this.values[id] = Number.NaN;
    if (this.count === 0) this.beginAnew();
    else if (this.count < this.places.length * LEAST_LOAD) this.resize(this.places.length / 2);
  }

  /** Removes many at once: where they are not few, those that stay are put into a new table. */
  removeAll({ values: ids, length }: Ints): void {
    const { direct, values } = this;
    if (direct === null && length * 4 < this.count) {
      for (let i = 0; i < length; i++) this.remove(ids[i]!);
      return;
    }
    this.count -= length;
    if (direct !== null) for (let i = 0; i < length; i++) direct[values[ids[i]!]! >>> 0] = NONE;
    for (let i = 0; i < length; i++) values[ids[i]!] = Number.NaN;
    if (this.count === 0) this.beginAnew();
    else if (direct === null) this.resize(powerOfTwoFrom(this.count * 4));
  }

  private beginAnew(): void {
    this.values = new Float64Array(FEW).fill(Number.NaN);
    this.direct = new Int32Array(FEW).fill(NONE);
    this.places = new Int32Array(0);
  }

  private removePlace(id: number): void {
    const { places, values } = this;
    const mask = places.length - 1;
    let gap = this.home(values[id]!);
    while (places[gap] !== id) gap = (gap + 1) & mask;
    for (let place = (gap + 1) & mask; places[place]! >= 0; place = (place + 1) & mask) {
      const home = this.home(values[places[place]!]!);
      // It may move only where its own way from home leads past the gap.
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      places[gap] = places[place]!;
      gap = place;
    }
    places[gap] = NONE;
  }

  /** Finds places anew for all there are, by value where that can be. */
  private resize(length: number): void {
    const { values } = this;
    const greatest = greatestWhole(values);
    if (greatest >= Math.max(SMALL_SPAN, this.count * SPAN_PER_VALUE) / 2) {
      this.allot(Math.max(length, FEW));
      for (let id = 0; id < values.length; id++) if (values[id] === values[id]) this.put(id);
      return;
    }
    const direct = new Int32Array(powerOfTwoFrom(greatest + 1)).fill(NONE);
    for (let id = 0; id < values.length; id++) if (values[id] === values[id]) direct[values[id]! >>> 0] = id;
    this.direct = direct;
    this.places = new Int32Array(0);
  }

  private allot(length: number): void {
    this.places = new Int32Array(length).fill(NONE);
    this.shift = shiftToPlaces(length);
  }

  private put(id: number): void {
    const { places, values } = this;
    const mask = places.length - 1;
    let place = this.home(values[id]!);
    while (places[place]! >= 0) place = (place + 1) & mask;
    places[place] = id;
  }

  private home(value: number): number {
    const whole = value | 0;
    return Math.imul(whole === value ? whole : mixed(value), GOLDEN) >>> this.shift;
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function findDirectly(direct: Int32Array, sought: Int32Array | Float64Array, range: Range, ids: Int32Array): number {
  const span = direct.length;
  for (let i = range.from; i < range.to; i++) {
    const value = sought[i]!;
    const place = value >>> 0;
    // A fraction, NaN, or what lies outside is no place.
    if (place !== value || place >= span) return i;
    const id = direct[place]!;
    if (id < 0) return i;
    ids[i] = id;
  }
  return range.to;
}

/** The greatest of the values that are not NaN; infinity unless all of them are whole and not below 0. */
function greatestWhole(values: Float64Array): number {
  let greatest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0 || Math.floor(value) < value) return Infinity;
    if (value > greatest) greatest = value;
  }
  return greatest;
}

function isPlace(value: number, direct: Int32Array): boolean {
  return value >= 0 && value < direct.length && Math.floor(value) === value;
}

/** All bits of a double that is no small whole number. */
function mixed(value: number): number {
  bits[0] = value;
  return Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b), GOLDEN);
}
