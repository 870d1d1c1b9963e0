import type { Value } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import { compareKeyBytes } from '../reference-key-order.ts';
import type { Side } from '../reference-match.ts';
import { otherSide, sameValues } from '../reference-match.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import type { BoundTable, TableJoinBound } from './definition.ts';

interface Kept {
  readonly row: ReferenceRow;
  wasGiven: boolean;
}

/** One key of a table: its row, and when the latest change of it was, were it a deletion. */
interface Slot {
  readonly key: readonly Value[];
  row: Kept | null;
  latest: number;
}

/** A change that a table took: what stood there before, what stands there now. */
interface Change {
  readonly cause: ReferenceRow;
  readonly key: readonly Value[];
  readonly before: Kept | null;
  readonly after: Kept | null;
}

/** A left row that the foreign table was told of, as it was then. */
interface Subscription {
  readonly foreign: readonly Value[];
  readonly key: readonly Value[];
  readonly values: readonly Value[];
}

/**
 * Kafka 4.0 over lists: `KTableSource` with `KTableKTableInnerJoin`, `-LeftJoin`, `-RightJoin`, `-OuterJoin`; by foreign key
 * `SubscriptionSendProcessorSupplier` and what follows it. ksqlDB's foreign keys are those of Kafka before 3.7.
 */
export function tableJoinReference(request: ReferenceRequest<TableJoinBound>): Reference {
  return new TableJoin(request);
}

class TableJoin implements Reference {
  private readonly bound: TableJoinBound;
  private readonly widths: readonly [number, number];
  private readonly isKsqldb: boolean;
  private readonly counted: Fates = noFates();
  private readonly tables: readonly [Slot[], Slot[]] = [[], []];
  private readonly observed: [number, number] = [-1, -1];
  private subscriptions: Subscription[] = [];
  /** Keys that the result has now. */
  private shown: (readonly Value[])[] = [];

  constructor({ bound, inputs, dialect }: ReferenceRequest<TableJoinBound>) {
    this.bound = bound;
    this.widths = [inputs[0]!.schema.fields.length, inputs[1]!.schema.fields.length];
    this.isKsqldb = dialect === 'ksqldb';
  }

  /** Time moves with records alone. */
  watermark(): readonly ReferenceResult[] {
    return [];
  }

  fates(): Fates {
    return this.counted;
  }

  row(input: number, row: ReferenceRow): readonly ReferenceResult[] {
    const side: Side = input === 0 ? 0 : 1;
    const { key: tableKey, historyRetentionMs } = this.table(side);
    const key = valuesOf(row, tableKey);
    if (Number.isNaN(row.ts) || row.ts < 0 || key.includes(null)) return this.reject(side, row);
    const slots = this.tables[side];
    const found = slots.find((other) => sameValues(other.key, key));
    if (historyRetentionMs !== null) {
      const isExpired = row.ts < this.observed[side] - historyRetentionMs;
      if (isExpired || (found !== undefined && row.ts < found.latest)) return this.drop();
    }
    this.observed[side] = Math.max(this.observed[side], row.ts);
    const slot = found ?? { key, row: null, latest: row.ts };
    if (found === undefined) slots.push(slot);
    const before = slot.row;
    const after = row.op === '-D' ? null : { row, wasGiven: false };
    slot.row = after;
    slot.latest = row.ts;
    const change: Change = { cause: row, key, before, after };
    const results = this.bound.byForeignKey ? this.byForeignKey(side, change) : this.byKey(side, change);
    if (before === null && after === null && results.length === 0) return this.reject(side, row);
    this.account(change);
    return results;
  }

  /** What was kept goes, what came is kept; a deletion is what the row that it takes out was. */
  private account({ before, after }: Change): void {
    if (before !== null) {
      this.counted.held--;
      this.counted[before.wasGiven ? 'used' : 'unmatched']++;
    }
    if (after !== null) this.counted.held++;
    else this.counted[before === null || before.wasGiven ? 'used' : 'unmatched']++;
  }

