import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ListedDocument } from '../../app/documents/document-list.ts';
import { Badge } from '../theme/badge.tsx';
import { Button } from '../theme/button.tsx';
import { timeAgo } from '../theme/time-ago.ts';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './documents.module.css';
import { NameField } from './name-field.tsx';

interface DocumentRowProps {
  readonly document: ListedDocument;
  readonly nowMs: number;
  readonly onOpen: () => void;
  readonly onRename: (name: string) => void;
  readonly onDuplicate: () => void;
  readonly onDelete: () => void;
}

export function DocumentRow({ document, nowMs, ...on }: DocumentRowProps): ReactElement {
  const { name, nodes, savedAtMs, isCurrent, isOpenElsewhere } = document;
  const [isRenaming, setRenaming] = useState(false);
  const why = isOpenElsewhere ? ': it is open in another tab' : '';
  return (
    <li className={styles['row']}>
      {isRenaming ? (
        <NameField
          label={`New name of ${name}`}
          name={name}
          className={styles['rename']}
          onDone={(renamed) => {
            setRenaming(false);
            if (renamed !== null) on.onRename(renamed);
          }}
        />
      ) : (
        <button
          type="button"
          data-open
          className={styles['open']}
          aria-label={`Open ${name}`}
          aria-current={isCurrent ? 'true' : undefined}
          onClick={on.onOpen}
        >
          <b>
            <span>{name}</span>
            {isCurrent && <Badge tone="tide">Current</Badge>}
            {isOpenElsewhere && <Badge tone="late">Open in another tab</Badge>}
          </b>
          <small>
            {nodes === 1 ? '1 node' : `${nodes} nodes`} · changed {timeAgo(savedAtMs, nowMs)}
          </small>
        </button>
      )}
      <Action text={`Rename ${name}`} why={why} isOff={isOpenElsewhere} onClick={() => setRenaming(true)}>
        <Pencil size={16} aria-hidden />
      </Action>
      <Action text={`Duplicate ${name}`} onClick={on.onDuplicate}>
        <Copy size={16} aria-hidden />
      </Action>
      <Action text={`Delete ${name}`} why={why} isOff={isOpenElsewhere} onClick={on.onDelete}>
        <Trash2 size={16} aria-hidden />
      </Action>
    </li>
  );
}

interface ActionProps {
  readonly text: string;
  /** Said after it when it is off. */
  readonly why?: string;
  readonly isOff?: boolean;
  readonly onClick: () => void;
  readonly children: ReactElement;
}

function Action({ text, why = '', isOff = false, onClick, children }: ActionProps): ReactElement {
  return (
    <Tooltip text={text + why}>
      <Button
        look="quiet"
        isIcon
        aria-label={text + why}
        aria-disabled={isOff}
        onClick={() => {
          if (!isOff) onClick();
        }}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
