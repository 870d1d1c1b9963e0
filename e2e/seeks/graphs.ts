import type { PipelineDocument } from '../../src/pipeline/document.ts';
import { highestBid } from '../../src/pipeline/templates/highest-bid.ts';
import { hotItems } from '../../src/pipeline/templates/hot-items.ts';
import { sessions } from '../../src/pipeline/templates/sessions.ts';
import { paths, table, generator, templateDocument } from '../../src/pipeline/templates/template.ts';
import { updates } from '../../src/pipeline/templates/updates.ts';
import { graphWithEvents } from '../perf/graph.ts';

/** Of all sources together. */
interface Scale {
  readonly perSec: number;
  readonly keys?: number;
}

/** The document with so many events, each source with its share of them. */
function scaled(document: PipelineDocument, events: number, { perSec, keys }: Scale): PipelineDocument {
  const made = document.nodes.filter(({ type }) => type === 'source.generator');
  const all = made.reduce((sum, { config }) => sum + Number(config['rateEventsPerSec']), 0);
  const nodes = document.nodes.map((node) => {
    if (node.type !== 'source.generator') return node;
    const share = Number(node.config['rateEventsPerSec']) / all;
    const config = { ...node.config, events: Math.round(events * share), rateEventsPerSec: perSec * share };
    return { ...node, config: keys === undefined ? config : { ...config, keys } };
  });
  return { ...document, nodes };
}

/** A count for each of 100,000 users, in windows of an hour and since the beginning. */
function manyKeys(events: number): PipelineDocument {
  const aggregates = [{ name: 'clicks', function: 'count' }];
  const keys = ['user_id'];
  return templateDocument({
    name: 'Many keys',
    dialect: 'flink-sql',
    nodes: {
      clicks: generator([0, 0], 'Clicks', {
        shape: 'clicks',
        perSec: 200,
        events,
        keys: 100_000,
        meanDelayMs: 1_000,
        waitMs: 5_000,
      }),
      hours: { kind: 'window', label: 'Hours', at: [240, 0], config: { keys, sizeMs: 3_600_000, aggregates } },
      totals: { kind: 'aggregate', label: 'Totals', at: [240, 200], config: { keys, aggregates } },
      results: table([480, 0], 'By hour'),
      all: table([480, 200], 'All'),
    },
    edges: paths(['clicks', 'hours', 'results'], ['clicks', 'totals', 'all']),
  });
}

/** Graphs that keep much, by name: each with so many events. */
export const GRAPHS: Readonly<Record<string, (events: number) => PipelineDocument>> = {
  clicks: (events) => graphWithEvents(Math.round(events / 1.1)),
  sessions: (events) => scaled(sessions.document, events, { perSec: 100, keys: 2_000 }),
  'hot-items': (events) => scaled(hotItems.document, events, { perSec: 200 }),
  'highest-bid': (events) => scaled(highestBid.document, events, { perSec: 200 }),
  updates: (events) => scaled(updates.document, events, { perSec: 100, keys: 5_000 }),
  'many-keys': manyKeys,
};
