import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { GalleryEntry, GalleryQuery } from '../../app/document-gallery.ts';
import { openTemplate, searchTemplates, SHOWN_KINDS, TEMPLATE_GROUPS } from '../../app/document-gallery.ts';
import { Badge } from '../theme/badge.tsx';
import { Dialog } from '../theme/dialog.tsx';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { notify } from '../theme/notify.ts';
import styles from './gallery.module.css';
import { TemplatePicture } from './template-picture.tsx';
import { walkGrid } from './walk-grid.ts';

const ANY: GalleryQuery = { text: '', topic: '', kind: '' };

interface GalleryProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function GalleryDialog({ isOpen, onClose }: GalleryProps): ReactElement {
  return (
    <Dialog
      title="Templates"
      description="A working graph to begin with. Undo brings yours back."
      isOpen={isOpen}
      onClose={onClose}
      width="66rem"
    >
      <Gallery onClose={onClose} />
    </Dialog>
  );
}

function Gallery({ onClose }: Pick<GalleryProps, 'onClose'>): ReactElement {
  const [query, setQuery] = useState(ANY);
  const root = useRef<HTMLDivElement>(null);
  const groups = searchTemplates(query);
  const walk = (event: KeyboardEvent): void => {
    const cards = [...(root.current?.querySelectorAll<HTMLElement>('[data-card]') ?? [])];
    if (walkGrid(event.key, cards)) event.preventDefault();
  };
  return (
    <div ref={root} onKeyDown={walk}>
      <Filters query={query} onQuery={setQuery} />
      {groups.map(({ title, templates }) => (
        <section key={title} className={styles['group']} aria-label={title}>
          <h3>{title}</h3>
          <div className={styles['cards']}>
            {templates.map((entry) => (
              <TemplateCard key={entry.id} entry={entry} onClose={onClose} />
            ))}
          </div>
        </section>
      ))}
      {groups.length === 0 && (
        <p className={styles['nothing']} role="status">
          No template shows that. Try fewer words, or another operator.
        </p>
      )}
    </div>
  );
}

interface FiltersProps {
  readonly query: GalleryQuery;
  readonly onQuery: (query: GalleryQuery) => void;
}

function Filters({ query, onQuery }: FiltersProps): ReactElement {
  return (
    <div className={styles['filters']} role="search">
      <input
        type="search"
        aria-label="Search templates"
        placeholder="Search templates"
        value={query.text}
        onChange={(event) => onQuery({ ...query, text: event.target.value })}
      />
      <select
        aria-label="Topic"
        value={query.topic}
        onChange={(event) => onQuery({ ...query, topic: event.target.value })}
      >
        <option value="">All topics</option>
        {TEMPLATE_GROUPS.map(({ topic, title }) => (
          <option key={topic} value={topic}>
            {title}
          </option>
        ))}
      </select>
      <select
        aria-label="Operator"
        value={query.kind}
        onChange={(event) => onQuery({ ...query, kind: event.target.value })}
      >
        <option value="">All operators</option>
        {SHOWN_KINDS.map(({ kind, title }) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TemplateCardProps {
  readonly entry: GalleryEntry;
  readonly onClose: () => void;
}

function TemplateCard({ entry, onClose }: TemplateCardProps): ReactElement {
  const about = useId();
  const { name, summary, credit, document } = entry;
  return (
    <button
      type="button"
      className={styles['card']}
      data-card={entry.id}
      aria-label={name}
      aria-describedby={about}
      onClick={() => {
        void openTemplate(entry).then((problem) => (problem === null ? null : notify('error', problem)));
        onClose();
      }}
    >
      <TemplatePicture entry={entry} />
      <span className={styles['about']}>
        <b>{name}</b>
        <span id={about}>{summary}</span>
        <span className={styles['foot']}>
          <span>{credit === null ? 'Made-up events' : `Data: ${credit}`}</span>
          <Badge>{DIALECT_TITLES[document.dialect]}</Badge>
        </span>
      </span>
    </button>
  );
}
