import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { Accumulator } from '../shared/aggregates/accumulator.ts';
import { Count } from '../shared/aggregates/count.ts';
import { createRowAccumulator } from '../shared/aggregates/create-accumulator.ts';
import { readCells, resetCells, writeCells } from '../shared/aggregates/many-cells.ts';
import { SumOfRows } from '../shared/aggregates/sum-of-rows.ts';
import { Ints } from '../shared/ints.ts';
import { CellTable } from '../shared/state/cell-table.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { FiredCells } from './aligned-results.ts';
import type { WindowBound } from './bound.ts';
import { LaneSums } from './lane-sums-state.ts';

/** A slice or a window that is open: its keys' cells in order of first arrival. */
export interface Slot {
  /** Its number on the grid of slices. */
  readonly number: number;
  /** Its number among the slots that are open; slots that are gone leave theirs to others. */
  readonly lane: number;
  /** How many rows `SlicedRows` had looked at before the one that it was opened for. */
  readonly openedAt: number;
  hasFired: boolean;
  readonly cells: Ints;
  /** Of how many of the cells, from the first on, the key is held. */
  held: number;
  /** Whether rows and sums of its cells are told by `laneSums`. */
  areSumsLent: boolean;
}

/** Bytes that a slot takes beside its cells, and a cell with its place in the table beside its aggregates. */
const SLOT_BYTES = 96;
const CELL_BYTES = 64;
const FEW = 16;

/**
 * Slots in order of their numbers, and in each a cell for every key that came. Slots that have fired stand before those
 * that have not. Cells that nobody has are empty.
 */
export class WindowState {
  readonly keys: KeyTable;
  /** Rows of each cell; whoever puts a row into a cell adds to it. */
  readonly rowCounts = new Count();
  /** One for each aggregate; `rowCounts` for a count of rows. */
  readonly accumulators: readonly Accumulator[];
  /** Each of them once, `rowCounts` in any case. */
  readonly stores: readonly Accumulator[];
  /** Where rows and one sum of doubles are all that cells hold; null elsewhere. */
  readonly laneSums: LaneSums | null;
  /** Key and slot's lane of each cell. */
  cellKeys = new Int32Array(FEW);
  cellLanes = new Int32Array(FEW);
  /** How many panes each cell has emitted. */
  cellPanes = new Int32Array(FEW);
  /** Counts the cells: of two, the one whose key came first has the lower one. */
  cellArrivals = new Float64Array(FEW);
  /** Where rows go into several slots: input rows that the ledger counts with the slot of each lane. */
  homeRows = new Float64Array(FEW);
  readonly table = new CellTable();
  /** Open slots by number, from `head` on. */
  private slots: Slot[] = [];
  private head = 0;
  private fired = 0;
  private readonly byNumber = new Map<number, Slot>();
  private readonly byLane: (Slot | null)[] = [];
  private readonly freeLanes: number[] = [];
  private readonly freeCells = new Ints();
  private cellCount = 0;
  private arrivals = 0;
  /** The list of the slot that was closed last: the next one will have about as many cells. */
  private spareCells: Ints | null = null;
  private readonly firedKeys = new Ints();
  private readonly firedPanes = new Ints();

  constructor(bound: WindowBound) {
    this.keys = new KeyTable(bound.key.fields);
    this.accumulators = bound.aggregates.map((aggregate) => createRowAccumulator(aggregate, this.rowCounts));
    this.stores = [...new Set([this.rowCounts, ...this.accumulators])];
    const sum = this.stores[1];
    const isSum = this.stores.length === 2 && sum instanceof SumOfRows;
    this.laneSums = isSum ? new LaneSums(this.rowCounts, sum) : null;
    this.growAccumulators(0, FEW);
  }

  get openSlots(): number {
    return this.slots.length - this.head;
  }

  /** The `i`-th open slot. */
  slot(i: number): Slot {
    return this.slots[this.head + i]!;
  }

  /** The first slot that has not fired yet. */
  firstToFire(): Slot | null {
    return this.slots[this.head + this.fired] ?? null;
  }

  /** The first slot that has fired and is still kept. */
  firstToClose(): Slot | null {
    return this.fired === 0 ? null : this.slots[this.head]!;
  }

  slotAt(number: number): Slot | undefined {
    return this.byNumber.get(number);
  }

  slotOfLane(lane: number): Slot {
    return this.byLane[lane]!;
  }

  openSlot(number: number, hasFired: boolean, openedAt: number): Slot {
    const lane = this.freeLanes.pop() ?? this.byLane.length;
    const cells = this.spareCells ?? new Ints();
    const slot: Slot = { number, lane, openedAt, hasFired, cells, held: 0, areSumsLent: false };
    this.spareCells = null;
    let at = this.slots.length;
    while (at > this.head && this.slots[at - 1]!.number > number) at--;
    if (at === this.slots.length) this.slots.push(slot);
    else this.slots.splice(at, 0, slot);
    if (hasFired) this.fired++;
    this.byNumber.set(number, slot);
    this.byLane[lane] = slot;
    if (lane >= this.homeRows.length) this.homeRows = grown(this.homeRows, new Float64Array(lane * 2));
    this.homeRows[lane] = 0;
    this.reserve();
    return slot;
  }

