import type { ReactElement } from 'react';
import { openTemplate, TEMPLATES } from '../../app/document-gallery.ts';
import { Dialog } from '../theme/dialog.tsx';
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
              openTemplate(template);
              onClose();
            }}
          >
            <b>{template.name}</b>
            <span>{template.summary}</span>
            <small>{template.fileNames.length === 0 ? 'Runs at once' : `Needs ${template.fileNames.join(', ')}`}</small>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
