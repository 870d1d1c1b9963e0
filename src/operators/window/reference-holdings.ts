import type { Fates } from '../operator.ts';
import type { ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';

/** A window for one key, as far as the ledger goes. */
export interface Holder {
  readonly end: number;
}

/**
 * The ledger of a window operator, row by row: each row belongs to the window that ends last of those that took it, until
 * that window forgets it. It is used then if that window gave a result with it.
 */
export class Holdings {
  readonly counted: Fates = noFates();
  private readonly places = new Map<ReferenceRow, { holder: Holder; isShown: boolean }>();

  take(row: ReferenceRow, holder: Holder): void {
    const place = this.places.get(row);
    if (place === undefined) this.places.set(row, { holder, isShown: false });
    else if (holder.end > place.holder.end) Object.assign(place, { holder, isShown: false });
  }

  /** A result of the window showed all that it has. */
  show(holder: Holder): void {
    for (const place of this.places.values()) if (place.holder === holder) place.isShown = true;
  }

  /** The windows' rows are another's from now on. */
  move(from: readonly Holder[], to: Holder): void {
    for (const place of this.places.values()) if (from.includes(place.holder)) place.holder = to;
  }

  /** The window forgets its rows, or those given. */
  forget(holder: Holder, unseen: 'filtered' | 'late' = 'filtered', only?: readonly ReferenceRow[]): void {
    for (const [row, { holder: holding, isShown }] of this.places) {
      if (holding !== holder || only?.includes(row) === false) continue;
      this.counted[isShown ? 'used' : unseen]++;
      this.places.delete(row);
    }
  }

  fates(): Fates {
    return { ...this.counted, held: this.places.size };
  }
}

/** Rows of windows that were merged: in the order in which they came, whichever window had them. */
export function byArrival(rows: readonly ReferenceRow[]): ReferenceRow[] {
  return rows.toSorted((a, b) => a.seq - b.seq);
}
