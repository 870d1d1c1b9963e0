import type { FaultConfig } from './disorder-config.ts';

/** Events that claim a time far in the future, one for each fault. */
export class Poison {
  private left: readonly FaultConfig[];
  private readonly startMs: number;

  constructor(faults: readonly FaultConfig[], startMs: number) {
    this.left = faults;
    this.startMs = startMs;
  }

  /** How far ahead the row claims to be; `row` is counted from 1 in order of arrival. */
  aheadMs(row: number, atMs: number): number {
    if (this.left.length === 0) return 0;
    const due = this.left.find((fault) => (fault.row > 0 ? fault.row === row : atMs >= this.startMs + fault.afterMs));
    if (due === undefined) return 0;
    this.left = this.left.filter((fault) => fault !== due);
    return due.aheadMs;
  }
}
