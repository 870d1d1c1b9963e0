import { GALLERY } from '../pipeline/templates/gallery.ts';
import type { Template, Topic } from '../pipeline/templates/template.ts';
import { TOPICS } from '../pipeline/templates/template.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';
import { sampleFilesOf } from './sample-files.ts';

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
  tables: 'Tables and changelogs',
  patterns: 'Rankings and patterns',
  data: 'Real data',
};

/** The templates under the headings of the gallery. */
export const TEMPLATE_GROUPS = TOPICS.map((topic) => ({
  title: TOPIC_TITLES[topic],
  templates: TEMPLATES.filter((template) => template.topic === topic),
})).filter(({ templates }) => templates.length > 0);

/** Puts a template in the place of the current document and runs it. Resolves to why it cannot, null when it can. */
export async function openTemplate({ id }: GalleryEntry): Promise<string | null> {
  const template = GALLERY.find((candidate) => candidate.id === id);
  if (template === undefined) return `There is no template ${id}.`;
  try {
    await open(template, false);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a visit begins with: the first template, running. */
export async function openFirstTemplate(): Promise<void> {
  const [first] = GALLERY;
  if (first !== undefined) await open(first, true);
}

/** Its files are fetched first: when one is missing the current document stays. */
async function open({ document, speed }: Template, isFirst: boolean): Promise<void> {
  const files = await sampleFilesOf(document);
  const run = useRunStore.getState();
  run.setSpeed(speed);
  useDocumentStore.getState().open(document, { label: 'Open a template', isFirst, play: files.size === 0 });
  for (const [nodeId, file] of files) run.setFile(nodeId, file);
  if (files.size > 0) await run.play();
}
