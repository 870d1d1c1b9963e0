import type { ReactElement } from 'react';
import { openTemplate, TEMPLATES } from '../../app/document-gallery.ts';
import { Dialog } from '../theme/dialog.tsx';
import styles from './dialogs.module.css';

export function GalleryDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  return (
    <Dialog
      title="Templates"
      description="Each one runs as it is. Undo brings your graph back."
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
          </button>
        ))}
      </div>
    </Dialog>
  );
}
