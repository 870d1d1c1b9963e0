import { defined } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { DELETE } from '../../stream/row-kind.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { TableJoinRules } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { padsSide } from '../shared/joins/join-config.ts';
import type { SideRow } from '../shared/joins/side-row.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { keyBytesAt } from '../shared/state/key-bytes.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { NOTHING_TO_DELETE } from '../shared/upsert-table.ts';
import type { BoundTable, TableJoinBound } from './definition.ts';
import type { Subscription } from './subscriptions-state.ts';
import { Subscriptions } from './subscriptions-state.ts';
import type { ResultPlace } from './results-state.ts';
import { TableResults } from './results-state.ts';
import type { TableRow } from './table-state.ts';
import { TableState } from './table-state.ts';

export function tableJoinKernel(request: KernelRequest<TableJoinBound>): Kernel {
  return new TableJoinKernel(request);
}

interface Arrival extends SideRow {
  readonly timeMs: EventTimeMs;
}

/** A change that a table took: what stood there before, what stands there now. */
interface Change {
  readonly arrival: Arrival;
  /** Number of the row's key in its table. */
  readonly key: number;
  readonly before: TableRow | null;
  readonly after: TableRow | null;
  readonly out: KernelOutput;
}

/**
 * Kafka's joins of tables. By key: `KTableKTableInnerJoin`, `-LeftJoin`, `-RightJoin`, `-OuterJoin`. By foreign key, with all
 * messages between its processors delivered before the next row: `SubscriptionSendProcessorSupplier`, which asks for a right
 * row, `ForeignTableJoinProcessorSupplier`, which answers all who asked, `ResponseJoinProcessorSupplier`, which joins.
 */
