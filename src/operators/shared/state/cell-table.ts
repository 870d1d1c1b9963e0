import { powerOfTwoFrom, shiftToPlaces } from './powers-of-two.ts';

const FEW = 64;
const NONE = -1;
const GOLDEN = 0x9e3779b1;
/** Places that a table by lane and key may have beside each cell that it finds. */
const PLACES_PER_CELL = 16;
const ALWAYS_FINE = 1 << 16;

/** Where the key and the lane of each cell are told. */
export interface CellOwners {
  /** Key number of each cell. */
  readonly cellKeys: Int32Array;
  /** Lane of each cell: the number of its window among those that are open. */
  readonly cellLanes: Int32Array;
}

/**
 * Finds a key's cell in one of several windows, which are told apart by small numbers, their lanes. An array by lane and
 * key while windows hold a fair share of the keys that there are, else open addressing without tombstones.
 */
export class CellTable {
  private lanes = 4;
  private stride = FEW;
  /** Cell by lane * stride + key, NONE for none; empty where `places` finds them. */
  private dense: Int32Array | null = new Int32Array(4 * FEW).fill(NONE);
  private places = new Int32Array(FEW).fill(NONE);
  private count = 0;
  private shift = shiftToPlaces(FEW);

  /**
   * Makes room for lanes and keys below these numbers, and chooses the layout for the cells that are in the table and as
   * many more as are `expected`.
   */
  reserve(lanes: number, keys: number, owners: CellOwners, expected = 0): void {
    const isEnough = lanes <= this.lanes && keys <= this.stride;
    if (isEnough && this.dense !== null) return;
    const wideLanes = isEnough ? this.lanes : Math.max(this.lanes, powerOfTwoFrom(lanes));
    const wideKeys = isEnough ? this.stride : Math.max(this.stride, powerOfTwoFrom(keys));
    const size = wideLanes * wideKeys;
    const isFair = size <= Math.max(ALWAYS_FINE, (this.count + expected) * PLACES_PER_CELL);
    if (isEnough && !isFair) return;
    const cells = this.cells();
    this.lanes = wideLanes;
    this.stride = wideKeys;
    this.dense = isFair ? new Int32Array(size).fill(NONE) : null;
    if (this.dense === null) this.resize(powerOfTwoFrom(Math.max(FEW, (cells.length + expected) * 2)));
    else this.places = new Int32Array(0);
    for (const cell of cells) this.put(cell, owners);
  }

  private cells(): readonly number[] {
    const found: number[] = [];
    for (const cell of this.dense ?? this.places) if (cell >= 0) found.push(cell);
    return found;
  }

  /** Begins anew, without any cell. */
  clear(): void {
    this.lanes = 4;
    this.stride = FEW;
    this.dense = new Int32Array(4 * FEW).fill(NONE);
    this.places = new Int32Array(0);
    this.count = 0;
  }

  /** The array by lane and key with its stride, where that is the layout. */
  get array(): Int32Array | null {
    return this.dense;
  }

  get keysPerLane(): number {
    return this.stride;
  }

  /** -1 where the key has no cell. Lane and key lie within what was reserved. */
  find(lane: number, key: number, owners: CellOwners): number {
    if (this.dense !== null) return this.dense[lane * this.stride + key]!;
    const { places } = this;
    const mask = places.length - 1;
    let place = this.home(lane, key);
    let cell = places[place]!;
    while (cell >= 0 && (owners.cellKeys[cell] !== key || owners.cellLanes[cell] !== lane)) {
      place = (place + 1) & mask;
      cell = places[place]!;
    }
    return cell;
  }

  /** Adds a cell whose owners are told already. */
  add(cell: number, owners: CellOwners): void {
    this.count++;
    if (this.dense === null && this.count * 2 > this.places.length) {
      const cells = this.places.filter((other) => other >= 0);
      this.resize(this.places.length * 2);
      for (const other of cells) this.put(other, owners);
    }
    this.put(cell, owners);
  }

  /** Adds the first `count` of the cells, whose owners are told already. */
  addAll(cells: Int32Array, count: number, owners: CellOwners): void {
    const { dense, stride } = this;
    const { cellKeys, cellLanes } = owners;
    if (dense === null) for (let i = 0; i < count; i++) this.add(cells[i]!, owners);
    else {
      this.count += count;
      for (let i = 0; i < count; i++) dense[cellLanes[cells[i]!]! * stride + cellKeys[cells[i]!]!] = cells[i]!;
    }
  }

  /** Takes the first `count` of the cells out, whose owners are still told. */
  removeAll(cells: Int32Array, count: number, owners: CellOwners): void {
    const { dense, stride } = this;
    const { cellKeys, cellLanes } = owners;
    if (dense === null) for (let i = 0; i < count; i++) this.remove(cells[i]!, owners);
    else {
      this.count -= count;
      for (let i = 0; i < count; i++) dense[cellLanes[cells[i]!]! * stride + cellKeys[cells[i]!]!] = NONE;
    }
  }

  /** Takes a cell out, whose owners are still told. */
  remove(cell: number, owners: CellOwners): void {
    this.count--;
    const lane = owners.cellLanes[cell]!;
    const key = owners.cellKeys[cell]!;
    if (this.dense !== null) {
      this.dense[lane * this.stride + key] = NONE;
      return;
    }
    const { places } = this;
    const mask = places.length - 1;
    let gap = this.home(lane, key);
    while (places[gap] !== cell) gap = (gap + 1) & mask;
    for (let place = (gap + 1) & mask; places[place]! >= 0; place = (place + 1) & mask) {
      const other = places[place]!;
      const home = this.home(owners.cellLanes[other]!, owners.cellKeys[other]!);
      // It may move only where its own way from home leads past the gap.
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      places[gap] = other;
      gap = place;
    }
    places[gap] = NONE;
  }

  private put(cell: number, owners: CellOwners): void {
    const lane = owners.cellLanes[cell]!;
    const key = owners.cellKeys[cell]!;
    if (this.dense !== null) {
      this.dense[lane * this.stride + key] = cell;
      return;
    }
    const mask = this.places.length - 1;
    let place = this.home(lane, key);
    while (this.places[place]! >= 0) place = (place + 1) & mask;
    this.places[place] = cell;
  }

  private home(lane: number, key: number): number {
    return Math.imul(key ^ Math.imul(lane, 0x85ebca6b), GOLDEN) >>> this.shift;
  }

  private resize(length: number): void {
    this.places = new Int32Array(length).fill(NONE);
    this.shift = shiftToPlaces(length);
  }
}