  /** Makes room for all keys and slots that there are. */
  reserve(): void {
    this.table.reserve(this.byLane.length, this.keys.bound, this);
  }

  /** The first slot that had not fired now has. */
  markFired(slot: Slot): void {
    slot.hasFired = true;
    this.fired++;
  }

  /** Lends the sums of slots; false where there are none to lend. */
  lendSums(slots: readonly Slot[]): boolean {
    const { laneSums, table } = this;
    if (laneSums === null || table.array === null) return false;
    laneSums.reserve({ lanes: this.byLane.length, keysPerLane: table.keysPerLane, cellKeys: this.cellKeys });
    for (const slot of slots) if (!slot.areSumsLent) laneSums.lend(slot, this);
    return true;
  }

  /** Brings the cells of a slot up to date: before they are read, or changed by anybody. */
  takeSumsBack(slot: Slot): void {
    if (slot.areSumsLent) this.laneSums!.takeBack(slot, this);
  }

  takeAllSumsBack(): void {
    this.laneSums?.takeAllBack(this);
  }

  /** The cell of a key in a slot; a new, empty one where there is none. */
  cellFor(slot: Slot, key: number): number {
    this.takeSumsBack(slot);
    const known = this.table.find(slot.lane, key, this);
    return known >= 0 ? known : this.addCell(slot, key);
  }

  /** A new cell for a key that has none in the slot. */
  addCell(slot: Slot, key: number): number {
    const cell = this.borrowCell(key);
    this.adopt(slot, cell);
    return cell;
  }

  /** New cells at lane * stride + key for the first `count` of `places`, in order of arrival. */
  addCells(places: Int32Array, count: number, stride: number): void {
    const { freeCells } = this;
    this.reserveCells(count);
    while (freeCells.length < count) freeCells.push(this.cellCount++);
    const { cellKeys, cellLanes, cellPanes, cellArrivals, byLane, arrivals, table } = this;
    const free = freeCells.values;
    freeCells.length -= count;
    const from = freeCells.length;
    for (let i = 0; i < count; i++) {
      const cell = free[from + i]!;
      const lane = Math.floor(places[i]! / stride);
      cellKeys[cell] = places[i]! - lane * stride;
      cellLanes[cell] = lane;
      cellPanes[cell] = 0;
      cellArrivals[cell] = arrivals + i;
      byLane[lane]!.cells.push(cell);
      table.add(cell, this);
    }
    this.arrivals += count;
  }

  /** Holds the keys of cells that came since the last call: before the numbers of keys are settled. */
  holdKeys(): void {
    for (let s = 0; s < this.openSlots; s++) {
      const slot = this.slot(s);
      const { values, length } = slot.cells;
      for (; slot.held < length; slot.held++) this.keys.hold(this.cellKeys[values[slot.held]!]!);
    }
  }

  /** Puts a borrowed cell into a slot. */
  adopt(slot: Slot, cell: number): void {
    this.cellArrivals[cell] = this.arrivals++;
    this.cellLanes[cell] = slot.lane;
    slot.cells.push(cell);
    this.table.add(cell, this);
  }

  /** An empty cell for a key, in no slot yet. */
  borrowCell(key: number): number {
    const cell = this.freeCells.length > 0 ? this.freeCells.pop() : this.cellCount++;
    if (cell >= this.cellKeys.length) this.growCells(this.cellKeys.length * 2);
    this.cellKeys[cell] = key;
    this.cellPanes[cell] = 0;
    return cell;
  }

  /** Gives back cells that are in no slot. */
  giveBack(cells: Int32Array, count: number): void {
    for (const accumulator of this.stores) resetCells(accumulator, cells, count);
    const { freeCells } = this;
    freeCells.reserve(freeCells.length + count);
    freeCells.values.set(cells.subarray(0, count), freeCells.length);
    freeCells.length += count;
  }

  /** New cells for keys that have none in a slot without cells; when each came is told by somebody else. */
  private restoreCells({ cells, lane }: Slot, keys: Int32Array): Ints {
    const count = keys.length;
    this.reserveCells(count);
    cells.reserve(count);
    cells.length = count;
    const { values } = cells;
    for (let i = 0; i < count; i++) {
      const cell = this.borrowCell(keys[i]!);
      this.cellLanes[cell] = lane;
      values[i] = cell;
    }
    this.table.addAll(values, count, this);
    return cells;
  }

  /** Makes room for so many cells more. */
  private reserveCells(count: number): void {
    const needed = this.cellCount + count - this.freeCells.length;
    if (needed > this.cellKeys.length) this.growCells(Math.max(needed, this.cellKeys.length * 2));
  }

  private growCells(capacity: number): void {
    const before = this.cellKeys.length;
    this.cellKeys = grown(this.cellKeys, new Int32Array(capacity));
    this.cellLanes = grown(this.cellLanes, new Int32Array(capacity));
    this.cellPanes = grown(this.cellPanes, new Int32Array(capacity));
    this.cellArrivals = grown(this.cellArrivals, new Float64Array(capacity));
    this.growAccumulators(before, capacity);
  }