class TableJoinKernel implements Kernel {
  private readonly bound: TableJoinBound;
  private readonly rules: TableJoinRules;
  private readonly types: readonly StreamType[];
  /** Of what is matched; the right table's keys, and by key the left one's too. */
  private readonly matched: KeyTable;
  /** Of the left table. */
  private readonly leftKeys: KeyTable;
  private readonly tables: readonly [TableState, TableState];
  private readonly subscriptions: Subscriptions;
  private readonly pads: readonly [boolean, boolean];
  private readonly results: TableResults;
  private readonly refused: RefusedRows;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<TableJoinBound>) {
    this.bound = bound;
    this.rules = defined(dialect.joins.table, 'a dialect with table joins');
    this.types = inputs;
    this.matched = new KeyTable(bound.left.match.fields);
    this.leftKeys = bound.byForeignKey ? new KeyTable(bound.left.key.fields) : this.matched;
    this.tables = [
      new TableState(inputs[0]!.schema, this.leftKeys, bound.left.historyRetentionMs),
      new TableState(inputs[1]!.schema, this.matched, bound.right.historyRetentionMs),
    ];
    this.subscriptions = new Subscriptions(this.matched, this.leftKeys);
    const pads = padsSide(bound.kind);
    this.pads = [pads.left, pads.right];
    const state = { keys: this.leftKeys, tables: this.tables };
    this.results = new TableResults(bound, { inputs, out: outputs.out! }, state);
    this.refused = new RefusedRows(inputs, outputs, connected);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const side = inputs[input]!.port === 'left' ? 0 : 1;
      for (let i = from; i < to; i++) {
        const row = rowAt(batch, i);
        this.take({ side, batch, row, timeMs: batch.ts[row]! }, out);
      }
    });
    this.results.flush(out);
    this.refused.flush(out);
    return clock;
  }

  private take(arrival: Arrival, out: KernelOutput): void {
    const { side, batch, row, timeMs } = arrival;
    const { key: ownKey, match } = this.bound[side === 0 ? 'left' : 'right'];
    // RecordQueue: a record with a negative time is skipped; KTableSource: so is one without key
    if (!(timeMs >= 0)) this.refused.drop(arrival, 'no-time', Number.NaN, out);
    else if (ownKey.columns.some((index) => isNull(batch.columns[index]!.nulls, row))) {
      this.refused.drop(arrival, 'null-key', Number.NaN, out);
    } else {
      const isForeign = side === 0 && this.bound.byForeignKey;
      const keys = side === 0 ? this.leftKeys : this.matched;
      const key = keys.idOf(columnsOf(batch, isForeign ? ownKey.columns : match.columns), row);
      keys.hold(key);
      this.change(arrival, key, out);
      keys.release(key);
    }
  }

  private change(arrival: Arrival, key: number, out: KernelOutput): void {
    const { side, batch, row, timeMs } = arrival;
    const table = this.tables[side];
    if (table.isOutdated(key, timeMs)) {
      out.fates.late++;
      const type = this.types[side]!;
      out.dropped({ batch, row, type, reason: 'late', watermark: table.oldestMs, windows: [] });
      return;
    }
    const after = kindAt(batch, row) === DELETE ? null : this.rowOf(arrival);
    const before = table.replace(key, after, timeMs);
    const change = { arrival, key, before, after, out };
    const results = this.bound.byForeignKey ? this.byForeignKey(change) : this.byKey(change);
    if (before === null && after === null && results === 0) this.refused.reject(arrival, NOTHING_TO_DELETE, out);
    else this.account(change);
    if (before !== null) this.release(side, before);
  }

  private rowOf({ side, batch, row, timeMs }: Arrival): TableRow {
    const foreign = side === 0 && this.bound.byForeignKey ? this.foreignOf(batch, row) : null;
    if (foreign !== null) this.matched.hold(foreign);
    return this.tables[side].create(batch.columns, row, { timeMs, foreign });
  }

  /** The number of the right key that a left row names; null where that has a NULL. */
  private foreignOf(batch: Batch, row: number): number | null {
    const columns = columnsOf(batch, this.bound.left.match.columns);
    return columns.some((column) => isNull(column.nulls, row)) ? null : this.matched.idOf(columns, row);
  }

  private release(side: 0 | 1, row: TableRow): void {
    if (this.tables[side].release(row) && row.foreign !== null) this.matched.release(row.foreign);
  }

  /** What was kept goes, what came is kept; a deletion is what the row that it takes out was. */
  private account({ before, after, out: { fates } }: Change): void {
    if (before !== null) {
      fates.held--;
      fates[before.isGiven ? 'used' : 'unmatched']++;
    }
    if (after !== null) fates.held++;
    else fates[before === null || before.isGiven ? 'used' : 'unmatched']++;
  }

  /** The number of results. */
  private byKey(change: Change): number {
    const { arrival, key, before, after, out } = change;
    const { side } = arrival;
    const other = side === 0 ? 1 : 0;
    const partner = this.tables[other].find(key);
    if (partner === null && (!this.pads[side] || (before === null && after === null))) return 0;
    const place = placeOf(change, key, partner);
    if (after === null && (partner === null || !this.pads[other])) this.results.delete(place, out);
    else this.results.put(place, side === 0 ? [after, partner] : [partner, after], out);
    return 1;
  }

  /** The number of results. */
  private byForeignKey(change: Change): number {
    if (change.arrival.side === 1) return this.answerAll(change);
    const padsBetween = this.bound.kind === 'left' && this.rules.foreignKeyChange === 'pads-between';
    return padsBetween ? this.askPadding(change) : this.ask(change);
  }

  /** Answers every left row that asked for the key, unless it is another by now. */
  private answerAll(change: Change): number {
    const { key: foreign, after, out } = change;
    let results = 0;
    for (const { key, row } of this.subscriptions.of(foreign)) {
      const left = this.tables[0].find(key);
      if (left === null || !this.tables[0].areEqual(left, row)) continue;
      this.answer(placeOf(change, key, null), [left, after], out);
      results++;
    }
    return results;
  }

  /** `leftJoinInstructions`: the right row that was named before is taken leave of with a result of its own. */
  private askPadding(change: Change): number {
    const { before, after } = change;
    if (before === null && after === null) return 0;
    const from = before?.foreign ?? null;
    const to = after?.foreign ?? null;
    const leaves = from !== null && from !== to;
    if (leaves) this.leave(change, from);
    this.askFor(change, to);
    return leaves ? 2 : 1;
  }

  /** `defaultJoinInstructions`: a change from or to a row that names nobody is passed over. */
  private ask(change: Change): number {
    const { before, after, key } = change;
    const from = before?.foreign ?? null;
    const to = after?.foreign ?? null;
    if (before === null) {
      if (to === null) return 0;
      if (this.bound.kind !== 'inner' || this.tables[1].find(to) !== null) return this.askFor(change, to);
      this.subscribe(change, to);
      return 0;
    }
    if (from === null) return 0;
    if (after === null) return this.leave(change, from);
    if (to === null) return 0;
    if (from !== to) this.unsubscribe(from, key);
    return this.askFor(change, to);
  }

  /** `DELETE_KEY_AND_PROPAGATE` */
  private leave(change: Change, from: number): number {
    this.unsubscribe(from, change.key);
    this.answer(placeOf(change, change.key, this.tables[1].find(from)), [change.after, null], change.out);
    return 1;
  }

  /** `PROPAGATE_NULL_IF_NO_FK_VAL_AVAILABLE` */
  private askFor(change: Change, to: number | null): number {
    if (to !== null) this.subscribe(change, to);
    const right = to === null ? null : this.tables[1].find(to);
    this.answer(placeOf(change, change.key, right), [change.after, right], change.out);
    return 1;
  }

  /** `ResponseJoinProcessorSupplier.process` */
  private answer(
    place: ResultPlace,
    [left, right]: readonly [TableRow | null, TableRow | null],
    out: KernelOutput,
  ): void {
    if (left === null || (right === null && !this.pads[0])) this.results.delete(place, out);
    else this.results.put(place, [left, right], out);
  }

  private subscribe({ arrival: { batch, row: index }, key, after }: Change, foreign: number): void {
    const { fields, columns } = this.bound.left.key;
    const row = defined(after ?? undefined, 'a row that asks');
    const keyBytes = keyBytesAt(columnsOf(batch, columns), fields, index);
    this.ended(this.subscriptions.add(foreign, { key, keyBytes, row }));
  }

  private unsubscribe(foreign: number, key: number): void {
    this.ended(this.subscriptions.remove(foreign, key));
  }

  private ended(subscription: Subscription | null): void {
    if (subscription !== null) this.release(0, subscription.row);
  }

  mostOutputs(rows: number): number {
    return this.bound.byForeignKey ? this.subscriptions.most + rows + 2 : 1;
  }

  look(most: number): StateLook {
    const [left, right] = this.tables;
    const told = lookAtKinds(...left.look('left rows', most), ...right.look('right rows', most));
    if (!this.bound.byForeignKey) return told;
    return { ...told, parts: [...told.parts, { what: 'subscriptions', count: this.subscriptions.size }] };
  }

  stateSize(): StateSize {
    const [left, right] = this.tables;
    const { subscriptions, results, matched, leftKeys } = this;
    const keyBytes = matched.textBytes + (leftKeys === matched ? 0 : leftKeys.textBytes);
    return {
      rows: left.size + right.size + subscriptions.size,
      bytes: left.bytes + right.bytes + subscriptions.bytes + results.size * 8 + keyBytes,
    };
  }

  snapshot(writer: StateWriter): void {
    this.tables.forEach((table, side) => {
      table.snapshot(writer, (row) => this.writeRow(writer, side === 0 ? 0 : 1, row));
    });
    this.subscriptions.snapshot(writer, ({ key, row }) => {
      const isCurrent = this.tables[0].find(key) === row;
      writer.u8(isCurrent ? 1 : 0);
      if (!isCurrent) this.writeRow(writer, 0, row);
    });
    this.results.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.tables.forEach((table, side) => table.restore(reader, () => this.readRow(reader, side === 0 ? 0 : 1)));
    this.subscriptions.restore(reader, (key) =>
      reader.u8() === 1 ? defined(this.tables[0].find(key) ?? undefined, 'a row') : this.readRow(reader, 0),
    );
    this.results.restore(reader);
  }

  private writeRow(writer: StateWriter, side: 0 | 1, { handle, timeMs, foreign, isGiven }: TableRow): void {
    this.tables[side].rows.write(writer, handle);
    writer.f64(timeMs);
    writer.u8((isGiven ? 1 : 0) + (foreign === null ? 0 : 2));
    if (foreign !== null) this.matched.write(writer, foreign);
  }

  private readRow(reader: StateReader, side: 0 | 1): TableRow {
    const handle = this.tables[side].rows.read(reader);
    const timeMs = reader.f64();
    const flags = reader.u8();
    const foreign = (flags & 2) === 0 ? null : this.matched.read(reader);
    if (foreign !== null) this.matched.hold(foreign);
    return { handle, timeMs, foreign, isGiven: (flags & 1) !== 0, holders: 0 };
  }
}

function columnsOf(batch: Batch, indices: BoundTable['key']['columns']): readonly Column[] {
  return indices.map((index) => batch.columns[index]!);
}

/** The position of what came, the larger time of it and a row that it is joined with. */
function placeOf({ arrival }: Change, key: number, partner: TableRow | null): ResultPlace {
  const { batch, row, timeMs } = arrival;
  return {
    seq: batch.seq[row]!,
    phase: phaseAt(batch, row) === 0 ? 0 : 1,
    timeMs: partner === null ? timeMs : Math.max(timeMs, partner.timeMs),
    key,
  };
}
