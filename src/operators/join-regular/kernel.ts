import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, withSelection } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Column } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { ENTRY_CLOCK } from '../../stream/log-slice.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { padsSide } from '../shared/joins/join-config.ts';
import { JoinedRows } from '../shared/joins/joined-rows.ts';
import { NO_ROW } from '../shared/state/row-store.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { ResultBuilder } from '../shared/result-builder.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { NOTHING_TO_DELETE, UpsertTable } from '../shared/upsert-table.ts';
import type { RegularJoinBound } from './definition.ts';
import { GrowingJoinKernel, onlyGrows } from './growing-kernel.ts';
import type { KeptRow } from './side-state.ts';
import { SideState } from './side-state.ts';

export function regularJoinKernel(request: KernelRequest<RegularJoinBound>): Kernel {
  return onlyGrows(request) ? new GrowingJoinKernel(request) : new RegularJoinKernel(request);
}

type SideNumber = 0 | 1;

interface Side {
  readonly type: StreamType;
  readonly keyColumns: readonly number[];
  readonly state: SideState;
  /** Spells out what an input by key replaces. */
  readonly table: UpsertTable | null;
  /** Whether its rows without partner are given with NULL. */
  readonly isPadded: boolean;
  /** Whether a row without partner means something: then it is kept whatever its key, and knows its number of partners. */
  readonly counts: boolean;
}

/** A row that comes or goes. */
interface Change {
  readonly side: SideNumber;
  readonly batch: Batch;
  readonly row: number;
  readonly nowMs: ProcessingTimeMs;
  /** Whether it came by itself; else it spells out what the next one replaces. */
  readonly isOwn: boolean;
  readonly out: KernelOutput;
}

/** The change with all that was found out about it. */
interface Found {
  readonly joinKey: number;
  readonly handle: number;
  readonly id: string;
  readonly timeMs: EventTimeMs;
  readonly partners: readonly KeptRow[];
}

type Pair = readonly [left: number, right: number];

const NOTHING_TO_TAKE_BACK = 'There is no such row to take back.';