  private growAccumulators(before: number, capacity: number): void {
    const added = new Int32Array(capacity - before);
    for (let i = 0; i < added.length; i++) added[i] = before + i;
    for (const accumulator of this.stores) {
      accumulator.grow(capacity);
      resetCells(accumulator, added, added.length);
    }
  }

  /** Input rows that the ledger counts with a slot, where rows go into several. */
  homeRowsOf({ lane }: Slot): number {
    return this.homeRows[lane]!;
  }

  /** Rows in the cells of a slot. */
  rowsIn(slot: Slot): number {
    this.takeSumsBack(slot);
    const { values, length } = slot.cells;
    const { counts } = this.rowCounts;
    let rows = 0;
    for (let i = 0; i < length; i++) rows += counts[values[i]!]!;
    return rows;
  }

  /** The cells of a slot as they fire: each gives its next pane. Valid until the next call. */
  firedCells(slot: Slot): FiredCells {
    this.takeSumsBack(slot);
    const { values, length } = slot.cells;
    this.firedKeys.reserve(length);
    this.firedPanes.reserve(length);
    const keys = this.firedKeys.values;
    const panes = this.firedPanes.values;
    const { cellKeys, cellPanes } = this;
    for (let i = 0; i < length; i++) {
      keys[i] = cellKeys[values[i]!]!;
      panes[i] = cellPanes[values[i]!]!++;
    }
    return { cells: values, keys, panes, count: length };
  }

  /** Forgets the first slot and all that it holds. */
  closeFirst(): void {
    const slot = this.slots[this.head++]!;
    if (slot.hasFired) this.fired--;
    this.takeSumsBack(slot);
    const { values, length } = slot.cells;
    this.table.removeAll(values, length, this);
    this.firedKeys.reserve(length);
    const keys = this.firedKeys.values;
    for (let i = 0; i < slot.held; i++) keys[i] = this.cellKeys[values[i]!]!;
    this.keys.releaseAll(keys, slot.held);
    this.giveBack(values, length);
    slot.cells.length = 0;
    this.spareCells = slot.cells;
    this.byNumber.delete(slot.number);
    this.byLane[slot.lane] = null;
    this.freeLanes.push(slot.lane);
    if (this.openSlots === 0) this.beginAnew();
    else if (this.head > 64 && this.head * 2 > this.slots.length) {
      this.slots = this.slots.slice(this.head);
      this.head = 0;
    }
  }

  /** Nothing is held: what grew with what was is let go. */
  private beginAnew(): void {
    this.slots = [];
    this.head = 0;
    this.byLane.length = 0;
    this.freeLanes.length = 0;
    this.table.clear();
  }

  get cellsInUse(): number {
    return this.cellCount - this.freeCells.length;
  }

  get bytes(): number {
    let perCell = CELL_BYTES;
    let texts = this.keys.textBytes;
    for (const accumulator of this.stores) {
      perCell += accumulator.bytesPerCell;
      texts += accumulator.textBytes;
    }
    return this.openSlots * SLOT_BYTES + this.cellsInUse * perCell + texts;
  }

  snapshot(writer: StateWriter): void {
    this.takeAllSumsBack();
    writer.f64(this.arrivals);
    writer.u32(this.openSlots);
    for (let s = 0; s < this.openSlots; s++) {
      const { number, lane, hasFired, openedAt, cells } = this.slot(s);
      const { values, length } = cells;
      writer.f64(number);
      writer.u8(hasFired ? 1 : 0);
      writer.f64(openedAt);
      writer.f64(this.homeRows[lane]!);
      writer.u32(length);
      this.firedKeys.reserve(length);
      const keys = this.firedKeys.values;
      const { cellKeys } = this;
      for (let i = 0; i < length; i++) keys[i] = cellKeys[values[i]!]!;
      this.keys.writeAll(writer, keys, length);
      writer.intsAt(this.cellPanes, values, length);
      writer.floatsAt(this.cellArrivals, values, length);
      for (const accumulator of this.stores) writeCells(accumulator, writer, values, length);
    }
  }

  restore(reader: StateReader): void {
    const arrivals = reader.f64();
    const slots = reader.u32();
    for (let s = 0; s < slots; s++) {
      const slot = this.openSlot(reader.f64(), reader.u8() === 1, reader.f64());
      this.homeRows[slot.lane] = reader.f64();
      const length = reader.u32();
      const keys = new Int32Array(length);
      this.keys.readAll(reader, length, keys);
      this.table.reserve(this.byLane.length, this.keys.bound, this, length);
      const { values } = this.restoreCells(slot, keys);
      reader.intsTo(this.cellPanes, values, length);
      reader.floatsTo(this.cellArrivals, values, length);
      for (const accumulator of this.stores) readCells(accumulator, reader, values, length);
    }
    this.arrivals = arrivals;
    this.holdKeys();
  }
}

function grown<Values extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  values: Values,
  larger: Values,
): Values {
  larger.set(values);
  return larger;
}
