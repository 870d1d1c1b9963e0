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
  readonly onAdded?: () => void;
}

export function PaletteList({ items, onAdded }: PaletteListProps): ReactElement {
  return (
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
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
