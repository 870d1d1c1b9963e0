import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';

/**
 * Places of the points that are these entries of the log, ascending as they are. Points only ever grow: what was found stays,
 * and the search goes on with what was behind the newest of them.
 */
export class GhostPlaces {
  private of: { readonly data: PlaneData; readonly events: Float64Array } | null = null;
  private readonly found: number[] = [];
  /** Of the entries those that are settled, and of the places those that are of them. */
  private settled = { events: 0, places: 0 };

  find(data: PlaneData, events: Float64Array): readonly number[] {
    const { seq } = data.points;
    if (this.of?.data !== data || this.of.events !== events || this.settled.places > seq.length) {
      this.of = { data, events };
      this.settled = { events: 0, places: 0 };
    }
    this.found.length = this.settled.places;
    const newest = seq.length === 0 ? -Infinity : seq.at(seq.length - 1);
    for (let i = this.settled.events; i < events.length; i++) {
      const event = events[i] ?? Infinity;
      if (event > newest) break;
      // One entry may be several rows, and the newest may have more to come.
      for (let at = firstAtLeast(seq.values, seq.length, event); at < seq.length && seq.at(at) === event; at++) {
        this.found.push(at);
      }
      if (event < newest) this.settled = { events: i + 1, places: this.found.length };
    }
    return this.found;
  }
}
