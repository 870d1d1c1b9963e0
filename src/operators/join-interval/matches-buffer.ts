import { widened } from '../shared/state/stored-column.ts';

/** Rows that match arrivals, one after the other. */
export class Matches {
  /** The arrival that each belongs to, and its handle. */
  arrivals: Int32Array;
  partners: Int32Array;
  count = 0;

  constructor(capacity: number) {
    this.arrivals = new Int32Array(capacity);
    this.partners = new Int32Array(capacity);
  }

  /** Whether so many are there that they should be taken away before any arrival more. */
  get areMany(): boolean {
    return this.count >= this.arrivals.length >> 1;
  }

  /** Makes room for as many more. */
  reserve(more: number): void {
    const capacity = this.count + more;
    if (capacity <= this.partners.length) return;
    this.arrivals = widened(this.arrivals, capacity * 2);
    this.partners = widened(this.partners, capacity * 2);
  }
}
