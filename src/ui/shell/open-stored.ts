import { openDocument } from '../../app/documents/document-list.ts';
import { notify } from '../theme/notify.ts';

/** Opens a document that this browser keeps, and says why where it cannot. */
export async function openStored(id: string): Promise<void> {
  const problem = await openDocument(id);
  if (problem !== null) notify('error', 'The document could not be opened.', problem);
}
