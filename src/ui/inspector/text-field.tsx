import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { Field, hasError } from './field.tsx';
import styles from './fields.module.css';
import { notationOf } from './notations.ts';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { currentValue } from './parameter-field-props.ts';
import { useDraft } from './use-draft.ts';

/** Durations, instants, numbers and plain text: one line of text each. */
export function TextField(props: ParameterFieldProps): ReactElement {
  const { nodeId, parameter, value, problems } = props;
  const notation = notationOf(parameter);
  const field = useDraft({
    key: `${nodeId}:${parameter.path.join('.')}`,
    text: notation.write(value),
    current: () => notation.write(currentValue(nodeId, parameter.path)),
    submit: (text) => {
      if (parameter.isOptional && text.trim() === '') return trySetting(nodeId, parameter.path, undefined);
      const read = notation.read(text);
      return 'value' in read ? trySetting(nodeId, parameter.path, read.value) : read.problems;
    },
  });
  const shown = field.problems.length > 0 ? field.problems : problems;
  const explanation = shown.length > 0 ? '' : notation.explain(value);
  const saysMore = explanation.replaceAll(/\s/g, '') !== field.text.replaceAll(/\s/g, '');
  return (
    <Field
      title={parameter.meta.title}
      description={parameter.meta.description}
      problems={shown}
      note={props.note ?? null}
    >
      {(ids) => (
        <div className={styles['input']} data-invalid={hasError(shown) ? '' : undefined}>
          <input
            {...ids}
            type="text"
            autoComplete="off"
            spellCheck={false}
            value={field.text}
            onChange={(event) => field.change(event.target.value)}
            onBlur={field.leave}
          />
          {explanation !== '' && saysMore && <span className={styles['unit']}>{explanation}</span>}
        </div>
      )}
    </Field>
  );
}
