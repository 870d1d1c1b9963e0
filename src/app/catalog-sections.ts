import type { CatalogItem } from './document-catalog.ts';

/** The palette's headings, in its order. */
export const SECTIONS = [
  { id: 'sources', title: 'Sources' },
  { id: 'rows', title: 'Row by row' },
  { id: 'keyed', title: 'Per key' },
  { id: 'windows', title: 'Windows' },
  { id: 'joins', title: 'Joins' },
  { id: 'sinks', title: 'Sinks' },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

/** Transforms stand apart by whether they keep rows or sums of a key; how far time is belongs to no key. */
export function sectionOf({ kind, group, isStateful }: CatalogItem): SectionId {
  if (group === 'transforms') return isStateful && kind !== 'assign-timestamps' ? 'keyed' : 'rows';
  return group;
}
