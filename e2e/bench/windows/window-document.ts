import type { PipelineDocument } from '../../../src/pipeline/document.ts';
import { templateDocument } from '../../../src/pipeline/templates/template.ts';
import { sourceConfig } from '../engine/memory-source.ts';

type Config = Readonly<Record<string, unknown>>;

/** Count and sum of the value by key in windows. `window` is what the window is besides its key and its aggregates. */
export function windowDocument(window: Config, source: Config = sourceConfig): PipelineDocument {
  const aggregates = [
    { name: 'count', function: 'count' },
    { name: 'sum', function: 'sum', argument: 'value' },
  ];
  return templateDocument({
    name: 'Windows',
    nodes: {
      events: { kind: 'source.file', label: 'Events', at: [0, 0], config: source },
      windows: { kind: 'window', label: 'Totals', at: [240, 0], config: { keys: ['key'], ...window, aggregates } },
      results: { kind: 'sink', label: 'Results', at: [480, 0], config: {} },
    },
    edges: [
      [
        ['events', 'out'],
        ['windows', 'in'],
      ],
      [
        ['windows', 'out'],
        ['results', 'in'],
      ],
    ],
  });
}
