import type { Template } from './template.ts';
import { chart, paths, table, templateDocument } from './template.ts';

/** Flights of early 2001: event time is the scheduled departure, arrival in the system the actual one. */
export const flights: Template = {
  id: 'flights',
  topic: 'data',
  summary:
    'Real flights: scheduled by their departure, reported with their delay. Counted by half-day, with the mean delay; some reports come too late. Below they get another event time, that of the landing.',
  speed: { kind: 'events', perSec: 100 },
  credit: 'U.S. Bureau of Transportation Statistics, by vega-datasets',
  document: templateDocument({
    name: 'Flights',
    nodes: {
      flights: {
        kind: 'source.file',
        label: 'Flights',
        at: [0, 0],
        config: {
          fileName: 'flights-2k.json',
          format: 'json',
          columns: [
            { name: 'date', type: 'TIMESTAMP', unit: 'yyyy/MM/dd HH:mm' },
            { name: 'delay', type: 'BIGINT' },
            { name: 'distance', type: 'BIGINT' },
            { name: 'origin', type: 'STRING' },
            { name: 'destination', type: 'STRING' },
          ],
          time: { column: 'date', unit: 'yyyy/MM/dd HH:mm', zone: 'UTC' },
          arrival: { by: 'expression', expression: 'date + delay * 60000' },
          watermark: { delayMs: 300_000 },
        },
      },
      'half-days': {
        kind: 'window',
        label: 'Flights per 12 h',
        at: [256, 0],
        config: {
          sizeMs: 43_200_000,
          aggregates: [
            { name: 'flights', function: 'count' },
            { name: 'mean_delay', function: 'avg', argument: 'CAST(delay AS DOUBLE)' },
          ],
        },
      },
      landing: {
        kind: 'assign-timestamps',
        label: 'Time of landing',
        at: [256, 224],
        // At 8 miles a minute.
        config: {
          time: "date + (delay + CAST(distance AS BIGINT) / 8) * INTERVAL '1' MINUTE",
          watermark: { delayMs: 28_800_000 },
        },
      },
      landings: {
        kind: 'window',
        label: 'Landed per 12 h',
        at: [512, 224],
        config: { sizeMs: 43_200_000, aggregates: [{ name: 'landings', function: 'count' }] },
      },
      'landings-by-half-day': chart([768, 224], 'Landings'),
      'by-half-day': chart([512, 0], 'Activity'),
      'too-late': table([512, 128], 'Too late'),
    },
    edges: paths(
      ['flights', 'half-days', 'by-half-day'],
      ['half-days:late', 'too-late'],
      ['flights', 'landing', 'landings', 'landings-by-half-day'],
    ),
  }),
};
