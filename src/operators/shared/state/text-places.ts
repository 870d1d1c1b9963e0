import { grownInts } from './numbered-values.ts';
import { powerOfTwoFrom, shiftToPlaces } from './powers-of-two.ts';

const FEW = 64;
const NONE = -1;
/** 2^32 over the golden ratio: its multiples lie far apart. */
const GOLDEN = 0x9e3779b1;
/** Below this load the table shrinks: far enough below a half that keys that come and go in bursts do not move it. */
const LEAST_LOAD = 1 / 32;

/** Texts by number, where they have one. */
type Texts = readonly unknown[];

/**
 * Finds the number of a text in a list of them, by open addressing at half load. Many texts are put in several times faster
 * than into a `Map`, which a restored table waits for. Removal moves what follows into the gap, so that no tombstones build up.
 */
export class TextPlaces {
  /** By number. */
  private hashes = new Int32Array(FEW);
  private places = new Int32Array(FEW).fill(NONE);
  private shift = shiftToPlaces(FEW);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of a text among `texts`; -1 where it has none. `hash` is that of the text. */
  find(texts: Texts, text: string, hash: number): number {
    const { hashes, places } = this;
    const mask = places.length - 1;
    let place = this.home(hash);
    let id = places[place]!;
    while (id >= 0 && (hashes[id] !== hash || texts[id] !== text)) {
      place = (place + 1) & mask;
      id = places[place]!;
    }
    return id;
  }

  /** Makes room for so many texts at once. */
  reserve(count: number): void {
    if (count > this.hashes.length) this.hashes = grownInts(this.hashes, count);
    const length = powerOfTwoFrom(count * 2);
    if (length > this.places.length) this.resize(length);
  }

  /** Adds a text with this hash that has no number yet. */
  add(hash: number, id: number): void {
    if (++this.count * 2 > this.places.length) this.resize(this.places.length * 2);
    if (id >= this.hashes.length) this.hashes = grownInts(this.hashes, Math.max(id + 1, this.hashes.length * 2));
    this.hashes[id] = hash;
    this.put(id);
  }

  remove(id: number): void {
    const { hashes, places } = this;
    const mask = places.length - 1;
    let gap = this.home(hashes[id]!);
    while (places[gap] !== id) gap = (gap + 1) & mask;
    for (let place = (gap + 1) & mask; places[place]! >= 0; place = (place + 1) & mask) {
      const home = this.home(hashes[places[place]!]!);
      // It may move only where its own way from home leads past the gap.
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      places[gap] = places[place]!;
      gap = place;
    }
    places[gap] = NONE;
    if (--this.count < places.length * LEAST_LOAD && places.length > FEW) this.resize(places.length / 2);
    if (this.count === 0) this.hashes = new Int32Array(FEW);
  }

  private resize(length: number): void {
    const before = this.places;
    this.places = new Int32Array(length).fill(NONE);
    this.shift = shiftToPlaces(length);
    for (const id of before) if (id >= 0) this.put(id);
  }

  private put(id: number): void {
    const { places, hashes } = this;
    const mask = places.length - 1;
    let place = this.home(hashes[id]!);
    while (places[place]! >= 0) place = (place + 1) & mask;
    places[place] = id;
  }

  private home(hash: number): number {
    return Math.imul(hash, GOLDEN) >>> this.shift;
  }
}

export function hashOf(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash, 31) + text.charCodeAt(i);
  // The last characters alone would move the lowest bits alone.
  return hash ^ (hash >>> 15);
}
