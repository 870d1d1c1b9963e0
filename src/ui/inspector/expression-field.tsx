import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { ExpressionInput } from './expression-input.tsx';
import { Field } from './field.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { currentValue } from './parameter-field-props.ts';
import { useDraft } from './use-draft.ts';

export function ExpressionField({ nodeId, parameter, value, problems, columnsAt }: ParameterFieldProps): ReactElement {
  const asText = (stored: unknown): string => (typeof stored === 'string' ? stored : '');
  const field = useDraft({
    key: `${nodeId}:${parameter.path.join('.')}`,
    text: asText(value),
    current: () => asText(currentValue(nodeId, parameter.path)),
    submit: (text) => trySetting(nodeId, parameter.path, text),
  });
  const shown = field.problems.length > 0 ? field.problems : problems;
  return (
    <Field title={parameter.meta.title} description={parameter.meta.description} problems={shown}>
      {(ids) => (
        <ExpressionInput
          ids={ids}
          label={parameter.meta.title}
          text={field.text}
          problems={shown}
          columns={columnsAt(parameter.meta.input ?? 'in')}
          onChange={field.change}
          onLeave={field.leave}
        />
      )}
    </Field>
  );
}
