import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { Field, hasError } from './field.tsx';
import styles from './fields.module.css';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { currentValue } from './parameter-field-props.ts';

/** One of the pattern's own steps. */
export function StepField({ nodeId, parameter, value, problems }: ParameterFieldProps): ReactElement {
  const steps = currentValue(nodeId, ['config', 'steps']);
  const names = Array.isArray(steps) ? steps.map((step: { readonly name: string }) => step.name) : [];
  const name = typeof value === 'string' ? value : '';
  return (
    <Field title={parameter.meta.title} description={parameter.meta.description} problems={problems}>
      {(ids) => (
        <div className={styles['input']} data-invalid={hasError(problems) ? '' : undefined}>
          <select
            {...ids}
            value={name}
            onChange={(event) => {
              const chosen = event.target.value;
              trySetting(nodeId, parameter.path, chosen === '' && parameter.isOptional ? undefined : chosen);
            }}
          >
            <option value="">{parameter.initial === '' ? 'all steps' : 'choose a step'}</option>
            {name !== '' && !names.includes(name) && <option value={name}>{name}</option>}
            {names.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