class RegularJoinKernel implements Kernel {
  private readonly bound: RegularJoinBound;
  private readonly isSemi: boolean;
  private readonly isAnti: boolean;
  private readonly sides: readonly [Side, Side];
  private readonly keys: KeyTable;
  private readonly joined: JoinedRows;
  private readonly results: ResultBuilder;
  private readonly refused: RefusedRows;
  /** Results so far. */
  private given = 0;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<RegularJoinBound>) {
    this.bound = bound;
    this.isAnti = bound.kind === 'anti';
    this.isSemi = bound.kind === 'semi' || this.isAnti;
    this.keys = new KeyTable(bound.match.leftKey.fields);
    const pads = padsSide(bound.kind);
    this.sides = [this.sideOf(inputs, 0, pads.left), this.sideOf(inputs, 1, pads.right)];
    const [left, right] = this.sides;
    const schemas = { left: left.type.schema, right: right.type.schema };
    this.joined = new JoinedRows(bound.match, schemas, [left.state.store, right.state.store]);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.refused = new RefusedRows(inputs, outputs, connected);
  }

  private sideOf(inputs: readonly StreamType[], number: SideNumber, isPadded: boolean): Side {
    const { match, sides } = this.bound;
    const type = inputs[number]!;
    const { tableKey } = sides[number];
    return {
      type,
      keyColumns: number === 0 ? match.leftKey.columns : match.rightKey.columns,
      state: new SideState(type.schema, sides[number], this.keys),
      table: tableKey === null ? null : new UpsertTable(type.schema, tableKey, 'own'),
      isPadded,
      counts: isPadded || (this.isSemi && number === 0),
    };
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side = inputs[input]!.port === 'left' ? 0 : 1;
      for (let i = from; i < to; i++) {
        const row = rowAt(batch, i);
        const nowMs = round.at[batch.seq[row]! - round.firstSeq]!;
        this.expire(nowMs, out);
        const change: Change = { side, batch, row, nowMs, isOwn: true, out };
        const { table } = this.sides[side];
        if (table === null) this.take(change);
        else this.takeKeyed(change, table);
      }
    });
    const tick = round.kinds.lastIndexOf(ENTRY_CLOCK, round.length - 1);
    if (tick >= 0) this.expire(round.at[tick]!, out);
    this.flush(out);
    this.refused.flush(out);
    return clock;
  }

  private expire(nowMs: ProcessingTimeMs, out: KernelOutput): void {
    for (const { state } of this.sides) state.expire(nowMs, out.fates);
  }

  /** A row of an input by key: refused before it takes another's place, or spelled out. */
  private takeKeyed(change: Change, table: UpsertTable): void {
    const { batch, row, out } = change;
    if (kindAt(batch, row) !== DELETE && !this.isUsable(change)) return;
    let isKnown = true;
    const changes = table.spelledOut(withSelection(batch, Int32Array.of(row)), () => (isKnown = false));
    if (!isKnown) this.refused.reject(change, NOTHING_TO_DELETE, out);
    if (changes === null) return;
    for (let i = 0; i < changes.length; i++) {
      this.take({ ...change, batch: changes, row: i, isOwn: kindAt(changes, i) !== UPDATE_BEFORE });
    }
  }

  private isUsable(change: Change): boolean {
    if (this.bound.match.residual === null || this.hasUnsafeNull(change)) return true;
    const found = this.find(change);
    if (found === null) return false;
    this.release(change.side, found);
    return true;
  }

  private take(change: Change): void {
    const own = this.sides[change.side];
    const kind = kindAt(change.batch, change.row);
    const comes = kind === INSERT || kind === UPDATE_AFTER;
    if (this.hasUnsafeNull(change) && !own.isPadded && !(this.isAnti && change.side === 0)) {
      if (change.isOwn) change.out.fates.unmatched++;
      return;
    }
    const found = this.find(change);
    if (found === null) return;
    if (comes) this.accumulate(change, found, kind);
    else this.retract(change, found, kind);
    this.keys.release(found.joinKey);
  }

  private keyColumnsOf({ side, batch }: Change): readonly Column[] {
    return this.sides[side].keyColumns.map((column) => batch.columns[column]!);
  }

  private hasUnsafeNull(change: Change): boolean {
    const { nullSafe } = this.bound.match;
    return this.keyColumnsOf(change).some((column, i) => !nullSafe[i]! && isNull(column.nulls, change.row));
  }

  /** Stores the row and looks for its partners. Null when the condition fails: then it is rejected. The key is held. */
  private find(change: Change): Found | null {
    const { side, batch, row, out } = change;
    const { state } = this.sides[side];
    const joinKey = this.keys.idOf(this.keyColumnsOf(change), row);
    this.keys.hold(joinKey);
    const handle = state.store.put(batch.columns, row);
    const candidates = this.hasUnsafeNull(change) ? [] : [...this.sides[1 - side]!.state.rowsOf(joinKey)];
    const pairs = candidates.map((other) => this.pairOf(side, handle, other.handle));
    const matches = this.joined.matches(pairs);
    if (matches.ok) {
      const partners = candidates.filter((_, i) => matches.matched[i]!);
      return { joinKey, handle, id: state.idOf(batch.columns, row, handle), timeMs: batch.ts[row]!, partners };
    }
    state.store.release(handle);
    this.keys.release(joinKey);
    this.refused.reject(change, matches.message, out);
    return null;
  }

  private release(side: SideNumber, { joinKey, handle }: Found): void {
    this.sides[side].state.store.release(handle);
    this.keys.release(joinKey);
  }

  private accumulate(change: Change, found: Found, kind: RowKind): void {
    const { side, nowMs, out } = change;
    const own = this.sides[side];
    const other = this.sides[1 - side]!;
    const { joinKey, handle, id, timeMs, partners } = found;
    const isMatched = partners.length > 0;
    if (this.isSemi) this.showLeft(change, found, kind);
    else {
      if (other.isPadded) {
        for (const partner of partners) if (partner.partners === 0) this.addAlone(change, partner, DELETE);
      }
      const resultKind = own.isPadded || other.isPadded ? INSERT : kind;
      for (const partner of partners) this.addJoined(change, found, partner, resultKind);
      if (!isMatched && own.isPadded) this.addRow(change, this.pairOf(side, handle, NO_ROW), timeMs, INSERT);
    }
    for (const partner of partners) {
      if (this.isSemi && side === 0) partner.used = partner.times.length;
      if (other.counts) other.state.write(partner, partner.partners + 1, nowMs);
    }
    const count = own.counts ? partners.reduce((sum, { times }) => sum + times.length, 0) : 0;
    const isUsed = this.isAnti && side === 0 ? !isMatched : isMatched || own.isPadded;
    own.state.add(joinKey, id, { handle, timeMs, isUsed, partners: count, nowMs }, out.fates);
  }

  private retract(change: Change, found: Found, kind: RowKind): void {
    const { side, nowMs, isOwn, out } = change;
    const own = this.sides[side];
    const other = this.sides[1 - side]!;
    const kept = own.state.find(found.joinKey, found.id);
    if (kept === undefined && !own.state.mayForget) {
      own.state.store.release(found.handle);
      if (isOwn) this.refused.reject(change, NOTHING_TO_TAKE_BACK, out);
      return;
    }
    const { partners } = found;
    const gone = { ...found, timeMs: kept?.times[0] ?? found.timeMs };
    const before = this.given;
    if (this.isSemi) this.showLeft(change, gone, kind);
    else {
      const resultKind = own.isPadded ? DELETE : kind;
      for (const partner of partners) this.addJoined(change, gone, partner, resultKind);
      const isAlone = partners.length === 0 && own.isPadded;
      if (isAlone) this.addRow(change, this.pairOf(side, found.handle, NO_ROW), gone.timeMs, DELETE);
      if (other.isPadded) {
        for (const partner of partners) if (partner.partners === 1) this.addAlone(change, partner, INSERT);
      }
    }
    if (other.counts) for (const partner of partners) other.state.write(partner, partner.partners - 1, nowMs);
    const gives = this.given !== before || (this.isSemi && side === 1 && partners.length > 0);
    if (kept !== undefined && gives) kept.used = Math.max(1, kept.used);
    const wasUsed = kept === undefined ? gives : own.state.takeBack(kept, nowMs, out.fates);
    if (isOwn && wasUsed) out.fates.used++;
    else if (isOwn) out.fates.unmatched++;
    own.state.store.release(found.handle);
  }

  /** Semi and anti: a left row shows itself, a right one the left rows that have it as their only partner. */
  private showLeft(change: Change, { handle, timeMs, partners }: Found, kind: RowKind): void {
    if (change.side === 0) {
      if (partners.length > 0 !== this.isAnti) this.addRow(change, [handle, NO_ROW], timeMs, kind);
      return;
    }
    const comes = kind === INSERT || kind === UPDATE_AFTER;
    const opposite = comes ? DELETE : INSERT;
    for (const left of partners) {
      if (left.partners === (comes ? 0 : 1)) this.addAlone(change, left, this.isAnti ? opposite : kind);
    }
  }

  private pairOf(side: SideNumber, own: number, other: number): Pair {
    return side === 0 ? [own, other] : [other, own];
  }

  private addJoined(change: Change, found: Found, partner: KeptRow, kind: RowKind): void {
    const pair = this.pairOf(change.side, found.handle, partner.handle);
    partner.used = partner.times.length;
    for (const timeMs of partner.times) this.addRow(change, pair, Math.max(found.timeMs, timeMs), kind);
  }

  /** Rows of the other side without partner, as they are before the change or behind it. */
  private addAlone(change: Change, partner: KeptRow, kind: RowKind): void {
    const pair = this.pairOf(change.side, NO_ROW, partner.handle);
    partner.used = partner.times.length;
    for (const timeMs of partner.times) this.addRow(change, pair, timeMs, kind);
  }

  private addRow({ batch, row, out }: Change, [left, right]: Pair, timeMs: EventTimeMs, kind: RowKind): void {
    if (this.isSemi) this.sides[0].state.store.appendTo(this.results.columns, 0, left);
    else this.joined.appendTo(this.results.columns, left, right);
    this.given++;
    this.results.place(batch.seq[row]!, phaseAt(batch, row) === 0 ? 0 : 1, timeMs, kind);
    if (this.results.length === CHUNK_ROWS) this.flush(out);
  }

  private flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch !== null) out.emit('out', batch);
  }

  mostOutputs(rows: number): number {
    const most = Math.max(...this.sides.map(({ state }) => state.mostRowsInKey)) + rows;
    const changes = this.sides.some(({ table }) => table !== null) ? 2 : 1;
    return changes * (2 * most + 1);
  }

  look(most: number): StateLook {
    const [left, right] = this.sides;
    return lookAtKinds(
      left.state.look('left rows', most),
      right.state.look('right rows', most),
      left.table?.look('rows of the left input', most) ?? null,
      right.table?.look('rows of the right input', most) ?? null,
    );
  }

  stateSize(): StateSize {
    let rows = 0;
    let bytes = this.keys.textBytes;
    for (const { state, table } of this.sides) {
      rows += state.rows + (table?.size ?? 0);
      bytes += state.bytes + (table?.bytes ?? 0);
    }
    return { rows, bytes };
  }

  snapshot(writer: StateWriter): void {
    for (const { state, table } of this.sides) {
      state.snapshot(writer);
      table?.snapshot(writer);
    }
  }

  restore(reader: StateReader): void {
    for (const { state, table } of this.sides) {
      state.restore(reader);
      table?.restore(reader);
    }
  }
}
