import type { PipelineDocument } from './document.ts';
import { DOCUMENT_SCHEMA } from './document.ts';

/** A document without nodes, in Flink's dialect and event time. */
export function emptyDocument(name: string): PipelineDocument {
  return {
    $schema: DOCUMENT_SCHEMA,
    version: 1,
    name,
    dialect: 'flink-datastream',
    time: { domain: 'event' },
    nodes: [],
    edges: [],
    layout: {},
    run: { seed: 1, end: 'flush' },
  };
}
