import { messageOf } from '../../app/message-of.ts';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { ListedDocument } from '../../app/documents/document-list.ts';
import {
  bringBack,
  duplicateDocument,
  listDocuments,
  newDocument,
  onWrittenElsewhere,
  removeDocument,
  renameDocument,
} from '../../app/documents/document-list.ts';
import { Button } from '../theme/button.tsx';
import { Dialog } from '../theme/dialog.tsx';
import { Hint } from '../theme/hint.tsx';
import { notify } from '../theme/notify.ts';
import { DocumentRow } from './document-row.tsx';
import { openStored } from './open-stored.ts';
import styles from './documents.module.css';

interface DocumentsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every document that this browser keeps. */
export function DocumentsDialog({ isOpen, onClose }: DocumentsDialogProps): ReactElement {
  return (
    <Dialog
      title="Documents"
      description="Kept in this browser only. Export what must not be lost."
      isOpen={isOpen}
      onClose={onClose}
      width="36rem"
    >
      <Documents onClose={onClose} />
    </Dialog>
  );
}

type Listing =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'there'; readonly documents: readonly ListedDocument[]; readonly nowMs: number };

async function load(): Promise<Listing> {
  try {
    return { kind: 'there', documents: await listDocuments(), nowMs: Date.now() };
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
}

function Documents({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [listing, setListing] = useState<Listing>({ kind: 'loading' });
  useEffect(() => {
    const look = (): void => void load().then(setListing);
    look();
    return onWrittenElsewhere(look);
  }, []);
  if (listing.kind === 'loading') return <p className={styles['none']}>Looking for your documents…</p>;
  if (listing.kind === 'failed') {
    return (
      <Hint tone="error">
        <p>{listing.reason}</p>
      </Hint>
    );
  }
  return <DocumentList {...listing} onClose={onClose} onChange={() => void load().then(setListing)} />;
}

interface DocumentListProps {
  readonly documents: readonly ListedDocument[];
  readonly nowMs: number;
  readonly onClose: () => void;
  readonly onChange: () => void;
}

function DocumentList({ documents, nowMs, onClose, onChange }: DocumentListProps): ReactElement {
  const [text, setText] = useState('');
  const { deleted, remove, undo } = useDeletion();
  const found = documents.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  const change = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => notify('error', messageOf(error))).finally(onChange);
  };
  const open = (id: string): void => {
    onClose();
    void openStored(id);
  };
  return (
    <>
      <input
        className={styles['search']}
        type="search"
        aria-label="Search documents"
        placeholder="Search documents"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found[0] !== undefined) open(found[0].id);
        }}
      />
      <ul className={styles['list']} aria-label="Documents" onKeyDown={walk}>
        {found.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            nowMs={nowMs}
            onOpen={() => open(document.id)}
            onRename={(name) => change(renameDocument(document.id, name))}
            onDuplicate={() => change(duplicateDocument(document.id))}
            onDelete={() => change(remove(document))}
          />
        ))}
        {found.length === 0 && <li className={styles['none']}>No document is called that.</li>}
      </ul>
      <div className={styles['foot']}>
        <span role="status">
          {deleted === null ? countOf(documents.length) : `Deleted ${deleted.name}. `}
          {deleted !== null && (
            <Button isSmall onClick={() => change(undo())}>
              Undo
            </Button>
          )}
        </span>
        <Button
          onClick={() => {
            onClose();
            void newDocument();
          }}
        >
          New graph
        </Button>
      </div>
    </>
  );
}

function countOf(documents: number): string {
  return documents === 1 ? '1 document' : `${documents} documents`;
}

interface Deletion {
  readonly name: string;
  readonly undo: () => Promise<void>;
}

/** The last one that was deleted can be brought back here, and for a moment after the dialog has closed. */
function useDeletion() {
  const [deleted, setDeleted] = useState<Deletion | null>(null);
  const last = useRef<Deletion | null>(null);
  useEffect(() => {
    last.current = deleted;
  }, [deleted]);
  useEffect(() => () => tellOfDeletion(last.current), []);
  return {
    deleted,
    remove: async ({ id, name }: ListedDocument): Promise<void> => {
      const removed = await removeDocument(id);
      if (removed !== null) setDeleted({ name, undo: () => bringBack(removed) });
    },
    undo: async (): Promise<void> => {
      await deleted?.undo();
      setDeleted(null);
    },
  };
}

function tellOfDeletion(deleted: Deletion | null): void {
  if (deleted === null) return;
  const onClick = (): void => {
    deleted.undo().catch((error: unknown) => notify('error', messageOf(error)));
  };
  notify('success', `Deleted ${deleted.name}.`, undefined, { label: 'Undo', onClick });
}

/** Up and down go from document to document. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.target instanceof HTMLInputElement) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[data-open]')];
  const at = rows.findIndex((row) => row.closest('li')?.contains(event.target as Node) === true);
  rows[at + step]?.focus();
  event.preventDefault();
}
