import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import styles from './fields.module.css';
import { currentValue } from './parameter-field-props.ts';
import { useDraft } from './use-draft.ts';

interface ListCellProps {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** An empty text takes the property away. */
  readonly isOptional?: boolean;
}

/** One text in a list of records. */
export function ListCell({ nodeId, path, label, value, placeholder, isOptional }: ListCellProps): ReactElement {
  const field = useListDraft({ nodeId, path, value, isOptional: isOptional === true });
  return (
    <div className={styles['input']} data-invalid={field.problems.length > 0 ? '' : undefined}>
      <input
        type="text"
        aria-label={label}
        aria-invalid={field.problems.length > 0}
        title={field.problems.map((problem) => problem.message).join(' ')}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={field.text}
        onChange={(event) => field.change(event.target.value)}
        onBlur={field.leave}
      />
    </div>
  );
}

interface ListDraftOptions {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly value: string;
  readonly isOptional: boolean;
}

export function useListDraft({ nodeId, path, value, isOptional }: ListDraftOptions): ReturnType<typeof useDraft> {
  return useDraft({
    key: `${nodeId}:${path.join('.')}`,
    text: value,
    current: () => {
      const stored = currentValue(nodeId, path);
      return typeof stored === 'string' ? stored : '';
    },
    submit: (text) => trySetting(nodeId, path, text === '' && isOptional ? undefined : text),
  });
}
