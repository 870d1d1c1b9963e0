import { useState } from 'react';
import type { ReactElement } from 'react';

interface NameFieldProps {
  readonly label: string;
  readonly name: string;
  readonly className: string | undefined;
  /** Null: it keeps its name. */
  readonly onDone: (name: string | null) => void;
}

/** In the place of a document's name while it is typed: Enter and leaving it take the name, Escape does not. */
export function NameField({ label, name, className, onDone }: NameFieldProps): ReactElement {
  const [text, setText] = useState(name);
  const trimmed = text.trim();
  const finish = (): void => onDone(trimmed === '' || trimmed === name ? null : trimmed);
  return (
    <input
      className={className}
      aria-label={label}
      autoFocus
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key !== 'Escape') return;
        // The dialog that it may stand in stays.
        event.stopPropagation();
        onDone(null);
      }}
    />
  );
}
