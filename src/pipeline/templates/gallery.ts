import { clicksToPurchases } from './clicks-to-purchases.ts';
import { earthquakes } from './earthquakes.ts';
import { flights } from './flights.ts';
import { lateEvents } from './late-events.ts';
import type { Template } from './template.ts';

/** The templates in the gallery's order. A first visit shows the first one running. */
export const GALLERY: readonly Template[] = [clicksToPurchases, lateEvents, flights, earthquakes];
