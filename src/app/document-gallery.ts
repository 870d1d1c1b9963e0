import { GALLERY } from '../pipeline/templates/gallery.ts';
import type { Template } from '../pipeline/templates/template.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

/** Fast enough that the first windows fire while a visitor still looks around, slow enough to follow. */
const FIRST_SPEED = { kind: 'clock', factor: 4 } as const;

export interface GalleryEntry {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** Files that the user has to give it. */
  readonly fileNames: readonly string[];
}

export const TEMPLATES: readonly GalleryEntry[] = GALLERY.map(({ id, summary, document }) => ({
  id,
  name: document.name,
  summary,
  fileNames: document.nodes.flatMap(({ config }) =>
    typeof config['fileName'] === 'string' ? [config['fileName']] : [],
  ),
}));

/** Puts a template in the place of the current document and runs it. */
export function openTemplate({ id }: GalleryEntry): void {
  const template = GALLERY.find((candidate) => candidate.id === id);
  if (template !== undefined) open(template, false);
}

/** What a visit begins with: the first template, running. */
export function openFirstTemplate(): void {
  const [first] = GALLERY;
  useRunStore.getState().setSpeed(FIRST_SPEED);
  if (first !== undefined) open(first, true);
}

function open({ document }: Template, isFirst: boolean): void {
  useDocumentStore.getState().open(document, { label: 'Open a template', isFirst, play: true });
}
