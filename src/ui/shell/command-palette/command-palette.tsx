import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { keysText } from '../commands/keys.ts';
import controls from '../../theme/controls.module.css';
import styles from './command-palette.module.css';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';
import { paletteGroups, paletteWords } from './palette-groups.ts';
import type { PaletteScope } from './palette-scope.ts';
import { usePaletteScope } from './palette-scope.ts';
import { rankEntries } from './rank-entries.ts';
import { rememberChoice } from './recent-entries.ts';

interface CommandPaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/**
 * Everything there is to do, by its name. What was chosen is done once the palette is gone and the keyboard is back where
 * it was, so that it may take it elsewhere.
 */
export function CommandPalette({ isOpen, onClose }: CommandPaletteProps): ReactElement {
  const scope = usePaletteScope((state) => state.scope);
  const chosen = useRef<PaletteEntry | null>(null);
  const before = useRef<Element | null>(null);
  const choose = (entry: PaletteEntry): void => {
    chosen.current = entry;
    onClose();
  };
  const goBack = (event: Event): void => {
    event.preventDefault();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    chosen.current?.run();
    chosen.current = null;
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles['scrim']} />
        <Dialog.Content
          className={styles['palette']}
          aria-describedby={undefined}
          onOpenAutoFocus={() => (before.current = document.activeElement)}
          onCloseAutoFocus={goBack}
        >
          <Dialog.Title className={controls['visuallyHidden']}>{paletteWords(scope).title}</Dialog.Title>
          <PaletteList scope={scope} onChoose={choose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PaletteListProps {
  readonly scope: PaletteScope;
  readonly onChoose: (entry: PaletteEntry) => void;
}

/** More than anyone reads: the next letter finds the rest. */
const SHOWN_MAX = 60;

function PaletteList({ scope, onChoose }: PaletteListProps): ReactElement {
  const words = paletteWords(scope);
  const [search, setSearch] = useState('');
  const groups = useMemo(() => paletteGroups(scope), [scope]);
  const all = useMemo(() => groups.flatMap(({ entries }) => entries), [groups]);
  const found = useMemo(() => rankEntries(all, search).slice(0, SHOWN_MAX), [all, search]);
  const [active, setActive] = useState('');
  const searchFor = (text: string): void => {
    setSearch(text);
    setActive(rankEntries(all, text)[0]?.id ?? '');
  };
  const shown = search.trim() === '' ? groups : [{ title: 'Found', entries: found }];
  return (
    <Command label={words.title} shouldFilter={false} loop value={active} onValueChange={setActive}>
      <div className={styles['search']}>
        <Search size={16} aria-hidden />
        <Command.Input
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          value={search}
          onValueChange={searchFor}
        />
        <kbd className={controls['key']}>Esc</kbd>
      </div>
      <Command.List className={styles['list']} label={words.title}>
        {all.length === 0 && <p className={styles['none']}>{words.none}</p>}
        {all.length > 0 && found.length === 0 && (
          <p className={styles['none']}>Nothing of that name. Try another word.</p>
        )}
        {shown
          .filter(({ entries }) => entries.length > 0)
          .map((group) => (
            <Entries key={group.title} group={group} onChoose={onChoose} />
          ))}
      </Command.List>
    </Command>
  );
}

function Entries({ group, onChoose }: { group: PaletteGroup; onChoose: PaletteListProps['onChoose'] }): ReactElement {
  return (
    <Command.Group heading={group.title} className={styles['group']}>
      {group.entries.map((entry) => {
        const refusal = entry.refusal ?? null;
        const choose = (): void => {
          if (refusal !== null) return;
          rememberChoice(entry.id);
          onChoose(entry);
        };
        return (
          <Command.Item
            key={entry.id}
            value={entry.id}
            className={styles['entry']}
            data-refused={refusal === null ? undefined : ''}
            onSelect={choose}
          >
            {entry.icon}
            <span className={styles['title']}>
              {entry.title}
              {entry.hint !== undefined && entry.hint !== '' && <small>{entry.hint}</small>}
              {refusal !== null && <small className={styles['refusal']}>{refusal}</small>}
            </span>
            {entry.keys !== undefined && <kbd className={controls['key']}>{keysText(entry.keys)}</kbd>}
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}
