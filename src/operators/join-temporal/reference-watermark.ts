import type { Value } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import { sameValues } from '../reference-match.ts';
import type { ReferenceTable } from '../reference-table.ts';
import { tableOf } from '../reference-table.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import type { TemporalJoinBound } from './definition.ts';
import type { Kept } from './reference-sides.ts';
import { Retention, Sides } from './reference-sides.ts';

/** What is kept of one key. */
interface Cell {
  readonly key: readonly Value[];
  waiting: Kept[];
  versions: Kept[];
  /** The watermark that the key waits for, and which of all keys it was to begin to. */
  timer: { readonly time: number; readonly number: number } | null;
}

/**
 * The version that was valid at the row's time. Flink 2.0, `TemporalRowTimeJoinOperator`: one version a time, −D a version
 * without row, −U passed over. Each key has one timer, the least time of what came since it last went off; it goes off for
 * all left rows up to the watermark, and leaves the newest version up to it and the later ones.
 */
export class WatermarkJoin implements Reference {
  private readonly sides: Sides;
  private readonly cells: Cell[] = [];
  private readonly retention: Retention<Cell>;
  private readonly leftTable: ReferenceTable | null;
  private timers = 0;

  constructor(request: ReferenceRequest<TemporalJoinBound>) {
    const { leftTableKey, retention } = request.bound;
    this.sides = new Sides(request);
    this.retention = new Retention(retention);
    this.leftTable = leftTableKey === null ? null : tableOf(leftTableKey.columns);
  }

  row(input: number, row: ReferenceRow): readonly ReferenceResult[] {
    if (input === 1 && row.op === '-U') {
      this.sides.counted.filtered++;
      return [];
    }
    if (Number.isNaN(row.ts)) return this.sides.reject(input === 0 ? 0 : 1, row);
    return input === 0 ? this.left(row) : this.right(row);
  }

  watermark(watermark: number, seq: number, now: number): readonly ReferenceResult[] {
    const due = this.cells.filter(({ timer }) => timer !== null && timer.time <= watermark);
    due.sort((a, b) => a.timer!.time - b.timer!.time || a.timer!.number - b.timer!.number);
    return due.flatMap((cell) => {
      const results = this.fire(cell, watermark, seq);
      if (cell.waiting.length > 0 || cell.versions.length > 0) this.retention.touch(cell, now);
      else this.retention.end(cell);
      return results;
    });
  }

  clock(now: number): readonly ReferenceResult[] {
    for (const cell of this.retention.takeDue(now)) {
      for (const kept of [...cell.waiting, ...cell.versions]) this.sides.leaves(kept);
      cell.waiting = [];
      cell.versions = [];
      cell.timer = null;
    }
    return [];
  }

  fates(): Fates {
    return this.sides.counted;
  }

  private fire(cell: Cell, watermark: number, seq: number): readonly ReferenceResult[] {
    const due = cell.waiting.filter(({ row }) => row.ts <= watermark);
    cell.waiting = cell.waiting.filter((kept) => !due.includes(kept));
    const results = due.flatMap((left) => {
      const given = this.sides.given(left, this.versionFor(cell, left.row), { seq, phase: 1 });
      this.sides.leaves(left);
      return given;
    });
    const newest = Math.max(...cell.versions.map(({ row }) => row.ts).filter((time) => time <= watermark));
    for (const version of cell.versions) if (version.row.ts < newest) this.sides.leaves(version);
    cell.versions = cell.versions.filter(({ row }) => row.ts >= newest);
    cell.timer = null;
    for (const { row } of cell.waiting) this.waitFor(cell, row.ts);
    return results;
  }

  /** The newest version not after the row, if it has a row and the condition holds; one that fails does not. */
  private versionFor(cell: Cell, left: ReferenceRow): Kept | null {
    if (this.sides.lacksKey(0, left)) return null;
    const [newest] = cell.versions.filter(({ row }) => row.ts <= left.ts).sort((a, b) => b.row.ts - a.row.ts);
    if (newest === undefined || newest.row.op === '-D') return null;
    return this.sides.match.residualHolds(left.values, newest.row.values) === true ? newest : null;
  }

  private left(row: ReferenceRow): readonly ReferenceResult[] {
    const { leftTable } = this;
    if (leftTable === null) {
      this.wait(row, true);
      return [];
    }
    const before = leftTable.take(row);
    const at = { seq: row.seq, phase: row.phase, at: row.at };
    if (row.op === '-D') {
      if (before === null) return this.sides.reject(0, row);
      this.wait({ ...before, ...at, op: '-D' }, true);
      return [];
    }
    if (before !== null) this.wait({ ...before, ...at, op: '-U' }, false);
    this.wait({ ...row, op: before === null ? '+I' : '+U' }, true);
    return [];
  }

  private wait(row: ReferenceRow, isOwn: boolean): void {
    if (this.sides.lacksKey(0, row) && this.sides.bound.kind === 'inner') {
      if (isOwn) this.sides.ends(false);
      return;
    }
    const cell = this.cellOf(this.sides.keyOf(0, row));
    cell.waiting.push({ row, isOwn, wasGiven: false });
    if (isOwn) this.sides.counted.held++;
    this.waitFor(cell, row.ts);
    this.retention.touch(cell, row.at);
  }

  private right(row: ReferenceRow): readonly ReferenceResult[] {
    if (this.sides.lacksKey(1, row)) {
      this.sides.ends(false);
      return [];
    }
    const cell = this.cellOf(this.sides.keyOf(1, row));
    for (const version of cell.versions) if (version.row.ts === row.ts) this.sides.leaves(version);
    cell.versions = cell.versions.filter((version) => version.row.ts !== row.ts);
    cell.versions.push({ row, isOwn: true, wasGiven: false });
    this.sides.counted.held++;
    this.waitFor(cell, row.ts);
    this.retention.touch(cell, row.at);
    return [];
  }

  private waitFor(cell: Cell, time: number): void {
    if (cell.timer === null || cell.timer.time > time) cell.timer = { time, number: this.timers++ };
  }

  private cellOf(key: readonly Value[]): Cell {
    let cell = this.cells.find((other) => sameValues(other.key, key));
    if (cell === undefined) this.cells.push((cell = { key, waiting: [], versions: [], timer: null }));
    return cell;
  }
}
