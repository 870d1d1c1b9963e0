import type { PipelineDocument } from '../pipeline/document.ts';
import { findFace } from '../pipeline/faces.ts';
import { GALLERY } from '../pipeline/templates/gallery.ts';
import type { Topic } from '../pipeline/templates/template.ts';
import { TOPICS } from '../pipeline/templates/template.ts';
import { withFreshName } from './documents/document-list.ts';
import { showTemplate } from './open-template.ts';

export interface GalleryEntry {
  readonly id: string;
  readonly topic: Topic;
  readonly name: string;
  readonly summary: string;
  /** Whose data it shows; null for made-up events. */
  readonly credit: string | null;
  readonly document: PipelineDocument;
}

export const TEMPLATES: readonly GalleryEntry[] = GALLERY.map(({ id, topic, summary, credit, document }) => ({
  id,
  topic,
  name: document.name,
  summary,
  credit,
  document,
}));

const TOPIC_TITLES: Readonly<Record<Topic, string>> = {
  windows: 'Windows and time',
  joins: 'Joins',
  tables: 'Tables and changelogs',
  patterns: 'Rankings and patterns',
  auctions: 'Nexmark auctions',
  industry: 'Out of the industry',
  data: 'Real data',
};

/** The templates under the headings of the gallery. */
export const TEMPLATE_GROUPS = TOPICS.map((topic) => ({
  topic,
  title: TOPIC_TITLES[topic],
  templates: TEMPLATES.filter((template) => template.topic === topic),
})).filter(({ templates }) => templates.length > 0);

export interface GalleryQuery {
  /** Words, each of which must be somewhere in what a template says of itself. */
  readonly text: string;
  /** Empty for all. */
  readonly topic: string;
  /** A kind of node that must be in it; empty for all. */
  readonly kind: string;
}

/** Kinds of nodes that templates show, by title. */
export const SHOWN_KINDS = [...new Set(TEMPLATES.flatMap(({ document }) => document.nodes.map(({ type }) => type)))]
  .map((kind) => ({ kind, title: findFace(kind)?.title ?? kind }))
  .toSorted((a, b) => a.title.localeCompare(b.title, 'en'));

/** The groups of the gallery with the templates that fit. */
export function searchTemplates({ text, topic, kind }: GalleryQuery): typeof TEMPLATE_GROUPS {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (entry: GalleryEntry, title: string): boolean => {
    const { nodes, dialect } = entry.document;
    if (kind !== '' && !nodes.some(({ type }) => type === kind)) return false;
    const kinds = nodes.map(({ type }) => `${type} ${findFace(type)?.title ?? ''}`).join(' ');
    const said = `${title} ${entry.name} ${entry.summary} ${dialect} ${kinds} ${entry.credit ?? ''}`.toLowerCase();
    return words.every((word) => said.includes(word));
  };
  return TEMPLATE_GROUPS.filter((group) => topic === '' || group.topic === topic)
    .map((group) => ({ ...group, templates: group.templates.filter((entry) => fits(entry, group.title)) }))
    .filter(({ templates }) => templates.length > 0);
}

/** Opens a template and runs it. Resolves to why it cannot, null when it can. */
export async function openTemplate({ id }: Pick<GalleryEntry, 'id'>): Promise<string | null> {
  const template = GALLERY.find((candidate) => candidate.id === id);
  if (template === undefined) return `There is no template ${id}.`;
  try {
    await showTemplate({ ...template, document: await withFreshName(template.document) }, { isFirst: false });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
