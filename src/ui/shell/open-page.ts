import { whenUsable } from '../../app/first-view.ts';
import { useDocuments } from '../../app/documents/documents-state.ts';
import { lastDocumentId } from '../../app/documents/last-document.ts';
import { loadPart } from '../../app/load-part.ts';
import { isShareHash } from '../../app/share/share-hash.ts';
import { later, tellMissing } from '../theme/later.ts';
import { notify } from '../theme/notify.ts';

/** What a page begins with: the graph of its link, else the last document, else what a first visit is shown. */
export async function openPage(openFirst: () => Promise<void>): Promise<void> {
  window.addEventListener('hashchange', () => void openLink());
  if (await openLink()) return;
  if (lastDocumentId() !== null && (await (await documents())?.openLastDocument()) === true) return;
  await openFirst();
  await whenUsable();
  (await documents())?.keepDocuments();
}

/** Null where that part of the page does not come: the work goes on and is kept nowhere, which the banner says. */
async function documents() {
  try {
    return await loadPart(() => import('../../app/documents/start-documents.ts'));
  } catch (error) {
    reportError(error);
    useDocuments.setState({ saving: { kind: 'unsaved', reason: 'a part of the page did not load' } });
    return null;
  }
}

/** Whether the address held a graph that could be opened. It leaves the address: a reload must not open it once more. */
async function openLink(): Promise<boolean> {
  const { hash, pathname, search } = location;
  if (!isShareHash(hash)) return false;
  const [sharing, keeping] = await Promise.all([
    loadPart(() => import('../../app/share/open-shared.ts')).catch(tellMissing),
    documents(),
  ]);
  if (sharing === undefined) return false;
  const report = await sharing.openShared(hash);
  history.replaceState(history.state, '', pathname + search);
  if (!report.ok) {
    const refused = { name: 'The link', isLink: true, problems: report.problems };
    later(
      () => import('./file-actions.ts'),
      ({ refuseImport }) => refuseImport(refused),
    );
  } else {
    keeping?.keepDocuments();
    notify('success', 'Opened the graph of the link.', 'It does not run until you say so.');
  }
  return report.ok;
}
