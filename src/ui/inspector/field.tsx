import { Info } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { Problem } from '../../stream/problem.ts';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './fields.module.css';

interface FieldProps {
  readonly title: string;
  readonly description: string;
  readonly problems: readonly Problem[];
  /** What follows from the value, beneath it. */
  readonly note?: string | null;
  /** The editor takes the whole width, the label stands above it. */
  readonly isWide?: boolean;
  /** The editor, given the ids that tie it to its label and its messages. */
  readonly children: (ids: FieldIds) => ReactNode;
}

export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

/** Message and cure in one line; the cure once, where the message ends with it. */
export function problemText({ message, fix }: Problem): string {
  return message.includes(fix) ? message : `${message} ${fix}`;
}

/** Whether the value cannot be used; a warning leaves it as it is. */
export function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/**
 * The label. What it means is read out with the field; seen it is over the label while the pointer is there, and beneath the
 * field by a click on the sign or by F1: the sign is no stop of the Tab key.
 */
function FieldName({ id, title, description, onHelp }: FieldNameProps): ReactElement {
  const label = (
    // A label does not focus an editor that is no form control.
    <label htmlFor={id} onClick={() => document.getElementById(id)?.focus()}>
      {title}
    </label>
  );
  if (description === '') return <span className={styles['name']}>{label}</span>;
  return (
    <Tooltip text={`${description} (F1 keeps this in view)`} side="left">
      <span className={styles['name']}>
        {label}
        <button
          type="button"
          className={styles['about']}
          tabIndex={-1}
          aria-label={`What ${title} means`}
          data-about
          onClick={onHelp}
        >
          <Info size={12} aria-hidden />
        </button>
      </span>
    </Tooltip>
  );
}

interface FieldNameProps {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly onHelp: () => void;
}

/** Label, editor, and beneath it why the text cannot be used. */
export function Field({ title, description, problems, note, isWide, children }: FieldProps): ReactElement {
  const id = useId();
  const [isHelpShown, showHelp] = useState(false);
  const toggleHelp = (): void => showHelp((isShown) => !isShown);
  const errorId = `${id}-error`;
  const helpId = `${id}-help`;
  const isInvalid = hasError(problems);
  const isTold = problems.length > 0;
  const described = [description === '' ? '' : helpId, isTold ? errorId : ''].join(' ').trim() || undefined;
  return (
    <div
      className={styles['field']}
      data-wide={isWide === true ? '' : undefined}
      onKeyDown={(event) => {
        if (event.key !== 'F1' || event.defaultPrevented) return;
        event.preventDefault();
        toggleHelp();
      }}
    >
      <FieldName id={id} title={title} description={description} onHelp={toggleHelp} />
      {children({ id, 'aria-describedby': described, 'aria-invalid': isInvalid })}
      {description !== '' && (
        <p id={helpId} className={styles['meaning']} hidden={!isHelpShown}>
          {description}
        </p>
      )}
      {note !== undefined && note !== null && <small className={styles['derived']}>{note}</small>}
      {isTold && (
        <p id={errorId} className={styles['error']} data-severity={isInvalid ? 'error' : 'warning'} role="status">
          {problems.map(problemText).join(' ')}
        </p>
      )}
    </div>
  );
}
