import { Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { useReactFlow } from 'reactflow';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { searchCatalog } from '../../app/document-catalog.ts';
import { itemsAfter } from '../../app/document-connect.ts';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { addItemAfter } from './add-node.ts';
import { useQuickAdd } from './quick-add-store.ts';
import type { QuickAddPlace } from './quick-add-store.ts';
import styles from './quick-add.module.css';

/** The list that comes up where an edge was let go over nothing: only what could stand there. */
export function QuickAdd(): ReactElement | null {
  const place = useQuickAdd((state) => state.place);
  const { close } = useQuickAdd.getState();
  if (place === null) return null;
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && close()}>
      <Popover.Anchor style={{ position: 'fixed', left: place.at.x, top: place.at.y }} />
      <Popover.Portal>
        <Popover.Content className={styles['box']} side="right" align="start" aria-label="What comes next?">
          <QuickAddList place={place} onDone={close} />
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
  const fitting = itemsAfter(place.from);
  const items = searchCatalog(text).filter((item) => fitting.includes(item));
  const take = (item: CatalogItem): void => {
    addItemAfter(item, place.from, flow.screenToFlowPosition(place.at, { snapToGrid: false }));
    onDone();
  };
  return (
    <>
      <label className={styles['search']}>
        <Search size={16} aria-hidden />
        <input
          role="combobox"
          aria-label="What comes next?"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={`${listId}-${active}`}
          placeholder="What comes next?"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') setActive(Math.min(active + 1, items.length - 1));
            else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
            else if (event.key !== 'Enter') return;
            event.preventDefault();
            const item = items[active];
            if (event.key === 'Enter' && item !== undefined) take(item);
          }}
        />
      </label>
      <ul id={listId} role="listbox" aria-label="Operators that fit" className={styles['list']}>
        {items.map((item, index) => (
          <li
            key={item.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles['option']}
            onPointerMove={() => setActive(index)}
            onClick={() => take(item)}
          >
            <NodeGlyph kind={item.kind} config={item.preset} />
            {item.title}
          </li>
        ))}
      </ul>
      {items.length === 0 && <p className={styles['none']}>Nothing of that name fits here.</p>}
    </>
  );
}