  private table(side: Side): BoundTable {
    return side === 0 ? this.bound.left : this.bound.right;
  }

  private pads(side: Side): boolean {
    return this.bound.kind === 'full' || this.bound.kind === (side === 0 ? 'left' : 'right');
  }

  private byKey(side: Side, { cause, before, after }: Change): readonly ReferenceResult[] {
    const other = otherSide(side);
    const matched = valuesOf(cause, this.table(side).match);
    const partner =
      this.tables[other].find(
        ({ row }) => row !== null && sameValues(valuesOf(row.row, this.table(other).match), matched),
      )?.row ?? null;
    if (partner === null && (!this.pads(side) || (before === null && after === null))) return [];
    const ts = Math.max(cause.ts, partner?.row.ts ?? cause.ts);
    const stays = after !== null || (partner !== null && this.pads(other));
    const key = this.resultKey(matched);
    return [
      stays
        ? this.joined(key, side === 0 ? [after, partner] : [partner, after], { cause, ts })
        : this.deletion(key, { cause, ts }),
    ];
  }

  /** Of two tables with one key: what is matched, in the order of the result's key columns. */
  private resultKey(matched: readonly Value[]): readonly Value[] {
    const { key, match } = this.bound.kind === 'right' ? this.bound.right : this.bound.left;
    return key.columns.map((column) => matched[match.columns.indexOf(column)] ?? null);
  }

  private byForeignKey(side: Side, change: Change): readonly ReferenceResult[] {
    if (side === 1) return this.rightChanges(change);
    return this.bound.kind === 'left' && !this.isKsqldb ? this.paddedLeftChanges(change) : this.leftChanges(change);
  }

  /** Answers every left row that asked for the key, in the order of their own keys, unless the row is another by now. */
  private rightChanges({ cause, after }: Change): readonly ReferenceResult[] {
    const named = valuesOf(cause, this.bound.right.match);
    const asked = this.subscriptions
      .filter(({ foreign }) => sameValues(foreign, named))
      .sort((a, b) => compareKeyBytes(this.bound.left.key.fields, a.key, b.key));
    return asked.flatMap(({ key, values }) => {
      const left = this.tables[0].find((slot) => sameValues(slot.key, key))?.row ?? null;
      if (left === null || !sameValues(left.row.values, values)) return [];
      return [this.answer({ key, left, right: after }, { cause, ts: cause.ts })];
    });
  }

  /** Since 3.7: the row that was named before is taken leave of with a result of its own. */
  private paddedLeftChanges(change: Change): readonly ReferenceResult[] {
    const { before, after } = change;
    if (before === null && after === null) return [];
    const [from, to] = [this.named(before), this.named(after)];
    const leaves = from !== null && (to === null || !sameValues(from, to));
    return [...(leaves ? [this.leave(change, from)] : []), this.ask(change, to)];
  }

  /** A change from or to a row that names nobody is passed over. */
  private leftChanges(change: Change): readonly ReferenceResult[] {
    const { before, after, key } = change;
    const [from, to] = [this.named(before), this.named(after)];
    if (before === null) {
      if (to === null) return [];
      const asksInVain = this.bound.kind === 'inner' && this.foreignRow(to) === null;
      if (asksInVain) this.subscribe(change, to);
      return asksInVain ? [] : [this.ask(change, to)];
    }
    if (from === null) return [];
    if (after === null) return [this.leave(change, from)];
    if (to === null) return [];
    if (!sameValues(from, to)) this.unsubscribe(key, from);
    return [this.ask(change, to)];
  }

  /** The key of the right row that a left one names. */
  private named(kept: Kept | null): readonly Value[] | null {
    const values = kept === null ? [null] : valuesOf(kept.row, this.bound.left.match);
    return values.includes(null) ? null : values;
  }

  private foreignRow(named: readonly Value[]): Kept | null {
    const { match } = this.bound.right;
    return this.tables[1].find(({ row }) => row !== null && sameValues(valuesOf(row.row, match), named))?.row ?? null;
  }

