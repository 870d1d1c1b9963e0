import type { Problem } from '../../stream/problem.ts';
import { readGraph } from '../document-files.ts';
import { useDocumentStore } from '../document-store.ts';
import { withFreshName } from '../documents/document-list.ts';
import { unpackLink } from './share-link.ts';

export type SharedReport = { readonly ok: true } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Opens the graph of a share link beside the user's own, without running it; or changes nothing and says why. It is kept
 * as soon as it is changed.
 */
export async function openShared(hash: string, { isEmbedded = false } = {}): Promise<SharedReport> {
  const unpacked = await unpackLink(hash);
  if (!unpacked.ok) return { ok: false, problems: [unpacked.problem] };
  const read = await readGraph(unpacked.text);
  if (!read.ok) return read;
  const { open, opened } = useDocumentStore.getState();
  const document = isEmbedded ? read.document : await withFreshName(read.document);
  open(document, { label: 'Open a link', isFirst: opened === 0, isDraft: true });
  return { ok: true };
}
