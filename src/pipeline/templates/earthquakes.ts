import type { Template } from './template.ts';
import { templateDocument } from './template.ts';

/** A week of earthquakes: event time is the quake, arrival the last revision of its report. */
export const earthquakes: Template = {
  id: 'earthquakes',
  topic: 'data',
  summary: 'A week of real earthquakes, each arriving with the last revision of its report: hours, even days later.',
  speed: { kind: 'events', perSec: 100 },
  credit: 'U.S. Geological Survey, public domain, by vega-datasets',
  document: templateDocument({
    name: 'Earthquakes',
    nodes: {
      quakes: {
        kind: 'source.file',
        label: 'Earthquakes',
        at: [0, 0],
        config: {
          fileName: 'earthquakes.json',
          format: 'geojson',
          columns: [
            { name: 'time', path: 'properties.time', type: 'TIMESTAMP', unit: 'ms' },
            { name: 'updated', path: 'properties.updated', type: 'TIMESTAMP', unit: 'ms' },
            { name: 'mag', path: 'properties.mag', type: 'DOUBLE' },
            { name: 'net', path: 'properties.net', type: 'STRING' },
            { name: 'place', path: 'properties.place', type: 'STRING' },
          ],
          time: { column: 'time', unit: 'ms', zone: 'UTC' },
          arrival: { by: 'column', column: 'updated', unit: 'ms' },
          watermark: { delayMs: 86_400_000 },
        },
      },
      'six-hours': {
        kind: 'window',
        label: 'Quakes per 6 h',
        at: [260, 0],
        config: {
          sizeMs: 21_600_000,
          latenessMs: 43_200_000,
          aggregates: [
            { name: 'quakes', function: 'count' },
            { name: 'strongest', function: 'max', argument: 'mag' },
          ],
        },
      },
      'by-time': { kind: 'sink', label: 'Activity', at: [520, 0], config: { view: 'chart' } },
      'too-late': { kind: 'sink', label: 'Revised too late', at: [520, 130], config: { view: 'table' } },
    },
    edges: [
      [
        ['quakes', 'out'],
        ['six-hours', 'in'],
      ],
      [
        ['six-hours', 'out'],
        ['by-time', 'in'],
      ],
      [
        ['six-hours', 'late'],
        ['too-late', 'in'],
      ],
    ],
  }),
};
