import { create } from 'zustand';
import { useDocumentStore } from '../../app/document-store.ts';
import { loadPart } from '../../app/load-part.ts';
import { useRunStore } from '../../app/run-store.ts';
import { isShareHash } from '../../app/share/share-hash.ts';
import type { Problem } from '../../stream/problem.ts';

interface EmbedState {
  /** Why there is no graph. */
  readonly problems: readonly Problem[];
}

export const useEmbed = create<EmbedState>()(() => ({ problems: [] }));

const READ_ONLY = 'This graph is part of another page. Open it in Tidemark to change it.';

/**
 * Shows the graph of the address, and keeps nothing: it is another page's. `autoplay=1` runs it, which that page asks for,
 * not the graph; `readonly=0` lets it be changed as long as the frame is there.
 */
export async function openEmbed({ hash, search }: Location): Promise<void> {
  const choices = new URLSearchParams(search);
  if (!isShareHash(hash)) {
    useEmbed.setState({ problems: [NO_GRAPH] });
    return;
  }
  const sharing = await loadPart(() => import('../../app/share/open-shared.ts')).catch(reportError);
  if (sharing === undefined) {
    useEmbed.setState({ problems: [INCOMPLETE] });
    return;
  }
  const report = await sharing.openShared(hash, { isEmbedded: true });
  if (!report.ok) useEmbed.setState({ problems: report.problems });
  else {
    if (choices.get('readonly') !== '0') useDocumentStore.getState().refuseEdits(READ_ONLY);
    if (choices.get('autoplay') === '1') await useRunStore.getState().play();
  }
}

const NO_GRAPH: Problem = {
  code: 'embed-empty',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'This frame holds no graph.',
  fix: 'Its address must end in #g= and a graph: copy the code of the frame anew from Share in Tidemark.',
};

const INCOMPLETE: Problem = {
  code: 'page-incomplete',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'A part of the page did not load.',
  fix: 'See that you are online, then reload the page.',
};
