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

export class RejectList implements Rejects {
  count = 0;
  readonly kept: Reject[] = [];

  /** `text` is only asked for while the list still keeps what it is given. */
  add(line: number, column: string | null, reason: string, text: () => string): void {
    this.count++;
    if (this.kept.length < LIMITS.keptRejects) {
      this.kept.push({ line, column, reason, text: cutText(text(), LIMITS.rejectTextChars) });
    }
  }
}

/** The first `limit` UTF-16 units, with an ellipsis when something was cut. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
