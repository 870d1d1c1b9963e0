import { Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { SECTIONS, sectionOf } from '../../app/catalog-sections.ts';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { withKeys } from './commands/with-keys.ts';
import { PaletteList } from './palette-item.tsx';
import styles from './palette.module.css';
import { SearchField } from './palette-search.tsx';
import { provideSearchBox } from './palette-search-box.ts';

interface PaletteRailProps {
  /** What was searched for, and what fits. */
  readonly text: string;
  readonly items: readonly CatalogItem[];
  readonly onText: (text: string) => void;
}

/** The palette where there is no room for names: icons, and a search that tells what each is for. */
export function PaletteRail({ text, items, onText }: PaletteRailProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const toggle = (opens: boolean): void => {
    setOpen(opens);
    if (!opens) onText('');
  };
  return (
    <nav className={styles['rail']} aria-label="Operators">
      <Popover.Root open={isOpen} onOpenChange={toggle}>
        <Popover.Trigger asChild>
          <button
            type="button"
            className={styles['railSearch']}
            aria-label="Search operators"
            title={withKeys('Search operators', 'canvas.search')}
          >
            <Search size={16} aria-hidden />
          </button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className={styles['flyout']}
            side="right"
            align="start"
            sideOffset={6}
            collisionPadding={8}
            aria-label="Search operators"
          >
            <SearchField text={text} first={items[0]} onText={onText} onAdded={() => toggle(false)} />
            <PaletteList items={items} isRoomy onAdded={() => toggle(false)} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {/* What the key that begins a search finds to focus. */}
      <input
        ref={provideSearchBox}
        className={styles['offstage']}
        tabIndex={-1}
        aria-hidden
        onFocus={() => setOpen(true)}
        readOnly
      />
      {SECTIONS.map(({ id, title }) => {
        const own = items.filter((item) => sectionOf(item) === id);
        if (own.length === 0) return null;
        return (
          <section key={id} aria-label={title}>
            <PaletteList items={own} />
          </section>
        );
      })}
    </nav>
  );
}
