import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { openExpressionEditor } from './expression-editor.ts';
import { ExpressionFieldView } from './expression-field-view.tsx';
import type { ExpressionInputProps } from './expression-input-props.ts';
import styles from './fields.module.css';

/** The editor's code, once it is there. */
let loaded: typeof openExpressionEditor | null = null;

/** SQL in one field. The editor comes with the first such field; until then the text can be read and typed all the same. */
export function ExpressionInput(props: ExpressionInputProps): ReactElement {
  const { label, text, problems, placeholder, ids, onChange, onLeave } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [open, setOpen] = useState(() => loaded);
  const [caret, setCaret] = useState<number | null>(null);
  useEffect(() => {
    if (open !== null) return undefined;
    let isGone = false;
    void import('./expression-editor.ts').then(({ openExpressionEditor: come }) => {
      loaded = come;
      if (isGone) return;
      setCaret(document.activeElement === area.current ? (area.current?.selectionStart ?? null) : null);
      setOpen(() => come);
    });
    return () => {
      isGone = true;
    };
  }, [open]);
  return (
    <div className={styles['expression']}>
      <div className={styles['code']} data-invalid={problems.length > 0 ? '' : undefined}>
        {open === null ? (
          <textarea
            {...ids}
            ref={area}
            rows={1}
            aria-label={label}
            aria-invalid={problems.length > 0}
            spellCheck={false}
            placeholder={placeholder}
            value={text}
            onChange={(event) => onChange(event.target.value.replaceAll('\n', ' '))}
            onBlur={onLeave}
          />
        ) : (
          <ExpressionFieldView {...props} open={open} caret={caret} />
        )}
      </div>
    </div>
  );
}
