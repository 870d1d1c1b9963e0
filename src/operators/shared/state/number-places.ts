import { grownFloats } from '../aggregates/grow.ts';

const FEW = 64;
const NONE = -1;
/** 2^32 over the golden ratio: consecutive keys land far apart. */
const GOLDEN = 0x9e3779b1;

const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/**
 * Finds the number of a double. Open addressing at half load; removal moves what follows into the gap, so that no
 * tombstones build up, and the table grows and shrinks with what it holds. Not for NaN; -0 is 0.
 */
export class NumberPlaces {
  /** The double of each number. */
  values = new Float64Array(FEW);
  private places = new Int32Array(FEW).fill(NONE);
  private shift = 32 - Math.log2(FEW);
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
    const { places, values, shift } = this;
    const mask = places.length - 1;
    for (let i = from; i < to; i++) {
      const value = sought[i]!;
      const whole = value | 0;
      let place = (whole === value ? Math.imul(whole, GOLDEN) : mixed(value)) >>> shift;
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
    if (++this.count * 2 > this.places.length) this.rebuild(this.places.length * 2);
    this.put(id);
  }

  remove(id: number): void {
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
    this.count--;
    if (this.count * 8 < places.length && places.length > FEW) this.rebuild(places.length / 4);
    if (this.count === 0) this.values = new Float64Array(FEW);
  }

  private rebuild(length: number): void {
    const old = this.places;
    this.places = new Int32Array(Math.max(length, FEW)).fill(NONE);
    this.shift = 32 - Math.log2(this.places.length);
    for (const id of old) if (id >= 0) this.put(id);
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
    return (whole === value ? Math.imul(whole, GOLDEN) : mixed(value)) >>> this.shift;
  }
}

/** All bits of a double that is no small whole number. */
function mixed(value: number): number {
  bits[0] = value;
  return Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b), GOLDEN);
}
