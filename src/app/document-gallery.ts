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
}

export const TEMPLATES: readonly GalleryEntry[] = GALLERY.map(({ id, topic, summary, credit, document }) => ({
  id,
  topic,
  name: document.name,
  summary,
  credit,
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
  title: TOPIC_TITLES[topic],
  templates: TEMPLATES.filter((template) => template.topic === topic),
})).filter(({ templates }) => templates.length > 0);

/** Opens a template and runs it. Resolves to why it cannot, null when it can. */
export async function openTemplate({ id }: GalleryEntry): Promise<string | null> {
  const template = GALLERY.find((candidate) => candidate.id === id);
  if (template === undefined) return `There is no template ${id}.`;
  try {
    await showTemplate({ ...template, document: await withFreshName(template.document) }, { isFirst: false });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
