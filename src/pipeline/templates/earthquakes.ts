import type { Template } from './template.ts';
import { chart, paths, table, templateDocument } from './template.ts';

/** A week of earthquakes: event time is the quake, arrival the last revision of its report. */
export const earthquakes: Template = {
  id: 'earthquakes',
  topic: 'data',
  summary:
    'A week of real earthquakes, each arriving with the last revision of its report: hours, even days later. Below, each is counted for every network that measured it.',
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
            { name: 'sources', path: 'properties.sources', type: 'STRING' },
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
        at: [256, 0],
        config: {
          sizeMs: 21_600_000,
          latenessMs: 43_200_000,
          aggregates: [
            { name: 'quakes', function: 'count' },
            { name: 'strongest', function: 'max', argument: 'mag' },
          ],
        },
      },
      networks: {
        kind: 'flat-map',
        label: 'Its networks',
        at: [256, 256],
        config: { columns: [{ name: 'network', expression: "SPLIT(TRIM(BOTH ',' FROM sources), ',')" }] },
      },
      'by-network': {
        kind: 'window',
        label: 'Network days',
        at: [512, 256],
        config: {
          keys: ['network'],
          sizeMs: 86_400_000,
          latenessMs: 43_200_000,
          aggregates: [{ name: 'quakes', function: 'count' }],
        },
      },
      'network-days': chart([768, 256], 'Networks'),
      'by-time': chart([512, 0], 'Activity'),
      'too-late': table([512, 128], 'Too late'),
    },
    edges: paths(
      ['quakes', 'six-hours', 'by-time'],
      ['six-hours:late', 'too-late'],
      ['quakes', 'networks', 'by-network', 'network-days'],
    ),
  }),
};
