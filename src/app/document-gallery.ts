import { GALLERY } from '../pipeline/templates/gallery.ts';
import type { Template } from '../pipeline/templates/template.ts';
import { useDocumentStore } from './document-store.ts';

export interface GalleryEntry {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
}

export const TEMPLATES: readonly GalleryEntry[] = GALLERY.map(({ id, summary, document }) => ({
  id,
  name: document.name,
  summary,
}));

/** Puts a template in the place of the current document and runs it. */
export function openTemplate({ id }: GalleryEntry): void {
  const template = GALLERY.find((candidate) => candidate.id === id);
  if (template !== undefined) open(template, false);
}

/** What a visit begins with: the first template, running. */
export function openFirstTemplate(): void {
  const [first] = GALLERY;
  if (first !== undefined) open(first, true);
}

function open({ document }: Template, isFirst: boolean): void {
  useDocumentStore.getState().open(document, { label: 'Open a template', isFirst, play: true });
}
