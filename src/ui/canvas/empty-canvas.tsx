import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { openTemplate, TEMPLATES } from '../../app/document-gallery.ts';
import { CATALOG } from '../../app/document-catalog.ts';
import { Button } from '../theme/button.tsx';
import controls from '../theme/controls.module.css';
import { useCanvasView } from './canvas-view.ts';
import styles from './canvas.module.css';

export function EmptyCanvas({ onTemplates }: { onTemplates: () => void }): ReactElement {
  const source = CATALOG.find((item) => item.group === 'sources');
  const first = TEMPLATES[0];
  return (
    <div className={styles['empty']}>
      {source !== undefined && (
        <button
          type="button"
          className={styles['addSource']}
          onClick={() => useCanvasView.getState().addAtCentre(source.id)}
        >
          <Plus size={16} aria-hidden /> Add a source
        </button>
      )}
      <p>Drop a file, or start from a template.</p>
      <div className={styles['choices']}>
        {first !== undefined && (
          <Button look="primary" onClick={() => void openTemplate(first)}>
            {first.name}
          </Button>
        )}
        <Button onClick={onTemplates}>All templates</Button>
      </div>
      <p className={styles['tip']}>
        Press <kbd className={controls['key']}>/</kbd> to search operators
      </p>
    </div>
  );
}
