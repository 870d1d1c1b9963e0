import { Plus } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { SECTIONS, sectionOf } from '../../app/catalog-sections.ts';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { Button } from '../theme/button.tsx';
import { PaletteList } from './palette-item.tsx';
import styles from './palette-sheet.module.css';
import palette from './palette.module.css';
import { SearchField } from './palette-search.tsx';
import { provideSearchBox } from './palette-search-box.ts';

interface PaletteSheetProps {
  /** What was searched for, and what fits. */
  readonly text: string;
  readonly items: readonly CatalogItem[];
  readonly onText: (text: string) => void;
}

/** The palette where there is room for nothing beside the graph: a sheet from a button, a tap adds. */
export function PaletteSheet({ text, items, onText }: PaletteSheetProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const toggle = (opens: boolean): void => {
    setOpen(opens);
    if (!opens) onText('');
  };
  const close = (): void => toggle(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={toggle}>
      <Dialog.Trigger asChild>
        <Button look="primary" isIcon className={styles['add'] ?? ''} aria-label="Add an operator">
          <Plus size={20} aria-hidden />
        </Button>
      </Dialog.Trigger>
      {/* What the key that begins a search finds to focus. */}
      <input
        ref={provideSearchBox}
        className={palette['offstage']}
        tabIndex={-1}
        aria-hidden
        onFocus={() => setOpen(true)}
        readOnly
      />
      <Dialog.Portal>
        <Dialog.Overlay className={styles['scrim']} />
        <Dialog.Content className={styles['sheet']} aria-describedby={undefined}>
          <Dialog.Title className={styles['title']}>Add an operator</Dialog.Title>
          <SearchField text={text} first={items[0]} onText={onText} onAdded={close} />
          <nav className={styles['list']} aria-label="Operators">
            {SECTIONS.map(({ id, title }) => {
              const own = items.filter((item) => sectionOf(item) === id);
              if (own.length === 0) return null;
              return (
                <section key={id} aria-label={title}>
                  <h2 className={palette['heading']}>{title}</h2>
                  <PaletteList items={own} isRoomy onAdded={close} />
                </section>
              );
            })}
          </nav>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
