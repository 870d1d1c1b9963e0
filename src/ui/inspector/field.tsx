import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { Problem } from '../../stream/problem.ts';
import styles from './fields.module.css';

interface FieldProps {
  readonly title: string;
  readonly description: string;
  readonly problems: readonly Problem[];
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

/** Label, editor, and beneath it why the text cannot be used. */
export function Field({ title, description, problems, isWide, children }: FieldProps): ReactElement {
  const id = useId();
  const errorId = `${id}-error`;
  const isInvalid = problems.length > 0;
  return (
    <div className={styles['field']} data-wide={isWide === true ? '' : undefined}>
      <label htmlFor={id} title={description}>
        {title}
      </label>
      {children({ id, 'aria-describedby': isInvalid ? errorId : undefined, 'aria-invalid': isInvalid })}
      {isInvalid && (
        <p id={errorId} className={styles['error']} role="status">
          {problems.map(problemText).join(' ')}
        </p>
      )}
    </div>
  );
}
