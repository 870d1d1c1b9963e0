import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { keysText } from '../commands/keys.ts';
import controls from '../../theme/controls.module.css';
import { useReturn } from '../../theme/use-return.ts';
import styles from './command-palette.module.css';
import { useDocumentGroup } from './document-entries.tsx';
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
 * Everything there is to do, by its name. What was chosen is done in one go with the closing, the keyboard back where it
 * was: the next key already finds it done.
 */
export function CommandPalette({ isOpen, onClose }: CommandPaletteProps): ReactElement {
  const scope = usePaletteScope((state) => state.scope);
  const { remember, goBack } = useReturn();
  const choose = (entry: PaletteEntry): void => {
    if (scope.kind === 'all') rememberChoice(entry.id);
    flushSync(onClose);
    goBack();
    entry.run();
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles['scrim']} />
        <Dialog.Content
          className={styles['palette']}
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            goBack();
          }}
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

/** Of those that can be chosen, if there are any. */
function firstOf(entries: readonly PaletteEntry[]): string {
  const choosable = entries.find(({ refusal }) => typeof refusal !== 'string');
  return (choosable ?? entries[0])?.id ?? '';
}

/** More than anyone reads: the next letter finds the rest. */
const SHOWN_MAX = 60;

function PaletteList({ scope, onChoose }: PaletteListProps): ReactElement {
  const words = paletteWords(scope);
  const [search, setSearch] = useState('');
  const documents = useDocumentGroup(scope);
  const groups = useMemo(() => paletteGroups(scope, documents), [scope, documents]);
  const all = useMemo(() => groups.flatMap(({ entries }) => entries), [groups]);
  const found = useMemo(() => rankEntries(all, search).slice(0, SHOWN_MAX), [all, search]);
  const [active, setActive] = useState(() => firstOf(all));
  const searchFor = (text: string): void => {
    setSearch(text);
    setActive(firstOf(rankEntries(all, text)));
  };
  const shown = search.trim() === '' ? groups : [{ title: 'Found', entries: found }];
  return (
    <Command label={words.title} shouldFilter={false} loop value={active} onValueChange={setActive}>
      <div className={`${controls['search'] ?? ''} ${styles['search'] ?? ''}`}>
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
        return (
          <Command.Item
            key={entry.id}
            value={entry.id}
            className={styles['entry']}
            data-refused={refusal === null ? undefined : ''}
            onSelect={() => refusal === null && onChoose(entry)}
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
