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
            {parameter.initial === '' ? (
              <option value="">none</option>
            ) : (
              name === '' && <option value="">choose a column</option>
            )}
            {!isKnown && name !== '' && <option value={name}>{name}</option>}
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
export function ColumnsField(props: ParameterFieldProps): ReactElement {
  const { nodeId, parameter, columnsAt } = props;
  const options = columnsAt(parameter.meta.input ?? 'in').map(({ name, type }) => ({ name, note: typeName(type) }));
  return (
    <ColumnChips
      {...props}
      options={options}
      empty="no input yet"
      onChoose={(names) => void trySetting(nodeId, parameter.path, names)}
    />
  );
}

interface ColumnChipsProps extends ParameterFieldProps {
  readonly options: readonly { readonly name: string; readonly note: string }[];
  /** Said while there is nothing to choose from. */
  readonly empty: string;
  readonly onChoose: (names: readonly string[]) => void;
}

/** Names in the order in which they were chosen. One that is not offered stays in view, marked. */
export function ColumnChips({ parameter, value, problems, options, empty, onChoose }: ColumnChipsProps): ReactElement {
  const { title, description } = parameter.meta;
  const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  const rest = options.filter(({ name }) => !names.includes(name));
  return (
    <Field title={title} description={description} problems={problems}>
      {(ids) => (
        <div className={styles['chips']} data-invalid={hasError(problems) ? '' : undefined}>
          {names.map((name) => (
            <span
              key={name}
              className={styles['chip']}
              data-invalid={options.length > 0 && !options.some((option) => option.name === name) ? '' : undefined}
            >
              {name}
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={() => onChoose(names.filter((other) => other !== name))}
              >
                <X size={11} aria-hidden />
              </button>
            </span>
          ))}
          {(rest.length > 0 || names.length === 0) && (
            <select {...ids} value="" onChange={(event) => onChoose([...names, event.target.value])}>
              <option value="" disabled>
                {options.length === 0 ? empty : names.length === 0 ? 'none' : 'add'}
              </option>
              {rest.map(({ name, note }) => (
                <option key={name} value={name}>
                  {name} · {note}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
    </Field>
  );
}
