import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { CATALOG } from '../../app/document-catalog.ts';
import { openTemplate, TEMPLATES } from '../../app/document-gallery.ts';
import { keysText } from '../shell/commands/keys.ts';
import { chooseImport } from '../shell/file-actions.ts';
import { Button } from '../theme/button.tsx';
import controls from '../theme/controls.module.css';
import { notify } from '../theme/notify.ts';
import { useCanvasView } from './canvas-view.ts';
import styles from './empty-canvas.module.css';

/** What a graph without nodes says: three ways to begin, each with its key and what it gives. */
export function EmptyCanvas({ onTemplates }: { onTemplates: () => void }): ReactElement {
  const source = CATALOG.find((item) => item.group === 'sources');
  const [first] = TEMPLATES;
  return (
    <section className={styles['empty']} aria-label="How to begin">
      {source !== undefined && (
        <button
          type="button"
          className={styles['source']}
          onClick={() => useCanvasView.getState().addAtCentre(source.id)}
        >
          <Plus size={16} aria-hidden /> Add a source
        </button>
      )}
      <p className={styles['tip']}>
        It makes up events, so that something flows at once. <Key of="/" /> searches all operators, as does a double
        click.
      </p>
      <p className={styles['hint']}>
        Drop a file, or start from a template. <Key of="G" />
      </p>
      <div className={styles['choices']}>
        {first !== undefined && (
          <Button
            look="primary"
            onClick={() =>
              void openTemplate(first).then((problem) => (problem === null ? null : notify('error', problem)))
            }
          >
            {first.name}
          </Button>
        )}
        <Button onClick={onTemplates}>All templates</Button>
        <Button onClick={chooseImport}>
          Choose a file <Key of="Mod+I" />
        </Button>
      </div>
      <p className={styles['tip']}>
        CSV and JSON become a source, a saved graph is opened. Nothing leaves this machine.
      </p>
    </section>
  );
}

function Key({ of }: { of: string }): ReactElement {
  return <kbd className={controls['key']}>{keysText(of)}</kbd>;
}
