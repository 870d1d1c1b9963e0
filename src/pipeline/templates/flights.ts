import type { Template } from './template.ts';
import { templateDocument } from './template.ts';

/** Flights of early 2001: event time is the scheduled departure, arrival in the system the actual one. */
export const flights: Template = {
  id: 'flights',
  topic: 'data',
  summary:
    'Real flights: scheduled by their departure, reported with their delay. Counted by half-day, with the mean delay; some reports come too late.',
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
        label: 'Flights per half-day',
        at: [260, 0],
        config: {
          sizeMs: 43_200_000,
          aggregates: [
            { name: 'flights', function: 'count' },
            { name: 'mean_delay', function: 'avg', argument: 'CAST(delay AS DOUBLE)' },
          ],
        },
      },
      'by-half-day': { kind: 'sink', label: 'Activity', at: [520, 0], config: { view: 'chart' } },
      'too-late': { kind: 'sink', label: 'Reported too late', at: [520, 130], config: { view: 'table' } },
    },
    edges: [
      [
        ['flights', 'out'],
        ['half-days', 'in'],
      ],
      [
        ['half-days', 'out'],
        ['by-half-day', 'in'],
      ],
      [
        ['half-days', 'late'],
        ['too-late', 'in'],
      ],
    ],
  }),
};
