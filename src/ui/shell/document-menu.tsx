import { ChevronDown, Download, FilePlus, FolderOpen, LayoutTemplate, Pencil } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { newDocument } from '../../app/document-files.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { Button } from '../theme/button.tsx';
import controls from '../theme/controls.module.css';
import { useDialogs } from './dialog-store.ts';
import { chooseImport, exportGraph } from './file-actions.ts';
import styles from './top-bar.module.css';

/** The document's name, and what can be done with it as a whole. */
export function DocumentMenu(): ReactElement {
  const name = useDocumentStore((state) => state.document.name);
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) return <NameInput name={name} onDone={() => setRenaming(false)} />;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" className={styles['name'] ?? ''} aria-label={`Document: ${name}`}>
          <span>{name}</span>
          <ChevronDown size={16} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={controls['menu']} align="start" sideOffset={6}>
          <Item icon={<FilePlus size={16} aria-hidden />} text="New" onSelect={newDocument} />
          <Item
            icon={<LayoutTemplate size={16} aria-hidden />}
            text="Templates…"
            onSelect={() => useDialogs.getState().show('templates')}
          />
          <Item icon={<Pencil size={16} aria-hidden />} text="Rename" onSelect={() => setRenaming(true)} />
          <DropdownMenu.Separator className={controls['menuLine']} />
          <Item icon={<FolderOpen size={16} aria-hidden />} text="Import…" keys="Ctrl+I" onSelect={chooseImport} />
          <Item icon={<Download size={16} aria-hidden />} text="Export" keys="Ctrl+E" onSelect={exportGraph} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly keys?: string;
  readonly onSelect: () => void;
}

function Item({ icon, text, keys, onSelect }: ItemProps): ReactElement {
  return (
    <DropdownMenu.Item className={controls['menuItem']} onSelect={onSelect}>
      {icon}
      {text}
      {keys !== undefined && <kbd className={controls['key']}>{keys}</kbd>}
    </DropdownMenu.Item>
  );
}

function NameInput({ name, onDone }: { name: string; onDone: () => void }): ReactElement {
  const [text, setText] = useState(name);
  const finish = (): void => {
    const trimmed = text.trim();
    if (trimmed !== '') useDocumentStore.getState().renameDocument(trimmed);
    onDone();
  };
  return (
    <input
      className={styles['nameInput']}
      aria-label="Name of the document"
      autoFocus
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}
