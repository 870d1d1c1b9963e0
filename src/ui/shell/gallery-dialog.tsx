import type { ReactElement } from 'react';
import { openTemplate, TEMPLATES } from '../../app/document-gallery.ts';
import { Dialog } from '../theme/dialog.tsx';
import { notify } from '../theme/notify.ts';
import styles from './dialogs.module.css';

export function GalleryDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  return (
    <Dialog
      title="Templates"
      description="A working graph to begin with. Undo brings yours back."
      isOpen={isOpen}
      onClose={onClose}
      width="42rem"
    >
      <div className={styles['gallery']}>
        {TEMPLATES.map((template) => (
          <button
            key={template.id}
            type="button"
            className={styles['template']}
            aria-label={template.name}
            onClick={() => {
              void openTemplate(template).then((problem) => (problem === null ? null : notify('error', problem)));
              onClose();
            }}
          >
            <b>{template.name}</b>
            <span>{template.summary}</span>
            <small>{template.credit === null ? 'Made-up events' : `Data: ${template.credit}`}</small>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
