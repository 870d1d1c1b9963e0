import { clicksToPurchases } from '../../src/pipeline/templates/clicks-to-purchases.ts';
import type { PipelineDocument } from '../../src/pipeline/document.ts';

/** The first template with so many clicks, and a tenth of it purchases; at a rate at which its windows hold some rows. */
export function graphWithEvents(clicks: number): PipelineDocument {
  const { document } = clicksToPurchases;
  return {
    ...document,
    name: `${clicks} clicks`,
    nodes: document.nodes.map((node) => {
      if (node.id === 'clicks') return { ...node, config: { ...node.config, events: clicks, rateEventsPerSec: 100 } };
      if (node.id !== 'purchases') return node;
      return { ...node, config: { ...node.config, events: Math.floor(clicks / 10), rateEventsPerSec: 10 } };
    }),
  };
}
