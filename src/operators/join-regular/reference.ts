import type { RowKindName } from '../../stream/row-kind.ts';
import type { Fates } from '../operator.ts';
import type { Side } from '../reference-match.ts';
import { ReferenceMatch, otherSide, sameValues } from '../reference-match.ts';
import type { ReferenceTable } from '../reference-table.ts';
import { tableOf } from '../reference-table.ts';
import type { Value } from '../../stream/value.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { RegularJoinBound } from './definition.ts';

interface Kept {
  readonly row: ReferenceRow;
  wasGiven: boolean;
}

/** Rows that count as one: equal ones, or those of one unique key, of which there is one at a time. */
interface Entry {
  /** The latest that was put. */
  values: readonly Value[];
  readonly kept: Kept[];
  /** How many rows of the other side the engine believes to match. */
  associations: number;
  writtenAt: number;
}

/** A change as the join takes it; one that the spelling out of an input made up has no fate. */
interface Change {
  readonly row: ReferenceRow;
  readonly isOwn: boolean;
}

/** A row of the other side, and how often it was matched when the search for it began. */
interface Partner {
  readonly entry: Entry;
  readonly kept: Kept;
  readonly associations: number;
}

/**
 * Flink 2.0, `StreamingJoinOperator` and `StreamingSemiAntiJoinOperator` over lists: each change looks at every row of the
 * other side. What an outer side gives out padded goes by a count of matches, which is only ever moved by one, so that
 * it stays what it was when matches are forgotten or replaced.
 */
export function regularJoinReference(request: ReferenceRequest<RegularJoinBound>): Reference {
  return new RegularJoin(request);
}

class RegularJoin implements Reference {
  private readonly bound: RegularJoinBound;
  private readonly match: ReferenceMatch;
  private readonly counted: Fates = noFates();
  private readonly entries: [Entry[], Entry[]] = [[], []];
  private readonly tables: readonly (ReferenceTable | null)[];

  constructor({ bound, inputs }: ReferenceRequest<RegularJoinBound>) {
    this.bound = bound;
    this.match = new ReferenceMatch(bound.match, inputs);
    this.tables = bound.sides.map(({ tableKey }) => (tableKey === null ? null : tableOf(tableKey.columns)));
  }

  row(input: number, row: ReferenceRow): readonly ReferenceResult[] {
    this.forget(row.at);
    const side: Side = input === 0 ? 0 : 1;
    const table = this.tables[side] ?? null;
    if (table === null) return this.take(side, { row, isOwn: true });
    // Refused before it takes the place of another.
    const isAsked = row.op !== '-D' && !this.match.lacksKey(side, row.values);
    if (isAsked && this.partnersOf(side, row.values) === null) return this.reject(side, row);
    const before = table.take(row);
    const { seq, phase, at } = row;
    const old = before === null ? null : { ...before, seq, phase, at };
    if (row.op === '-D') {
      if (old === null) return this.reject(side, row);
      return this.take(side, { row: { ...old, op: '-D' }, isOwn: true });
    }
    if (old === null) return this.take(side, { row: { ...row, op: '+I' }, isOwn: true });
    return [
      ...this.take(side, { row: { ...old, op: '-U' }, isOwn: false }),
      ...this.take(side, { row: { ...row, op: '+U' }, isOwn: true }),
    ];
  }

  watermark(): readonly ReferenceResult[] {
    return [];
  }

  clock(now: number): readonly ReferenceResult[] {
    this.forget(now);
    return [];
  }

  fates(): Fates {
    return this.counted;
  }

  private get isOneSided(): boolean {
    return this.bound.kind === 'semi' || this.bound.kind === 'anti';
  }

  private pads(side: Side): boolean {
    return this.bound.kind === 'full' || this.bound.kind === (side === 0 ? 'left' : 'right');
  }

