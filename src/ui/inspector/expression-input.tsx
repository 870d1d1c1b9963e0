import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import type { Handover, openExpressionEditor } from './expression-editor.ts';
import { ExpressionFieldView } from './expression-field-view.tsx';
import type { ExpressionInputProps } from './expression-input-props.ts';
import styles from './fields.module.css';

type OpenEditor = typeof openExpressionEditor;

/** The editor's code, once it is there. */
let loaded: OpenEditor | null = null;

interface Arrived {
  readonly open: OpenEditor;
  readonly handover: Handover | null;
}

/** SQL in one field. The editor comes with the first such field; until then the text can be read and typed all the same. */
export function ExpressionInput(props: ExpressionInputProps): ReactElement {
  const [editor, setEditor] = useState<Arrived | null>(() => loaded && { open: loaded, handover: null });
  return (
    <div className={styles['expression']}>
      <div className={styles['code']} data-invalid={props.problems.length > 0 ? '' : undefined}>
        {editor === null ? (
          <PlainField {...props} onEditor={setEditor} />
        ) : (
          <ExpressionFieldView {...props} {...editor} />
        )}
      </div>
    </div>
  );
}

interface PlainFieldProps extends ExpressionInputProps {
  readonly onEditor: (editor: Arrived) => void;
}

/** Stands where the editor will be, and gives the keyboard to it with all that was typed. */
function PlainField({
  label,
  text,
  problems,
  placeholder,
  ids,
  onChange,
  onLeave,
  onEditor,
}: PlainFieldProps): ReactElement {
  const area = useRef<HTMLTextAreaElement>(null);
  const entered = useRef(text);
  const isComposing = useRef(false);
  useEffect(() => {
    let isGone = false;
    void import('./expression-editor.ts').then(({ openExpressionEditor: open }) => {
      loaded = open;
      const arrive = (): void => {
        if (isGone) return;
        // At once: a letter between this look at the caret and the change of fields would come to stand elsewhere.
        flushSync(() => onEditor({ open, handover: handoverOf(area.current, entered.current) }));
      };
      // What an input method has not finished cannot be handed over.
      if (isComposing.current)
        area.current?.addEventListener('compositionend', () => setTimeout(arrive), { once: true });
      else arrive();
    });
    return () => {
      isGone = true;
    };
  }, [onEditor]);
  return (
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
      onFocus={() => {
        entered.current = text;
      }}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.preventDefault();
      }}
      onCompositionStart={() => {
        isComposing.current = true;
      }}
      onCompositionEnd={() => {
        isComposing.current = false;
      }}
    />
  );
}

/** Null while the keyboard is somewhere else. */
function handoverOf(area: HTMLTextAreaElement | null, before: string): Handover | null {
  if (area === null || document.activeElement !== area) return null;
  const { selectionStart, selectionEnd, selectionDirection } = area;
  return selectionDirection === 'backward'
    ? { before, anchor: selectionEnd, head: selectionStart }
    : { before, anchor: selectionStart, head: selectionEnd };
}
