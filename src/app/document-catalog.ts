import type { DocumentNode, NodeKind, PipelineDocument } from '../pipeline/document.ts';
import { nodeFaces } from '../pipeline/faces.ts';
import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { Dialect } from '../operators/dialects/dialect.ts';
import type { DialectName, NodeGroup } from '../stream/node-definition.ts';

export { findFace } from '../pipeline/faces.ts';

type WindowKind = Dialect['windows']['kinds'][number];

/** What the palette offers: a kind of node, or one of its shapes by a preset configuration. */
export interface CatalogItem {
  readonly id: string;
  readonly title: string;
  readonly kind: NodeKind;
  readonly group: NodeGroup;
  readonly summary: string;
  readonly isStateful: boolean;
  /** What else people call it. */
  readonly also: string;
  readonly preset: Readonly<Record<string, unknown>>;
}

interface Offer {
  readonly title: string;
  readonly kind: NodeKind;
  /** Of a shape that is not the kind's usual one. */
  readonly summary?: string;
  readonly preset?: Readonly<Record<string, unknown>>;
  /** Other words that people search for. */
  readonly also?: string;
}

const OFFERS: readonly Offer[] = [
  {
    title: 'Generator',
    kind: 'source.generator',
    also: 'made up clicks purchases orders users sensors iot payments cards bids',
  },
  { title: 'File', kind: 'source.file', also: 'upload csv ndjson json debezium changelog' },
  { title: 'Filter', kind: 'filter', also: 'where having' },
  { title: 'Map', kind: 'map', also: 'select project rename rekey partition by' },
  { title: 'Timestamps', kind: 'assign-timestamps', also: 'watermark event time' },
  { title: 'Split', kind: 'split', also: 'route branch side output' },
  { title: 'Flat map', kind: 'flat-map', also: 'unnest explode array' },
  { title: 'Union', kind: 'union', also: 'merge' },
  { title: 'Deduplicate', kind: 'dedup', also: 'distinct unique first last' },
  { title: 'Running', kind: 'aggregate', also: 'group by count sum changelog aggregate' },
  { title: 'Pattern', kind: 'pattern', also: 'match_recognize cep sequence then within fraud' },
  { title: 'Top N', kind: 'top-n', also: 'rank row_number order by limit' },
  { title: 'Over', kind: 'over', also: 'lag window frame rows range moving' },
  windowOffer('Tumbling', 'tumbling', 'Windows of one length, end to end.'),
  windowOffer('Hopping', 'hopping', 'Windows of one length, a new one every advance.'),
  windowOffer('Cumulate', 'cumulate', 'Windows from one start that grow by steps.'),
  windowOffer('Session', 'session', 'As long as events of a key follow each other within a gap.'),
  windowOffer('Sliding', 'sliding', 'Windows around every event.'),
  windowOffer('Count', 'count', 'Windows of a number of rows.'),
  windowOffer('Global', 'global', 'One window for ever, fired by a trigger.'),
  {
    title: 'Columns',
    kind: 'window',
    preset: { kind: 'tumbling', result: 'rows' },
    summary: 'Gives every row the columns of its windows, not grouped.',
  },
  { title: 'Suppress', kind: 'suppress' },
  { title: 'Interval', kind: 'join.interval', also: 'between before after' },
  { title: 'In window', kind: 'join.window', also: 'semi anti cogroup' },
  { title: 'Streams', kind: 'join.stream', also: 'kstream within grace outer' },
  { title: 'Regular', kind: 'join.regular', also: 'changelog semi anti exists' },
  { title: 'Tables', kind: 'join.table', also: 'ktable foreign key' },
  { title: 'Temporal', kind: 'join.temporal', also: 'as of versioned stream table enrich' },
  { title: 'Lookup', kind: 'join.lookup', also: 'enrich dimension reference' },
  { title: 'Chart', kind: 'sink', preset: { view: 'chart' } },
  { title: 'Table', kind: 'sink', preset: { view: 'table' } },
];

function windowOffer(title: string, kind: WindowKind, summary: string): Offer {
  return { title, kind: 'window', preset: { kind }, summary };
}

export const CATALOG: readonly CatalogItem[] = OFFERS.map(({ title, kind, preset = {}, summary, also = '' }) => {
  const { group, summary: usual, stateful } = nodeFaces[kind];
  return { id: `${kind}:${title}`, title, kind, group, summary: summary ?? usual, isStateful: stateful, also, preset };
});

/** Whether a dialect's engine has what an item makes. */
export function isOffered({ kind, preset }: CatalogItem, dialect: DialectName): boolean {
  if (!nodeFaces[kind].dialects.includes(dialect)) return false;
  if (kind !== 'window') return true;
  const { kinds, machine } = dialectNamed(dialect).windows;
  if (preset['result'] === 'rows') return machine === 'triggers';
  return kinds.some((name) => name === preset['kind']);
}

/** Items that fit what was typed: by title, kind, group, summary or another word for it. */
export function searchCatalog(text: string): readonly CatalogItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return CATALOG.filter((item) => {
    const haystack = `${item.title} ${item.kind} ${item.group} ${item.summary} ${item.also}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

/** `Filter`, then `Filter 2`: messages and canvas call a node the same. */
export function freshLabel(document: PipelineDocument, title: string): string {
  const taken = new Set(document.nodes.map((node) => node.label));
  if (!taken.has(title)) return title;
  for (let i = 2; ; i++) if (!taken.has(`${title} ${i}`)) return `${title} ${i}`;
}

export function displayName(node: DocumentNode): string {
  return node.label !== undefined && node.label !== '' ? node.label : node.id;
}
