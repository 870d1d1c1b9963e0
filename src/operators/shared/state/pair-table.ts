import { NumberedValues, grownInts } from './numbered-values.ts';
import { shiftToPlaces } from './powers-of-two.ts';

const FEW = 64;
const NONE = -1;
const GOLDEN = 0x9e3779b1;

interface Parts {
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
}

/** Numbers pairs of numbers of two tables, and holds both parts of each pair. */
export class PairTable extends NumberedValues {
  private lefts = new Int32Array(FEW);
  private rights = new Int32Array(FEW);
  /** Open addressing at half load, without tombstones. */
  private places = new Int32Array(FEW).fill(NONE);
  private shift = shiftToPlaces(FEW);
  private readonly leftTable: NumberedValues;
  private readonly rightTable: NumberedValues;

  constructor(leftTable: NumberedValues, rightTable: NumberedValues) {
    super();
    this.leftTable = leftTable;
    this.rightTable = rightTable;
  }

  left(id: number): number {
    return this.lefts[id]!;
  }

  right(id: number): number {
    return this.rights[id]!;
  }

  idOf(left: number, right: number): number {
    const { places, lefts, rights } = this;
    const mask = places.length - 1;
    let place = homeOf(left, right, this.shift);
    for (let id = places[place]!; id >= 0; id = places[place]!) {
      if (lefts[id] === left && rights[id] === right) return id;
      place = (place + 1) & mask;
    }
    return this.add(left, right);
  }

  /** Numbers of pairs; `ids` holds the left parts before, the pairs' numbers behind. */
  idsOf(ids: Int32Array, right: Int32Array, count: number): void {
    let { places, lefts, rights } = this;
    let mask = places.length - 1;
    for (let i = 0; i < count; i++) {
      const l = ids[i]!;
      const r = right[i]!;
      let place = homeOf(l, r, this.shift);
      let id = places[place]!;
      while (id >= 0 && (lefts[id] !== l || rights[id] !== r)) {
        place = (place + 1) & mask;
        id = places[place]!;
      }
      if (id < 0) {
        id = this.add(l, r);
        ({ places, lefts, rights } = this);
        mask = places.length - 1;
      }
      ids[i] = id;
    }
  }

  /** The parts of the first `count` pairs in `ids`. */
  partsOf(ids: Int32Array, count: number, { lefts, rights }: Parts): void {
    const allLefts = this.lefts;
    const allRights = this.rights;
    for (let i = 0; i < count; i++) {
      lefts[i] = allLefts[ids[i]!]!;
      rights[i] = allRights[ids[i]!]!;
    }
  }

  private add(left: number, right: number): number {
    const id = this.take();
    if (id >= this.lefts.length) {
      this.lefts = grownInts(this.lefts, this.lefts.length * 2);
      this.rights = grownInts(this.rights, this.rights.length * 2);
    }
    this.lefts[id] = left;
    this.rights[id] = right;
    this.leftTable.hold(left);
    this.rightTable.hold(right);
    if (this.size * 2 > this.places.length) this.rebuild(this.places.length * 2);
    this.put(id);
    return id;
  }

  protected override remove(id: number): void {
    const { places, lefts, rights, shift } = this;
    const mask = places.length - 1;
    const left = lefts[id]!;
    const right = rights[id]!;
    let gap = homeOf(left, right, shift);
    while (places[gap] !== id) gap = (gap + 1) & mask;
    for (let place = (gap + 1) & mask; places[place]! >= 0; place = (place + 1) & mask) {
      const other = places[place]!;
      const home = homeOf(lefts[other]!, rights[other]!, shift);
      // It may move only where its own way from home leads past the gap.
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      places[gap] = other;
      gap = place;
    }
    places[gap] = NONE;
    if (this.size * 8 < places.length && places.length > FEW) this.rebuild(places.length / 2);
    if (this.size === 1) {
      this.lefts = new Int32Array(FEW);
      this.rights = new Int32Array(FEW);
    }
    if (this.leftTable.release(left)) this.leftTable.forget(left);
    if (this.rightTable.release(right)) this.rightTable.forget(right);
  }

  private rebuild(length: number): void {
    const old = this.places;
    this.places = new Int32Array(Math.max(length, FEW)).fill(NONE);
    this.shift = shiftToPlaces(this.places.length);
    for (const id of old) if (id >= 0) this.put(id);
  }

  private put(id: number): void {
    const { places } = this;
    const mask = places.length - 1;
    let place = homeOf(this.lefts[id]!, this.rights[id]!, this.shift);
    while (places[place]! >= 0) place = (place + 1) & mask;
    places[place] = id;
  }
}

function homeOf(left: number, right: number, shift: number): number {
  return Math.imul(Math.imul(left, 0x85ebca6b) ^ right, GOLDEN) >>> shift;
}
