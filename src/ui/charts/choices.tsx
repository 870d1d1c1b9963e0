import type { ReactElement } from 'react';
import styles from './charts.module.css';

interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

/** A choice small enough for a chart's head: buttons, or a list where there is no room for them. */
export function Choices<Value extends string>({ label, value, options, onChange }: ChoicesProps<Value>): ReactElement {
  return (
    <>
      <select
        className={styles['shortChoices']}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {(Object.keys(options) as Value[]).map((option) => (
          <option key={option} value={option}>
            {options[option]}
          </option>
        ))}
      </select>
      <span className={styles['choices']} role="group" aria-label={label}>
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
    </>
  );
}
