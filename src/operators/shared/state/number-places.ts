import { grownFloats } from '../aggregates/grow.ts';

const FEW = 64;
const NONE = -1;
/** 2^32 over the golden ratio: its multiples lie far apart. */
const GOLDEN = 0x9e3779b1;
/** Places that a new double may have to pass before whole numbers are scattered. */
const PATIENCE = 16;

/** Whole numbers that the array by value may span beside each value that there is, and at least. */
const SPAN_PER_VALUE = 16;
const SMALL_SPAN = 4096;

const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/**
 * Finds the number of a double. Open addressing at half load, whole numbers at first where their low bits say: keys without
 * gaps do not collide then, and where many do they are scattered; removal moves what follows into the gap, so that no
 * tombstones build up, and the table grows and shrinks with what it holds. Not for NaN; -0 is 0.
 */
export class NumberPlaces {
  /** The double of each number. */
  values = new Float64Array(FEW);
  private places = new Int32Array(FEW).fill(NONE);
  /** Numbers by value, for whole values from 0 on that lie close together; `directCount` of all values are in it. */
  private direct = new Int32Array(FEW).fill(NONE);
  private directCount = 0;
  private isScattered = false;
  private factor = 1;
  private shift = 0;
  private count = 0;

  /** The number of a double; -1 where it has none. */
  find(value: number): number {
    const { places, values } = this;
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
    if (this.directCount === this.count) return this.findDirectly(sought, from, to, ids);
    const { places, values, factor, shift } = this;
    const mask = places.length - 1;
    for (let i = from; i < to; i++) {
      const value = sought[i]!;
      let place = (Math.imul(value, factor) >>> shift) & mask;
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

  /** The number of each whole number from 0 on, -1 for none; null unless all values are in it. */
  get byValue(): Int32Array | null {
    return this.directCount === this.count ? this.direct : null;
  }

  private findDirectly(sought: Int32Array, from: number, to: number, ids: Int32Array): number {
    const { direct } = this;
    const span = direct.length;
    for (let i = from; i < to; i++) {
      const value = sought[i]! >>> 0;
      if (value >= span) return i;
      const id = direct[value]!;
      if (id < 0) return i;
      ids[i] = id;
    }
    return to;
  }

  /** The same of doubles; NaN has none. */
  findFloats(sought: Float64Array, from: number, to: number, ids: Int32Array): number {
    const { places, values, factor, shift } = this;
    const mask = places.length - 1;
    for (let i = from; i < to; i++) {
      const value = sought[i]!;
      const whole = value | 0;
      let place = (Math.imul(whole === value ? whole : mixed(value), factor) >>> shift) & mask;
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

  /** Adds a double that has no number yet. */
  add(value: number, id: number): void {
    if (id >= this.values.length) this.values = grownFloats(this.values, id + 1) as Float64Array<ArrayBuffer>;
    this.values[id] = value;
    this.addDirectly(value, id);
    if (++this.count * 2 > this.places.length) this.rebuild(this.places.length * 2);
    const passed = this.put(id);
    if (passed <= PATIENCE || this.isScattered) return;
    this.isScattered = true;
    this.rebuild(this.places.length);
  }

  private addDirectly(value: number, id: number): void {
    if (!(value >= 0 && Math.floor(value) === value)) return;
    if (value >= this.direct.length) {
      if (value >= Math.max(SMALL_SPAN, (this.count + 1) * SPAN_PER_VALUE)) return;
      const larger = new Int32Array(2 ** Math.ceil(Math.log2(value + 1))).fill(NONE);
      larger.set(this.direct);
      this.direct = larger;
    }
    this.direct[value] = id;
    this.directCount++;
  }

  remove(id: number): void {
    const { places, values, direct } = this;
    const mask = places.length - 1;
    const value = values[id]!;
    if (value >= 0 && value < direct.length && direct[value] === id) {
      direct[value] = NONE;
      this.directCount--;
    }
    let gap = this.home(value);
    while (places[gap] !== id) gap = (gap + 1) & mask;
    for (let place = (gap + 1) & mask; places[place]! >= 0; place = (place + 1) & mask) {
      const home = this.home(values[places[place]!]!);
      // It may move only where its own way from home leads past the gap.
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      places[gap] = places[place]!;
      gap = place;
    }
    places[gap] = NONE;
    this.count--;
    if (this.count * 8 < places.length && places.length > FEW) this.rebuild(places.length / 4);
    if (this.count > 0) return;
    this.values = new Float64Array(FEW);
    this.direct = new Int32Array(FEW).fill(NONE);
    this.isScattered = false;
    this.rebuild(FEW);
  }

  private rebuild(length: number): void {
    const old = this.places;
    this.places = new Int32Array(Math.max(length, FEW)).fill(NONE);
    this.factor = this.isScattered ? GOLDEN : 1;
    this.shift = this.isScattered ? 32 - Math.log2(this.places.length) : 0;
    for (const id of old) if (id >= 0) this.put(id);
  }

  /** How many places were taken already. */
  private put(id: number): number {
    const { places, values } = this;
    const mask = places.length - 1;
    let place = this.home(values[id]!);
    let passed = 0;
    for (; places[place]! >= 0; passed++) place = (place + 1) & mask;
    places[place] = id;
    return passed;
  }

  private home(value: number): number {
    const whole = value | 0;
    return (Math.imul(whole === value ? whole : mixed(value), this.factor) >>> this.shift) & (this.places.length - 1);
  }
}

/** All bits of a double that is no small whole number. */
function mixed(value: number): number {
  bits[0] = value;
  const mixture = Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b), GOLDEN);
  return mixture ^ (mixture >>> 15);
}
