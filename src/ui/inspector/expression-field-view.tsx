import { useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import type { ExpressionEditor, Handover, openExpressionEditor } from './expression-editor.ts';
import { useIsReadOnly } from './fields.tsx';
import type { ExpressionInputProps } from './expression-input-props.ts';

interface ExpressionFieldViewProps extends ExpressionInputProps {
  readonly open: typeof openExpressionEditor;
  /** Null where the keyboard is somewhere else. */
  readonly handover: Handover | null;
}

/** The editor in the page: made once, told what has changed. */
export function ExpressionFieldView(props: ExpressionFieldViewProps): ReactElement {
  const { open, handover, label, text, problems, columns, placeholder, ids, onChange, onLeave } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<ExpressionEditor | null>(null);
  const change = useEffectEvent(onChange);
  const leave = useEffectEvent(onLeave);
  const columnsNow = useEffectEvent(() => columns);
  const create = useEffectEvent((parent: HTMLElement) =>
    open({
      parent,
      text: handover?.before ?? text,
      placeholder: placeholder ?? '',
      columns: () => columnsNow(),
      onChange: (typed) => change(typed),
      onLeave: () => leave(),
    }),
  );
  const takeOver = useEffectEvent((created: ExpressionEditor) => {
    if (handover !== null) created.takeOver(text, handover);
  });
  useLayoutEffect(() => {
    if (host.current === null) return undefined;
    const created = create(host.current);
    editor.current = created;
    takeOver(created);
    return () => {
      editor.current = null;
      created.destroy();
    };
  }, []);
  useLayoutEffect(() => editor.current?.setText(text), [text]);
  useLayoutEffect(
    () => editor.current?.setMistakes(problems.flatMap(({ span }) => (span === undefined ? [] : [span]))),
    [problems, text],
  );
  const isReadOnly = useIsReadOnly();
  const isInvalid = problems.length > 0;
  const id = ids?.id;
  const describedBy = ids?.['aria-describedby'];
  useLayoutEffect(
    () =>
      editor.current?.setAttributes(
        {
          'aria-label': label,
          'aria-invalid': String(isInvalid),
          'aria-disabled': String(isReadOnly),
          ...(id === undefined ? {} : { id }),
          ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
        },
        !isReadOnly,
      ),
    [label, isInvalid, isReadOnly, id, describedBy],
  );
  return <div ref={host} />;
}
