import { FileText } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ListedDocument } from '../../../app/documents/document-list.ts';
import { listDocuments } from '../../../app/documents/document-list.ts';
import { timeAgo } from '../../theme/time-ago.ts';
import { openStored } from '../open-stored.ts';
import type { PaletteGroup } from './palette-entry.ts';
import type { PaletteScope } from './palette-scope.ts';

const NOTHING: PaletteGroup = { title: 'Open a document', entries: [] };

/** The documents that this browser keeps: there a moment after the palette. The dialog of documents says why not, if so. */
export function useDocumentGroup(scope: PaletteScope): PaletteGroup {
  const [group, setGroup] = useState(NOTHING);
  const isWanted = scope.kind === 'all';
  useEffect(() => {
    if (!isWanted) return undefined;
    let isOver = false;
    listDocuments().then(
      (documents) => {
        if (!isOver) setGroup(groupOf(documents, Date.now()));
      },
      () => setGroup(NOTHING),
    );
    return () => {
      isOver = true;
    };
  }, [isWanted]);
  return group;
}

function groupOf(documents: readonly ListedDocument[], nowMs: number): PaletteGroup {
  const entries = documents
    .filter(({ isCurrent }) => !isCurrent)
    .map(({ id, name, savedAtMs, isOpenElsewhere }) => ({
      id: `document:${id}`,
      title: `Open ${name}`,
      hint: isOpenElsewhere ? 'document, open in another tab' : `document, ${timeAgo(savedAtMs, nowMs)}`,
      also: 'saved recent',
      icon: <FileText size={16} aria-hidden />,
      run: () => void openStored(id),
    }));
  return { ...NOTHING, entries };
}
