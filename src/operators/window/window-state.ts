import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Accumulator } from '../shared/aggregates/accumulator.ts';
import { createAccumulator } from '../shared/aggregates/create-accumulator.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { WindowBound } from './definition.ts';

/** One open window: its keys' cells in order of first arrival. */
export interface Slot {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  hasFired: boolean;
  /** Input rows that the window holds. */
  rows: number;
  readonly cells: number[];
  /** Key number → cell + 1; 0 where the key has none. */
  cellOfKey: Int32Array;
}

/** Bytes that a window takes beside its cells, and a cell beside its aggregates. */
const SLOT_BYTES = 64;
const CELL_BYTES = 24;

/** The state of a window operator: windows in order of end and start, and in each a cell for every key that came. */
export class WindowState {
  readonly keys: KeyTable;
  readonly accumulators: readonly Accumulator[];
  /** Open windows by end, then start. */
  readonly slots: Slot[] = [];
  /** Key number of each cell. */
  cellKey = new Int32Array(16);
  /** How many panes each cell has emitted. */
  cellPanes = new Int32Array(16);
  private readonly slotsByStart = new Map<number, Slot>();
  private readonly freeCells: number[] = [];
  private cellCount = 0;

  constructor(bound: WindowBound) {
    this.keys = new KeyTable(bound.key.fields);
    this.accumulators = bound.aggregates.map(createAccumulator);
    for (const accumulator of this.accumulators) accumulator.grow(this.cellKey.length);
  }

  slotAt(startMs: EventTimeMs): Slot | undefined {
    return this.slotsByStart.get(startMs);
  }

  openSlot(startMs: EventTimeMs, endMs: EventTimeMs): Slot {
    const slot: Slot = { startMs, endMs, hasFired: false, rows: 0, cells: [], cellOfKey: new Int32Array(16) };
    let at = this.slots.length;
    while (at > 0 && isAfter(this.slots[at - 1]!, slot)) at--;
    this.slots.splice(at, 0, slot);
    this.slotsByStart.set(startMs, slot);
    return slot;
  }

  /** The cell of a key in a window; a new, empty one where there is none. Takes over the caller's unheld key number. */
  cellFor(slot: Slot, key: number): number {
    if (key < slot.cellOfKey.length) {
      const known = slot.cellOfKey[key]!;
      if (known !== 0) return known - 1;
    } else {
      const larger = new Int32Array(Math.max(key + 1, slot.cellOfKey.length * 2));
      larger.set(slot.cellOfKey);
      slot.cellOfKey = larger;
    }
    const cell = this.newCell();
    this.cellKey[cell] = key;
    this.cellPanes[cell] = 0;
    this.keys.hold(key);
    slot.cellOfKey[key] = cell + 1;
    slot.cells.push(cell);
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

  /** Forgets a window and all that it holds. */
  closeSlot(slot: Slot): void {
    for (const cell of slot.cells) {
      for (const accumulator of this.accumulators) accumulator.reset(cell);
      this.keys.release(this.cellKey[cell]!);
      this.freeCells.push(cell);
    }
    this.slotsByStart.delete(slot.startMs);
    this.slots.splice(this.slots.indexOf(slot), 1);
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
    return this.slots.length * SLOT_BYTES + this.cellsInUse * perCell + texts;
  }

  snapshot(writer: StateWriter): void {
    writer.u32(this.slots.length);
    for (const slot of this.slots) {
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
      const slot = this.openSlot(reader.f64(), reader.f64());
      slot.hasFired = reader.u8() === 1;
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
