import { whenUsable } from '../../app/first-view.ts';
import { lastDocumentId } from '../../app/documents/last-document.ts';
import { isShareHash } from '../../app/share/share-hash.ts';
import { notify } from '../theme/notify.ts';

const documents = () => import('../../app/documents/start-documents.ts');

/** What a page begins with: the graph of its link, else the last document, else what a first visit is shown. */
export async function openPage(openFirst: () => Promise<void>): Promise<void> {
  window.addEventListener('hashchange', () => void openLink());
  if (await openLink()) return;
  if (lastDocumentId() !== null && (await (await documents()).openLastDocument())) return;
  await openFirst();
  await whenUsable();
  (await documents()).keepDocuments();
}

/** Whether the address held a graph that could be opened. It leaves the address: a reload must not open it once more. */
async function openLink(): Promise<boolean> {
  const { hash, pathname, search } = location;
  if (!isShareHash(hash)) return false;
  const [{ openShared }, { keepDocuments }] = await Promise.all([
    import('../../app/share/open-shared.ts'),
    documents(),
  ]);
  const report = await openShared(hash);
  history.replaceState(history.state, '', pathname + search);
  if (!report.ok) {
    const { refuseImport } = await import('./file-actions.ts');
    refuseImport({ name: 'The link', isLink: true, problems: report.problems });
  } else {
    keepDocuments();
    notify('success', 'Opened the graph of the link.', 'It does not run until you say so.');
  }
  return report.ok;
}
