import type { ReactElement } from 'react';
import type { GalleryEntry } from '../../app/document-gallery.ts';
import { openTemplate, TEMPLATE_GROUPS } from '../../app/document-gallery.ts';
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
      width="58rem"
    >
      {TEMPLATE_GROUPS.map(({ title, templates }) => (
        <section key={title} className={styles['group']} aria-label={title}>
          <h3>{title}</h3>
          <div className={styles['gallery']}>
            {templates.map((template) => (
              <TemplateCard key={template.id} template={template} onClose={onClose} />
            ))}
          </div>
        </section>
      ))}
    </Dialog>
  );
}

function TemplateCard({ template, onClose }: { template: GalleryEntry; onClose: () => void }): ReactElement {
  return (
    <button
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
  );
}
