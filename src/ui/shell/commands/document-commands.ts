import { useDocuments } from '../../../app/documents/documents-state.ts';
import type * as documentList from '../../../app/documents/document-list.ts';
import { later } from '../../theme/later.ts';
import { notify } from '../../theme/notify.ts';
import { useDialogs } from '../dialog-store.ts';
import { openNameField } from '../document-name-store.ts';
import { chooseImport, exportGraph } from '../file-actions.ts';
import type { Command } from './command.ts';

type DocumentList = typeof documentList;

const isWritable = (): boolean => useDocuments.getState().reading === null;

/** What keeps documents comes after the page. */
function withDocuments(work: (list: DocumentList) => unknown): void {
  later(() => import('../../../app/documents/document-list.ts'), work);
}

/** It is saved all the time: who asks is told so. */
async function save({ saveNow }: DocumentList): Promise<void> {
  await saveNow();
  const { saving, reading } = useDocuments.getState();
  if (reading !== null) notify('error', 'Not saved.', 'This tab only reads the document.');
  else if (saving.kind === 'unsaved') notify('error', 'Not saved.', `Reason: ${saving.reason}.`);
  else notify('success', 'Saved in this browser.', 'Every change is, by itself. Export gives you a file.');
}

export const DOCUMENT_COMMANDS: readonly Command[] = [
  {
    id: 'document.new',
    title: 'New graph',
    group: 'Document',
    keys: [],
    also: 'empty blank',
    run: () => withDocuments(({ newDocument }) => newDocument()),
  },
  {
    id: 'document.open',
    title: 'Open…',
    group: 'Document',
    keys: ['Mod+O'],
    worksInFields: true,
    also: 'documents list recent delete',
    run: () => useDialogs.getState().show('documents'),
  },
  {
    id: 'document.duplicate',
    title: 'Duplicate the document',
    group: 'Document',
    keys: [],
    also: 'copy',
    run: () => withDocuments(({ duplicateCurrent }) => duplicateCurrent()),
  },
  {
    id: 'document.rename',
    title: 'Rename the document',
    group: 'Document',
    keys: [],
    also: 'title name',
    isEnabled: isWritable,
    needs: 'This tab only reads the document.',
    run: () => openNameField(true),
  },
  {
    id: 'document.templates',
    title: 'Templates…',
    group: 'Document',
    keys: ['G'],
    also: 'gallery examples open',
    run: () => useDialogs.getState().show('templates'),
  },
  {
    id: 'document.save',
    title: 'Save',
    group: 'Document',
    keys: ['Mod+S'],
    worksInFields: true,
    also: 'keep store',
    run: () => withDocuments(save),
  },
  { id: 'document.import', title: 'Import…', group: 'Document', keys: ['Mod+I'], also: 'open file', run: chooseImport },
  {
    id: 'document.export',
    title: 'Export',
    group: 'Document',
    keys: ['Mod+E'],
    worksInFields: true,
    also: 'save download json',
    run: exportGraph,
  },
  {
    id: 'document.share',
    title: 'Share…',
    group: 'Document',
    keys: [],
    also: 'link url send embed',
    run: () => useDialogs.getState().show('share'),
  },
];
