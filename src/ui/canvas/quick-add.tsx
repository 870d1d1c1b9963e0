import { Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { useReactFlow } from 'reactflow';
import type { Gap, Offer } from '../../app/authoring.ts';
import { addInGap, offersAt } from '../../app/authoring.ts';
import { searchCatalog } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import controls from '../theme/controls.module.css';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { isNowhere, useReturn } from '../theme/use-return.ts';
import { placeBeside, placeInGap } from './add-node.ts';
import { focusNode } from './focus-node.ts';
import { useQuickAdd } from './quick-add-store.ts';
import type { QuickAddPlace } from './quick-add-store.ts';
import styles from './quick-add.module.css';

function questionOf({ from, to }: Gap): string {
  if (from !== null && to !== null) return 'What goes in between?';
  if (from !== null) return 'What comes next?';
  return to === null ? 'Add an operator' : 'What comes before?';
}

/** The list of operators at a place of the canvas: what could stand there, and greyed what could not and why. */
export function QuickAdd({ place }: { place: QuickAddPlace }): ReactElement {
  const { close } = useQuickAdd.getState();
  const { goBack } = useReturn();
  const done = (): void => {
    flushSync(close);
    goBack();
    const [added] = useDocumentStore.getState().selection.nodeIds;
    if (added !== undefined) focusNode(added);
  };
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && close()}>
      <Popover.Anchor style={{ position: 'fixed', left: place.at.x, top: place.at.y }} />
      <Popover.Portal>
        <Popover.Content
          className={styles['box']}
          side="right"
          align="start"
          collisionPadding={8}
          aria-label={questionOf(place.gap)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (isNowhere(document.activeElement)) goBack();
          }}
        >
          <QuickAddList place={place} onDone={done} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function QuickAddList({ place, onDone }: { place: QuickAddPlace; onDone: () => void }): ReactElement {
  const flow = useReactFlow();
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const all = useMemo(() => offersAt(place.gap), [place.gap]);
  const found = searchCatalog(text);
  const offers = all.filter(({ item }) => found.includes(item));
  const take = ({ item, reason }: Offer): void => {
    if (reason !== null) return;
    const point = flow.screenToFlowPosition(place.at, { snapToGrid: false });
    addInGap(item, place.gap, place.isAtPoint ? placeInGap(place.gap, point) : placeBeside(place.gap, point));
    onDone();
  };
  const move = (index: number): void => {
    const next = Math.max(0, Math.min(index, offers.length - 1));
    setActive(next);
    document.getElementById(`${listId}-${String(next)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = offers[active];
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'Enter' && chosen !== undefined) take(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <label className={`${controls['search'] ?? ''} ${styles['search'] ?? ''}`}>
        <Search size={16} aria-hidden />
        <input
          role="combobox"
          aria-label={questionOf(place.gap)}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={offers.length === 0 ? undefined : `${listId}-${String(active)}`}
          placeholder={questionOf(place.gap)}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <ul id={listId} role="listbox" aria-label="Operators that fit" className={styles['list']}>
        {offers.map((offer, index) => (
          <li
            key={offer.item.id}
            id={`${listId}-${String(index)}`}
            role="option"
            aria-selected={index === active}
            aria-disabled={offer.reason !== null}
            className={styles['option']}
            onPointerMove={() => setActive(index)}
            onClick={() => take(offer)}
          >
            <NodeGlyph kind={offer.item.kind} config={offer.item.preset} />
            <span>
              {offer.item.title}
              {offer.reason !== null && <small>{offer.reason}</small>}
            </span>
          </li>
        ))}
      </ul>
      {offers.length === 0 && <p className={styles['none']}>Nothing of that name fits here.</p>}
    </>
  );
}
