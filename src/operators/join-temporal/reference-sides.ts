import type { Value } from '../../stream/value.ts';
import type { DialectName, OutputPortName } from '../../stream/node-definition.ts';
import type { Fates } from '../operator.ts';
import type { Side } from '../reference-match.ts';
import { ReferenceMatch } from '../reference-match.ts';
import type { ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { TemporalJoinBound } from './definition.ts';

/** A row that is kept; one that the spelling out of an input made up has no fate. */
export interface Kept {
  readonly row: ReferenceRow;
  readonly isOwn: boolean;
  wasGiven: boolean;
}

/** What all temporal joins share: when rows match, what results are like, and what becomes of rows. */
export class Sides {
  readonly bound: TemporalJoinBound;
  readonly dialect: DialectName;
  readonly match: ReferenceMatch;
  readonly counted: Fates = noFates();

  constructor({ bound, inputs, dialect }: ReferenceRequest<TemporalJoinBound>) {
    this.bound = bound;
    this.dialect = dialect;
    this.match = new ReferenceMatch(bound.match, inputs);
  }

  get isKafka(): boolean {
    return this.dialect !== 'flink-sql';
  }

  keyOf(side: Side, row: ReferenceRow): readonly Value[] {
    return this.match.keyOf(side, row.values);
  }

  lacksKey(side: Side, row: ReferenceRow): boolean {
    return this.match.lacksKey(side, row.values);
  }

  /** The left row with the row of the table or with NULL; nothing for an inner join without. At the place of `cause`. */
  given(
    left: Kept,
    right: Kept | null,
    { seq, phase }: Pick<ReferenceRow, 'seq' | 'phase'>,
  ): readonly ReferenceResult[] {
    if (right === null && this.bound.kind === 'inner') return [];
    left.wasGiven = true;
    if (right !== null) right.wasGiven = true;
    const { ts, op = '+I', values } = left.row;
    const joined = this.match.joined(0, values, right?.row.values ?? null);
    return [{ port: 'out', seq, phase, ts, op, values: joined, window: null, pane: null }];
  }

  /** A kept row meets its end. */
  leaves({ isOwn, wasGiven }: Kept): void {
    if (!isOwn) return;
    this.counted.held--;
    this.ends(wasGiven);
  }

  ends(wasGiven: boolean): void {
    this.counted[wasGiven ? 'used' : 'unmatched']++;
  }

  reject(side: Side, row: ReferenceRow): readonly ReferenceResult[] {
    this.counted.rejected++;
    return [this.alone(side, row, 'rejected')];
  }

  alone(side: Side, { seq, phase, ts, values }: ReferenceRow, port: OutputPortName): ReferenceResult {
    return { port, seq, phase, ts, values: this.match.joined(side, values, null), window: null, pane: null };
  }
}

/**
 * When each key is to be forgotten, by the clock. Flink: `BaseTwoInputStreamOperatorWithStateRetention`: a touch moves the time
 * to now + max unless it is now + min or later already.
 */
export class Retention<Cell extends object> {
  private readonly figures: TemporalJoinBound['retention'];
  private readonly due = new Map<Cell, number>();

  constructor(figures: TemporalJoinBound['retention']) {
    this.figures = figures;
  }

  touch(cell: Cell, now: number): void {
    if (this.figures === null) return;
    const { minMs, maxMs } = this.figures;
    const waits = this.due.get(cell);
    if (waits === undefined || now + minMs > waits) this.due.set(cell, now + maxMs);
  }

  end(cell: Cell): void {
    this.due.delete(cell);
  }

  /** Cells whose time has come; their wait is over. */
  takeDue(now: number): readonly Cell[] {
    const cells = [...this.due].filter(([, time]) => time <= now).map(([cell]) => cell);
    for (const cell of cells) this.end(cell);
    return cells;
  }
}
