import { moveNodes } from '../../pipeline/edits.ts';
import { useDocumentStore } from '../document-store.ts';
import type { Places } from './boxes.ts';

/** Puts nodes and notes where they are to stand, one undo step. */
export function placeNodes(label: string, places: Places): void {
  useDocumentStore.getState().edit({ label }, (document) => moveNodes(document, places));
}