  private subscribe({ key, cause }: Change, foreign: readonly Value[]): void {
    this.unsubscribe(key, foreign);
    this.subscriptions.push({ foreign, key, values: cause.values });
  }

  private unsubscribe(key: readonly Value[], foreign: readonly Value[]): void {
    this.subscriptions = this.subscriptions.filter(
      (other) => !sameValues(other.key, key) || !sameValues(other.foreign, foreign),
    );
  }

  /** `DELETE_KEY_AND_PROPAGATE`. */
  private leave({ cause, key, after }: Change, from: readonly Value[]): ReferenceResult {
    this.unsubscribe(key, from);
    const ts = Math.max(cause.ts, this.foreignRow(from)?.row.ts ?? cause.ts);
    return this.answer({ key, left: after, right: null }, { cause, ts });
  }

  /** `PROPAGATE_NULL_IF_NO_FK_VAL_AVAILABLE`. */
  private ask(change: Change, to: readonly Value[] | null): ReferenceResult {
    const { cause, key, after } = change;
    if (to !== null) this.subscribe(change, to);
    const right = to === null ? null : this.foreignRow(to);
    return this.answer({ key, left: after, right }, { cause, ts: Math.max(cause.ts, right?.row.ts ?? cause.ts) });
  }

  /** `ResponseJoinProcessorSupplier`. */
  private answer({ key, left, right }: Answer, cause: Cause): ReferenceResult {
    const isGone = left === null || (right === null && this.bound.kind === 'inner');
    return isGone ? this.deletion(key, cause) : this.joined(key, [left, right], cause);
  }

  private joined(key: readonly Value[], [left, right]: Pair, { cause, ts }: Cause): ReferenceResult {
    const values = ([left, right] as const).flatMap((kept, side) => {
      if (kept === null) return Array.from({ length: this.widths[side === 0 ? 0 : 1] }, () => null);
      kept.wasGiven = true;
      return kept.row.values;
    });
    const op = this.shown.some((other) => sameValues(other, key)) ? '+U' : '+I';
    if (op === '+I') this.shown.push(key);
    const added = this.bound.addedKey.length > 0 ? key : [];
    const { seq, phase } = cause;
    return { port: 'out', seq, phase, ts, op, values: [...added, ...values], window: null, pane: null };
  }

  private deletion(key: readonly Value[], { cause, ts }: Cause): ReferenceResult {
    this.shown = this.shown.filter((other) => !sameValues(other, key));
    const { addedKey, kind, left, right } = this.bound;
    const values: Value[] = Array.from({ length: addedKey.length + this.widths[0] + this.widths[1] }, () => null);
    const places =
      addedKey.length > 0
        ? addedKey.map((_, i) => i)
        : kind === 'right'
          ? right.key.columns.map((column) => this.widths[0] + column)
          : left.key.columns;
    places.forEach((place, i) => (values[place] = key[i] ?? null));
    const { seq, phase } = cause;
    return { port: 'out', seq, phase, ts, op: '-D', values, window: null, pane: null };
  }

  /** A versioned table has newer, or has forgotten that far back. */
  private drop(): readonly ReferenceResult[] {
    this.counted.late++;
    return [];
  }

  private reject(side: Side, row: ReferenceRow): readonly ReferenceResult[] {
    this.counted.rejected++;
    const beside = Array.from({ length: this.widths[otherSide(side)] }, () => null);
    const values = side === 0 ? [...row.values, ...beside] : [...beside, ...row.values];
    return [{ port: 'rejected', seq: row.seq, phase: row.phase, ts: row.ts, values, window: null, pane: null }];
  }
}

type Pair = readonly [left: Kept | null, right: Kept | null];

interface Answer {
  readonly key: readonly Value[];
  readonly left: Kept | null;
  readonly right: Kept | null;
}

/** The row that a result is due to, and the result's time. */
interface Cause {
  readonly cause: ReferenceRow;
  readonly ts: number;
}

function valuesOf(row: ReferenceRow, { columns }: BoundKey): readonly Value[] {
  return columns.map((column) => row.values[column] ?? null);
}
