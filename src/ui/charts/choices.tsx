import type { ReactElement } from 'react';
import styles from './charts.module.css';

interface ChoicesProps<Value extends string> {
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

/** A choice small enough for a chart's head. */
export function Choices<Value extends string>({ value, options, onChange }: ChoicesProps<Value>): ReactElement {
  return (
    <span className={styles['choices']}>
      {(Object.keys(options) as Value[]).map((option) => (
        <button
          key={option}
          type="button"
          className={styles['choice']}
          aria-pressed={option === value}
          onClick={() => onChange(option)}
        >
          {options[option]}
        </button>
      ))}
    </span>
  );
}
