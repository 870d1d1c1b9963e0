import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { typeName } from '../../stream/types.ts';
import { Field, hasError } from './field.tsx';
import styles from './fields.module.css';
import type { ParameterFieldProps } from './parameter-field-props.ts';

/** One column of an input. A name that the input lacks stays in view until another is chosen. */
export function ColumnField({ nodeId, parameter, value, problems, columnsAt }: ParameterFieldProps): ReactElement {
  const columns = columnsAt(parameter.meta.input ?? 'in');
  const name = typeof value === 'string' ? value : '';
  const isKnown = columns.some((column) => column.name === name);
  return (
    <Field title={parameter.meta.title} description={parameter.meta.description} problems={problems}>
      {(ids) => (
        <div className={styles['input']} data-invalid={hasError(problems) ? '' : undefined}>
          <select {...ids} value={name} onChange={(event) => trySetting(nodeId, parameter.path, event.target.value)}>
            {!isKnown && <option value={name}>{name === '' ? 'choose a column' : name}</option>}
            {columns.map((column) => (
              <option key={column.name} value={column.name}>
                {column.name} · {typeName(column.type)}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}

/** Some columns of an input, in order. */
export function ColumnsField({ nodeId, parameter, value, problems, columnsAt }: ParameterFieldProps): ReactElement {
  const { title, description, input = 'in' } = parameter.meta;
  const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  const columns = columnsAt(input);
  const rest = columns.filter((column) => !names.includes(column.name));
  const set = (next: readonly string[]): void => void trySetting(nodeId, parameter.path, next);
  return (
    <Field title={title} description={description} problems={problems}>
      {(ids) => (
        <div className={styles['chips']} data-invalid={hasError(problems) ? '' : undefined}>
          {names.map((name) => (
            <span
              key={name}
              className={styles['chip']}
              data-invalid={columns.length > 0 && !columns.some((column) => column.name === name) ? '' : undefined}
            >
              {name}
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={() => set(names.filter((other) => other !== name))}
              >
                <X size={11} aria-hidden />
              </button>
            </span>
          ))}
          {(rest.length > 0 || names.length === 0) && (
            <select {...ids} value="" onChange={(event) => set([...names, event.target.value])}>
              <option value="" disabled>
                {columns.length === 0 ? 'no input yet' : names.length === 0 ? 'none' : 'add'}
              </option>
              {rest.map((column) => (
                <option key={column.name} value={column.name}>
                  {column.name} · {typeName(column.type)}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
    </Field>
  );
}
