import type { ReactElement } from 'react';
import { Field, hasError } from './field.tsx';
import styles from './fields.module.css';
import { notationOf } from './notations.ts';
import { ParameterSlider } from './parameter-slider.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { useNotationDraft } from './use-notation-draft.ts';

/** Durations, instants, numbers and plain text: one line of text each. */
export function TextField({ nodeId, parameter, value, problems, note = null }: ParameterFieldProps): ReactElement {
  const { path, meta, isOptional } = parameter;
  const notation = notationOf(parameter);
  const field = useNotationDraft({ nodeId, path, notation, value, isOptional });
  const shown = field.problems.length > 0 || field.waits ? field.problems : problems;
  const explanation = shown.length > 0 ? '' : notation.explain(field.meant);
  const saysMore = explanation.replaceAll(/\s/g, '') !== field.text.replaceAll(/\s/g, '');
  return (
    <Field title={meta.title} description={meta.description} problems={shown} note={note}>
      {(ids) => (
        <>
          <div className={styles['input']} data-invalid={hasError(shown) ? '' : undefined}>
            <input
              {...ids}
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={field.text}
              onChange={(event) => field.change(event.target.value)}
              onBlur={field.leave}
              onKeyDown={field.onKeyDown}
            />
            {explanation !== '' && saysMore && <span className={styles['unit']}>{explanation}</span>}
          </div>
          <ParameterSlider nodeId={nodeId} parameter={parameter} value={value} />
        </>
      )}
    </Field>
  );
}
