import { useDocumentStore } from '../../app/document-store.ts';
import { useLineageView } from '../../app/lineage-view.ts';
import { takesEvents } from '../../app/takes-events.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';

/** Places of the points that are these entries of the log, ascending; one entry may be several rows. */
export function lineagePlaces(data: PlaneData, events: ReadonlySet<number>): readonly number[] {
  const { seq } = data.points;
  const places: number[] = [];
  for (const event of events) {
    for (let place = firstAtLeast(seq.values, seq.length, event); seq.at(place) === event; place++) {
      if (place >= seq.length) break;
      places.push(place);
    }
  }
  return places.sort((a, b) => a - b);
}

/** Remembers the places for as long as neither the points nor what is told of changes: the hand moves much more often. */
export class LineagePlaces {
  private of: { readonly data: PlaneData; readonly length: number; readonly events: ReadonlySet<number> } | null = null;
  private places: readonly number[] = [];

  /** Those of the lineage that is told on the screen. Where rows stand for several events, none of them is marked. */
  told(data: PlaneData): readonly number[] {
    const events = useLineageView.getState().shown?.events;
    const { document } = useDocumentStore.getState();
    if (events === undefined || !takesEvents(document, data.facts.nodeId)) return [];
    return this.find(data, events);
  }

  find(data: PlaneData, events: ReadonlySet<number>): readonly number[] {
    const { length } = data.points;
    const isKnown = this.of?.data === data && this.of.length === length && this.of.events === events;
    if (!isKnown) {
      this.of = { data, length, events };
      this.places = lineagePlaces(data, events);
    }
    return this.places;
  }
}
