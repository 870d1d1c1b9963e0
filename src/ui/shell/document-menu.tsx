import { ChevronDown, Copy, Download, FilePlus, FolderOpen, LayoutTemplate, Link, Pencil, Upload } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { Button } from '../theme/button.tsx';
import controls from '../theme/controls.module.css';
import { DOCUMENT_COMMANDS } from './commands/document-commands.ts';
import { keysText } from './commands/keys.ts';
import { openNameField, useNameField } from './document-name-store.ts';
import { NameField } from './name-field.tsx';
import { SavingMark } from './saving-mark.tsx';
import styles from './top-bar.module.css';

/** The document's name, and what can be done with it as a whole. */
export function DocumentMenu(): ReactElement {
  const name = useDocumentStore((state) => state.document.name);
  const isRenaming = useNameField((state) => state.isOpen);
  const isNaming = useRef(false);
  if (isRenaming) return <DocumentNameField />;
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button look="quiet" className={styles['name'] ?? ''} aria-label={`Document: ${name}`}>
            <span>{name}</span>
            <ChevronDown size={16} aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className={controls['menu']}
            align="start"
            sideOffset={6}
            onCloseAutoFocus={(event) => {
              // The name's field has the focus now.
              if (isNaming.current) event.preventDefault();
              isNaming.current = false;
            }}
          >
            <Item command="document.new" text="New" icon={FilePlus} />
            <Item command="document.open" text="Open…" icon={FolderOpen} />
            <Item command="document.templates" text="Templates…" icon={LayoutTemplate} />
            <DropdownMenu.Separator className={controls['menuLine']} />
            <Item command="document.rename" text="Rename" icon={Pencil} onChosen={() => (isNaming.current = true)} />
            <Item command="document.duplicate" text="Duplicate" icon={Copy} />
            <DropdownMenu.Separator className={controls['menuLine']} />
            <Item command="document.import" text="Import…" icon={Upload} />
            <Item command="document.export" text="Export" icon={Download} />
            <Item command="document.share" text="Share…" icon={Link} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <SavingMark />
    </>
  );
}

interface ItemProps {
  /** The id of a command. */
  readonly command: string;
  readonly text: string;
  readonly icon: LucideIcon;
  readonly onChosen?: () => void;
}

function Item({ command: id, text, icon: Icon, onChosen }: ItemProps): ReactElement | null {
  const command = DOCUMENT_COMMANDS.find((each) => each.id === id);
  if (command === undefined) return null;
  const [keys] = command.keys;
  return (
    <DropdownMenu.Item
      className={controls['menuItem']}
      disabled={command.isEnabled?.() === false}
      onSelect={() => {
        onChosen?.();
        command.run();
      }}
    >
      <Icon size={16} aria-hidden />
      {text}
      {keys !== undefined && <kbd className={controls['key']}>{keysText(keys)}</kbd>}
    </DropdownMenu.Item>
  );
}

export function DocumentNameField(): ReactElement {
  const name = useDocumentStore((state) => state.document.name);
  return (
    <NameField
      label="Name of the document"
      name={name}
      className={styles['nameInput']}
      onDone={(renamed) => {
        if (renamed !== null) useDocumentStore.getState().renameDocument(renamed);
        openNameField(false);
      }}
    />
  );
}
