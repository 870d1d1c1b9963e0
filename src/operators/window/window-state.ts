import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Accumulator } from '../shared/aggregates/accumulator.ts';
import { createAccumulator } from '../shared/aggregates/create-accumulator.ts';
import { CellIndex } from '../shared/state/cell-index.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { WindowBound } from './bound.ts';

/** One open window: its keys' cells in order of first arrival. */
export interface Slot {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  hasFired: boolean;
  /** Input rows that the window holds. */
  rows: number;
  readonly cells: number[];
  /** Where the keys' cells are. */
  readonly index: CellIndex;
}

/** Bytes that a window takes beside its cells, and a cell with its place in the index beside its aggregates. */
const SLOT_BYTES = 96;
const CELL_BYTES = 64;

/**
 * The state of a window operator: windows in order of end and start, and in each a cell for every key that came. Those
 * that have fired stand before those that have not.
 */
export class WindowState {
  readonly keys: KeyTable;
  readonly accumulators: readonly Accumulator[];
  /** Key number of each cell. */
  cellKey = new Int32Array(16);
  /** How many panes each cell has emitted. */
  cellPanes = new Int32Array(16);
  /** Open windows by end, then start, from `head` on. */
  private slots: Slot[] = [];
  private head = 0;
  private fired = 0;
  private readonly slotsByStart = new Map<number, Slot>();
  private readonly freeCells: number[] = [];
  private cellCount = 0;

  constructor(bound: WindowBound) {
    this.keys = new KeyTable(bound.key.fields);
    this.accumulators = bound.aggregates.map(createAccumulator);
    for (const accumulator of this.accumulators) accumulator.grow(this.cellKey.length);
  }

  get openWindows(): number {
    return this.slots.length - this.head;
  }

  /** The first window that has not fired yet. */
  firstToFire(): Slot | null {
    return this.slots[this.head + this.fired] ?? null;
  }

  /** The first window that has fired and is still kept. */
  firstToClose(): Slot | null {
    return this.fired === 0 ? null : this.slots[this.head]!;
  }

  slotAt(startMs: EventTimeMs): Slot | undefined {
    return this.slotsByStart.get(startMs);
  }

  openSlot(startMs: EventTimeMs, endMs: EventTimeMs, hasFired: boolean): Slot {
    const slot: Slot = { startMs, endMs, hasFired, rows: 0, cells: [], index: new CellIndex() };
    let at = this.slots.length;
    while (at > this.head && isAfter(this.slots[at - 1]!, slot)) at--;
    if (at === this.slots.length) this.slots.push(slot);
    else this.slots.splice(at, 0, slot);
    if (hasFired) this.fired++;
    this.slotsByStart.set(startMs, slot);
    return slot;
  }

  /** The first window that had not fired now has. */
  markFired(slot: Slot): void {
    slot.hasFired = true;
    this.fired++;
  }

  /** The cell of a key in a window; a new, empty one where there is none. Takes over the caller's unheld key number. */
  cellFor(slot: Slot, key: number): number {
    const known = slot.index.find(key);
    if (known >= 0) return known;
    const cell = this.newCell();
    this.cellKey[cell] = key;
    this.cellPanes[cell] = 0;
    this.keys.hold(key);
    slot.cells.push(cell);
    slot.index.add(key, cell, { cells: slot.cells, keys: this.cellKey });
    return cell;
  }

  private newCell(): number {
    const cell = this.freeCells.pop() ?? this.cellCount++;
    if (cell >= this.cellKey.length) this.growCells(this.cellKey.length * 2);
    for (const accumulator of this.accumulators) accumulator.reset(cell);
    return cell;
  }

  private growCells(capacity: number): void {
    const keys = new Int32Array(capacity);
    keys.set(this.cellKey);
    this.cellKey = keys;
    const panes = new Int32Array(capacity);
    panes.set(this.cellPanes);
    this.cellPanes = panes;
    for (const accumulator of this.accumulators) accumulator.grow(capacity);
  }

  /** Forgets the first window, which has fired, and all that it holds. */
  closeFirst(): void {
    const slot = this.slots[this.head++]!;
    this.fired--;
    for (const cell of slot.cells) {
      for (const accumulator of this.accumulators) accumulator.reset(cell);
      this.keys.release(this.cellKey[cell]!);
      this.freeCells.push(cell);
    }
    this.slotsByStart.delete(slot.startMs);
    if (this.head > 64 && this.head * 2 > this.slots.length) {
      this.slots = this.slots.slice(this.head);
      this.head = 0;
    }
  }

  get cellsInUse(): number {
    return this.cellCount - this.freeCells.length;
  }

  get bytes(): number {
    let perCell = CELL_BYTES;
    let texts = this.keys.textBytes;
    for (const accumulator of this.accumulators) {
      perCell += accumulator.bytesPerCell;
      texts += accumulator.textBytes;
    }
    return this.openWindows * SLOT_BYTES + this.cellsInUse * perCell + texts;
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.openWindows);
    for (let s = this.head; s < this.slots.length; s++) {
      const slot = this.slots[s]!;
      writer.f64(slot.startMs);
      writer.f64(slot.endMs);
      writer.u8(slot.hasFired ? 1 : 0);
      writer.f64(slot.rows);
      writer.u32(slot.cells.length);
      for (const cell of slot.cells) {
        this.keys.write(writer, this.cellKey[cell]!);
        writer.u32(this.cellPanes[cell]!);
        for (const accumulator of this.accumulators) accumulator.write(writer, cell);
      }
    }
  }

  restore(reader: StateReader): void {
    const slots = reader.u32();
    for (let s = 0; s < slots; s++) {
      const slot = this.openSlot(reader.f64(), reader.f64(), reader.u8() === 1);
      slot.rows = reader.f64();
      const cells = reader.u32();
      for (let c = 0; c < cells; c++) {
        const cell = this.cellFor(slot, this.keys.read(reader));
        this.cellPanes[cell] = reader.u32();
        for (const accumulator of this.accumulators) accumulator.read(reader, cell);
      }
    }
  }
}

function isAfter(a: Slot, b: Slot): boolean {
  return a.endMs > b.endMs || (a.endMs === b.endMs && a.startMs > b.startMs);
}
