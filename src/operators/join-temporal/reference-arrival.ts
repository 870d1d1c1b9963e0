import type { Value } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import { sameValues } from '../reference-match.ts';
import type { ReferenceTable } from '../reference-table.ts';
import { tableOf } from '../reference-table.ts';
import type { Reference, ReferenceProgress, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import type { TemporalJoinBound } from './definition.ts';
import type { Kept } from './reference-sides.ts';
import { Retention, Sides } from './reference-sides.ts';

interface Cell {
  readonly key: readonly Value[];
  row: Kept | null;
}

/**
 * The row of the table that is there. Flink 2.0: `TemporalProcessTimeJoinOperator`; Kafka 4.0: `KStreamKTableJoinProcessor` over
 * a table without versions. NULL in the key of a left row: Flink finds nothing; Kafka skips the record unless it is a left
 * join's (since release 3.7), ksqlDB always.
 */
export class ArrivalJoin implements Reference {
  private readonly sides: Sides;
  private readonly cells: Cell[] = [];
  private readonly retention: Retention<Cell>;
  private readonly leftTable: ReferenceTable | null;

  constructor(request: ReferenceRequest<TemporalJoinBound>) {
    const { leftTableKey, retention } = request.bound;
    this.sides = new Sides(request);
    this.retention = new Retention(retention);
    this.leftTable = leftTableKey === null ? null : tableOf(leftTableKey.columns);
  }

  row(input: number, row: ReferenceRow): readonly ReferenceResult[] {
    return input === 0 ? this.left(row) : this.right(row);
  }

  watermark(): readonly ReferenceResult[] {
    return [];
  }

  clock(now: number): readonly ReferenceResult[] {
    for (const cell of this.retention.takeDue(now)) {
      if (cell.row !== null) this.sides.leaves(cell.row);
      cell.row = null;
    }
    return [];
  }

  /** Flink takes the table for complete from the start: what comes out is as far as the left rows are. */
  shows(merged: ReferenceProgress, [left = merged]: readonly ReferenceProgress[]): ReferenceProgress {
    return this.sides.isKafka ? merged : left;
  }

  fates(): Fates {
    return this.sides.counted;
  }

  private cellOf(key: readonly Value[]): Cell {
    let cell = this.cells.find((other) => sameValues(other.key, key));
    if (cell === undefined) this.cells.push((cell = { key, row: null }));
    return cell;
  }

  private left(row: ReferenceRow): readonly ReferenceResult[] {
    const { sides, leftTable } = this;
    if (sides.isKafka && sides.lacksKey(0, row)) {
      if (sides.bound.kind === 'inner' || sides.dialect === 'ksqldb') return sides.reject(0, row);
    }
    const deletes = leftTable !== null && row.op === '-D';
    const before = leftTable?.find(row) ?? null;
    if (deletes && before === null) return sides.reject(0, row);
    const at = { seq: row.seq, phase: row.phase, at: row.at };
    const own: Kept = { row: deletes ? { ...before!, ...at, op: '-D' } : row, isOwn: true, wasGiven: false };
    const results = this.joined(leftTable === null || deletes ? own : retold(own, before === null ? '+I' : '+U'));
    if (results === null && !deletes) return sides.reject(0, row);
    leftTable?.take(row);
    if (results === null) return sides.reject(0, row);
    sides.ends(results.length > 0);
    if (leftTable === null || deletes || before === null) return results;
    const old: Kept = { row: { ...before, ...at, op: '-U' }, isOwn: false, wasGiven: false };
    return [...(this.joined(old) ?? []), ...results];
  }

  /** Null where the condition fails. */
  private joined(left: Kept): readonly ReferenceResult[] | null {
    const { sides } = this;
    if (sides.lacksKey(0, left.row)) return sides.given(left, null, left.row);
    const cell = this.cellOf(sides.keyOf(0, left.row));
    const found = cell.row;
    if (found === null) return sides.given(left, null, left.row);
    const holds = sides.match.residualHolds(left.row.values, found.row.values);
    if (holds === null) return null;
    this.retention.touch(cell, left.row.at);
    return sides.given(left, holds ? found : null, left.row);
  }

  private right(row: ReferenceRow): readonly ReferenceResult[] {
    const { sides } = this;
    if (sides.lacksKey(1, row)) {
      if (sides.isKafka) return sides.reject(1, row);
      sides.ends(false);
      return [];
    }
    const cell = this.cellOf(sides.keyOf(1, row));
    const before = cell.row;
    if (row.op === '-D' || row.op === '-U') {
      if (before === null) return sides.reject(1, row);
      sides.leaves(before);
      sides.ends(before.wasGiven);
      cell.row = null;
      this.retention.end(cell);
      return [];
    }
    if (before !== null) sides.leaves(before);
    cell.row = { row, isOwn: true, wasGiven: false };
    sides.counted.held++;
    this.retention.touch(cell, row.at);
    return [];
  }
}

function retold({ row }: Kept, op: '+I' | '+U'): Kept {
  return { row: { ...row, op }, isOwn: true, wasGiven: false };
}