  private take(side: Side, change: Change): readonly ReferenceResult[] {
    const { row, isOwn } = change;
    const { values, op } = row;
    const comes = op !== '-U' && op !== '-D';
    const lacksKey = this.match.lacksKey(side, values);
    if (lacksKey && !this.pads(side) && !(this.bound.kind === 'anti' && side === 0)) {
      if (isOwn) this.counted.unmatched++;
      return [];
    }
    const found = this.find(side, values);
    if (!comes && found === undefined && this.bound.sides[side].ttlMs === 0) return this.reject(side, row);
    const partners = lacksKey ? [] : this.partnersOf(side, values);
    if (partners === null) return this.reject(side, row);
    return comes ? this.comes(side, change, partners) : this.goes(side, change, partners);
  }

  private comes(side: Side, { row, isOwn }: Change, partners: readonly Partner[]): readonly ReferenceResult[] {
    const own: Kept = { row, wasGiven: false };
    this.put(side, own, partners.length);
    if (isOwn) this.counted.held++;
    if (this.isOneSided) return this.leftRows(side, own, row, partners);
    const results: ReferenceResult[] = [];
    const other = otherSide(side);
    if (partners.length === 0 && this.pads(side)) results.push(this.joined(side, own, null, { row, op: '+I' }));
    if (this.pads(other)) {
      for (const { entry, kept, associations } of partners) {
        if (associations === 0) results.push(this.joined(other, kept, null, { row, op: '-D' }));
        this.associate(entry, associations + 1, row.at);
      }
    }
    const op = this.pads(side) || this.pads(other) ? '+I' : (row.op ?? '+I');
    return [...results, ...partners.map(({ kept }) => this.joined(side, own, kept, { row, op }))];
  }

  private goes(side: Side, { row, isOwn }: Change, partners: readonly Partner[]): readonly ReferenceResult[] {
    const taken = this.takeOut(side, row);
    // The row as it comes, at the time of the one that it takes out.
    const own: Kept = { row: { ...row, ts: taken?.row.ts ?? row.ts }, wasGiven: taken?.wasGiven ?? false };
    const results: ReferenceResult[] = [];
    if (this.isOneSided) results.push(...this.leftRows(side, own, row, partners));
    else {
      const other = otherSide(side);
      const op = this.pads(side) ? '-D' : (row.op ?? '-D');
      if (partners.length === 0 && this.pads(side)) results.push(this.joined(side, own, null, { row, op: '-D' }));
      results.push(...partners.map(({ kept }) => this.joined(side, own, kept, { row, op })));
      for (const { entry, kept, associations } of this.pads(other) ? partners : []) {
        if (associations === 1) results.push(this.joined(other, kept, null, { row, op: '+I' }));
        this.associate(entry, associations - 1, row.at);
      }
    }
    if (taken !== null) this.leaves(own);
    if (isOwn && own.wasGiven) this.counted.used++;
    else if (isOwn) this.counted.unmatched++;
    return results;
  }

  /**
   * Semi and anti: left rows by themselves, when they come and go, and when the first partner comes or the last one goes. A
   * right row is of use once it has a partner, whatever that gives.
   */
  private leftRows(side: Side, own: Kept, row: ReferenceRow, partners: readonly Partner[]): readonly ReferenceResult[] {
    const isSemi = this.bound.kind === 'semi';
    const op = row.op ?? '+I';
    const comes = op === '+I' || op === '+U';
    if (side === 0) {
      if (comes) for (const { kept } of partners) kept.wasGiven = true;
      return partners.length > 0 === isSemi ? [this.alone(own, { row, op })] : [];
    }
    if (partners.length > 0) own.wasGiven = true;
    return partners.flatMap(({ entry, kept, associations }) => {
      this.associate(entry, associations + (comes ? 1 : -1), row.at);
      if (associations !== (comes ? 0 : 1)) return [];
      return [this.alone(kept, { row, op: isSemi ? op : comes ? '-D' : '+I' })];
    });
  }

