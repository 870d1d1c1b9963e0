import type { ReactElement } from 'react';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { DRAG_TYPE } from '../canvas/add-node.ts';
import { useCanvasView } from '../canvas/canvas-view.ts';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './palette.module.css';

export function addAtCentre(itemId: string): void {
  useCanvasView.getState().addAtCentre(itemId);
}

interface PaletteListProps {
  readonly items: readonly CatalogItem[];
  /** Whether there is room for a sentence about each. */
  readonly isRoomy?: boolean;
  readonly onAdded?: () => void;
}

export function PaletteList({ items, isRoomy = false, onAdded }: PaletteListProps): ReactElement {
  return (
    <ul className={styles['list']} data-roomy={isRoomy ? '' : undefined}>
      {items.map((item) => (
        <li key={item.id}>
          <Described text={isRoomy ? null : `${item.title}: ${item.summary}`}>
            <button
              type="button"
              className={styles['item']}
              aria-label={item.title}
              data-stateful={item.isStateful ? '' : undefined}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(DRAG_TYPE, item.id);
                event.dataTransfer.effectAllowed = 'copy';
              }}
              onDragEnd={onAdded}
              onClick={(event) => {
                // The second click of a double click: the first has added the node.
                if (event.detail >= 2) return;
                addAtCentre(item.id);
                onAdded?.();
              }}
            >
              <NodeGlyph kind={item.kind} config={item.preset} />
              {item.title}
              {isRoomy && <small>{item.summary}</small>}
            </button>
          </Described>
        </li>
      ))}
    </ul>
  );
}

function Described({ text, children }: { text: string | null; children: ReactElement }): ReactElement {
  if (text === null) return children;
  return (
    <Tooltip text={text} side="right">
      {children}
    </Tooltip>
  );
}
