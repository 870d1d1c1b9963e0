import { LIMITS } from './limits.ts';

/**
 * A record that no row was made of. `line` is physical, the file's first line being 1, and names where the record
 * begins; `column` is the column at fault, null when the record as a whole is. `text` is the record as it stands in the
 * file, cut at `LIMITS.rejectTextChars`.
 */
export interface Reject {
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly text: string;
}

/** Rejected records of one source, in file order: all are counted, the first `LIMITS.keptRejects` are kept. */
export interface Rejects {
  readonly count: number;
  readonly kept: readonly Reject[];
}

/** Hears of every reject, also of those that the list does not keep, in file order. */
export type RejectListener = (reject: Reject) => void;

/**
 * Collects rejects. What is added waits until `settle`, which puts it into the order of the file: scanner and columns find
 * their rejects of the same stretch one after the other.
 */
export class RejectList implements Rejects {
  count = 0;
  readonly kept: Reject[] = [];
  private readonly listener: RejectListener | null;
  private waiting: { readonly reject: Reject; readonly at: number }[] = [];

  constructor(listener: RejectListener | null = null) {
    this.listener = listener;
  }

  /** `at` is where the record stands in the stretch; `text` is only asked for while the list still keeps what it is given. */
  add(reject: Omit<Reject, 'text'>, at: number, text: () => string): void {
    this.count++;
    if (this.kept.length >= LIMITS.keptRejects && this.listener === null) return;
    this.waiting.push({ reject: { ...reject, text: cutText(text(), LIMITS.rejectTextChars) }, at });
  }

  /** Ends a stretch. */
  settle(): void {
    if (this.waiting.length === 0) return;
    this.waiting.sort((a, b) => a.at - b.at);
    for (const { reject } of this.waiting) {
      if (this.kept.length < LIMITS.keptRejects) this.kept.push(reject);
      this.listener?.(reject);
    }
    this.waiting = [];
  }
}

/** The first `limit` UTF-16 units, with an ellipsis when something was cut. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