  /** Those of the other side that match; null where the condition fails for one of them. */
  private partnersOf(side: Side, values: readonly Value[]): readonly Partner[] | null {
    const partners: Partner[] = [];
    for (const entry of this.entries[otherSide(side)]) {
      const [left, right] = side === 0 ? [values, entry.values] : [entry.values, values];
      if (!this.match.keysMatch(left, right)) continue;
      const holds = this.match.residualHolds(left, right);
      if (holds === null) return null;
      if (holds) partners.push(...entry.kept.map((kept) => ({ entry, kept, associations: entry.associations })));
    }
    return partners;
  }

  /** The entry of the same join key and the same unique key, or of an equal row. */
  private find(side: Side, values: readonly Value[]): Entry | undefined {
    const unique = this.bound.sides[side].uniqueKey;
    const idOf = (row: readonly Value[]): readonly Value[] =>
      unique === null ? row : [...this.match.keyOf(side, row), ...unique.columns.map((column) => row[column] ?? null)];
    return this.entries[side].find((entry) => sameValues(idOf(entry.values), idOf(values)));
  }

  private put(side: Side, own: Kept, associations: number): void {
    const { values, at } = own.row;
    const entry = this.find(side, values);
    if (entry === undefined) {
      this.entries[side].push({ values, kept: [own], associations, writtenAt: at });
      return;
    }
    if (this.bound.sides[side].uniqueKey !== null) for (const kept of entry.kept.splice(0)) this.leaves(kept);
    entry.kept.push(own);
    entry.values = values;
    this.associate(entry, associations, at);
  }

  private takeOut(side: Side, { values, at }: ReferenceRow): Kept | null {
    const entry = this.find(side, values);
    const kept = entry?.kept.shift();
    if (entry === undefined || kept === undefined) return null;
    entry.writtenAt = at;
    if (entry.kept.length === 0) this.entries[side].splice(this.entries[side].indexOf(entry), 1);
    return kept;
  }

  private associate(entry: Entry, associations: number, at: number): void {
    entry.associations = associations;
    entry.writtenAt = at;
  }

  private leaves({ wasGiven }: Kept): void {
    this.counted.held--;
    if (wasGiven) this.counted.used++;
    else this.counted.unmatched++;
  }

  /** What was not written for its time to live is not there any more. */
  private forget(now: number): void {
    ([0, 1] as const).forEach((side) => {
      const { ttlMs } = this.bound.sides[side];
      if (ttlMs === 0) return;
      this.entries[side] = this.entries[side].filter(({ writtenAt, kept }) => {
        const isThere = now < writtenAt + ttlMs;
        if (!isThere) for (const each of kept) this.leaves(each);
        return isThere;
      });
    });
  }

  private joined(side: Side, own: Kept, other: Kept | null, { row, op }: Cause): ReferenceResult {
    own.wasGiven = true;
    if (other !== null) other.wasGiven = true;
    const ts = other === null ? own.row.ts : Math.max(own.row.ts, other.row.ts);
    const values = this.match.joined(side, own.row.values, other?.row.values ?? null);
    return { port: 'out', seq: row.seq, phase: row.phase, ts, values, op, window: null, pane: null };
  }

  private alone(left: Kept, { row, op }: Cause): ReferenceResult {
    left.wasGiven = true;
    const { ts, values } = left.row;
    return { port: 'out', seq: row.seq, phase: row.phase, ts, values, op, window: null, pane: null };
  }

  private reject(side: Side, row: ReferenceRow): readonly ReferenceResult[] {
    this.counted.rejected++;
    const values = this.match.joined(side, row.values, null);
    const { seq, phase, ts } = row;
    return [{ port: 'rejected', seq, phase, ts, values, window: null, pane: null }];
  }
}

/** The row of the log that a result is due to, and what the result does. */
interface Cause {
  readonly row: ReferenceRow;
  readonly op: RowKindName;
}
