import { Search } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement, RefObject } from 'react';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { isOffered, searchCatalog } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { DRAG_TYPE } from '../canvas/add-node.ts';
import { useCanvasView } from '../canvas/canvas-view.ts';
import controls from '../theme/controls.module.css';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './palette.module.css';

const GROUPS = [
  ['sources', 'Sources'],
  ['transforms', 'Transforms'],
  ['windows', 'Windows'],
  ['joins', 'Joins'],
  ['sinks', 'Sinks'],
] as const;

function addAtCentre(itemId: string): void {
  useCanvasView.getState().addAtCentre(itemId);
}

interface PaletteProps {
  readonly searchBox: RefObject<HTMLInputElement | null>;
}

/** Drag an operator onto the graph, or click it: a click, a double click and Enter each add one. */
export function Palette({ searchBox }: PaletteProps): ReactElement {
  const [text, setText] = useState('');
  const dialect = useDocumentStore((state) => state.document.dialect);
  const all = searchCatalog(text);
  const found = all.filter((item) => isOffered(item, dialect));
  const lacking = text === '' ? [] : all.filter((item) => !found.includes(item));
  const first = found[0];
  return (
    <nav className={styles['palette']} aria-label="Operators">
      <label className={styles['search']}>
        <Search size={16} aria-hidden />
        <input
          ref={searchBox}
          type="search"
          aria-label="Search operators"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first !== undefined) addAtCentre(first.id);
            if (event.key === 'Escape') setText('');
          }}
        />
        {text === '' && <kbd className={controls['key']}>/</kbd>}
      </label>
      {GROUPS.map(([group, title]) => (
        <PaletteGroup key={group} title={title} items={found.filter((item) => item.group === group)} />
      ))}
      {lacking.length > 0 && (
        <p className={styles['none']}>
          {DIALECT_TITLES[dialect]} has no {lacking.map(({ title }) => title.toLowerCase()).join(', ')}.
        </p>
      )}
      {all.length === 0 && <p className={styles['none']}>No operator is called that.</p>}
    </nav>
  );
}

interface PaletteGroupProps {
  readonly title: string;
  readonly items: readonly CatalogItem[];
}

function PaletteGroup({ title, items }: PaletteGroupProps): ReactElement | null {
  if (items.length === 0) return null;
  return (
    <section className={styles['group']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      <ul className={styles['list']}>
        {items.map((item) => (
          <li key={item.id}>
            <Tooltip text={`${item.title}: ${item.summary}`} side="right">
              <button
                type="button"
                className={styles['item']}
                data-stateful={item.isStateful ? '' : undefined}
                draggable
                onDragStart={(event) => {
                  event.dataTransfer.setData(DRAG_TYPE, item.id);
                  event.dataTransfer.effectAllowed = 'copy';
                }}
                onClick={(event) => {
                  // The second click of a double click: the first has added the node.
                  if (event.detail < 2) addAtCentre(item.id);
                }}
              >
                <NodeGlyph kind={item.kind} config={item.preset} />
                {item.title}
              </button>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );
}
