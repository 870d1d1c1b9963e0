import { ArrowRightFromLine, Filter, KeyRound, Merge, PanelsTopLeft, Search, SquareChartGantt } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { ReactElement, RefObject } from 'react';
import type { SectionId } from '../../app/catalog-sections.ts';
import { SECTIONS, sectionOf } from '../../app/catalog-sections.ts';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { PaletteList } from './palette-item.tsx';
import styles from './palette.module.css';
import { SearchField } from './palette-search.tsx';

const ICONS: Readonly<Record<SectionId, LucideIcon>> = {
  sources: ArrowRightFromLine,
  rows: Filter,
  keyed: KeyRound,
  windows: PanelsTopLeft,
  joins: Merge,
  sinks: SquareChartGantt,
};

interface PaletteRailProps {
  /** What was searched for, and what fits. */
  readonly text: string;
  readonly items: readonly CatalogItem[];
  readonly onText: (text: string) => void;
  readonly searchBox: RefObject<HTMLInputElement | null>;
}

/** The palette where there is no room for names: a button a section, its operators beside it. */
export function PaletteRail({ text, items, onText, searchBox }: PaletteRailProps): ReactElement {
  const [open, setOpen] = useState<SectionId | 'search' | null>(null);
  const [isDragging, setDragging] = useState(false);
  const close = (): void => {
    setOpen(null);
    setDragging(false);
  };
  // Out of the way of the hand, once the browser has its picture of what is dragged.
  const fade = (): void => void setTimeout(() => setDragging(true));
  return (
    <nav className={styles['rail']} aria-label="Operators">
      <RailButton
        title="Search"
        icon={Search}
        isOpen={open === 'search'}
        isFaded={isDragging}
        onOpen={(isOpen) => setOpen(isOpen ? 'search' : null)}
      >
        <SearchField text={text} first={items[0]} onText={onText} searchBox={null} onAdded={close} />
        <PaletteList items={items} isRoomy onDrag={fade} onAdded={close} />
      </RailButton>
      {/* Where the key that begins a search finds something to focus. */}
      <input
        ref={searchBox}
        className={styles['offstage']}
        tabIndex={-1}
        aria-hidden
        onFocus={() => setOpen('search')}
        readOnly
      />
      {SECTIONS.map(({ id, title }) => {
        const own = items.filter((item) => sectionOf(item) === id);
        if (own.length === 0) return null;
        return (
          <RailButton
            key={id}
            title={title}
            icon={ICONS[id]}
            isOpen={open === id}
            isFaded={isDragging}
            onOpen={(isOpen) => setOpen(isOpen ? id : null)}
          >
            <h2 className={styles['heading']}>{title}</h2>
            <PaletteList items={own} isRoomy onDrag={fade} onAdded={close} />
          </RailButton>
        );
      })}
    </nav>
  );
}

interface RailButtonProps {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly isOpen: boolean;
  readonly isFaded: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly children: ReactElement | readonly ReactElement[];
}

function RailButton({ title, icon: Icon, isOpen, isFaded, onOpen, children }: RailButtonProps): ReactElement {
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpen}>
      <Popover.Trigger asChild>
        <button type="button" className={styles['railButton']} aria-label={title}>
          <Icon size={17} aria-hidden />
          <small>{title}</small>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles['flyout']}
          side="right"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={title}
          data-faded={isFaded ? '' : undefined}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
