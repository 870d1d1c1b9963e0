import type { ReactElement } from 'react';
import { choicesIn } from '../../app/document-dialect.ts';
import { trySetting } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { Segments } from '../theme/segments.tsx';
import { Field } from './field.tsx';
import styles from './fields.module.css';
import type { ParameterFieldProps } from './parameter-field-props.ts';

/** Longest sum of letters that still fits side by side. */
const SEGMENTS_CHARS_MAX = 18;

/** `first-line` as words; names of encodings stay as they are. */
function wordsOf(option: string | number): string {
  if (option === '\t') return 'tab';
  return /^[a-z]+(-[a-z]+)+$/.test(String(option)) ? String(option).replaceAll('-', ' ') : String(option);
}

/** One of a few: side by side when they fit, else a list. */
export function ChoiceField(props: ParameterFieldProps): ReactElement | null {
  const { nodeId, parameter, value, problems } = props;
  const all = parameter.entry.kind === 'choice' ? parameter.entry.options : [];
  const { title, description } = parameter.meta;
  const dialect = useDocumentStore((state) => state.document.dialect);
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const had = node === undefined ? null : choicesIn(dialect, node, parameter.path);
  // What is chosen stays in view, with the problem that the engine lacks it.
  const options = all.filter((option) => had?.includes(String(option)) !== false || option === value);
  if (options.length < 2) return null;
  const choose = (text: string): void => {
    const option = options.find((candidate) => String(candidate) === text);
    if (option !== undefined) trySetting(nodeId, parameter.path, option);
  };
  const isShort =
    options.length > 1 &&
    options.reduce<number>((sum, option) => sum + String(option).length + 2, 0) <= SEGMENTS_CHARS_MAX;
  return (
    <Field title={title} description={description} problems={problems}>
      {(ids) =>
        isShort ? (
          <Segments
            label={title}
            value={String(value)}
            options={options.map((option) => ({ value: String(option), label: wordsOf(option) }))}
            onChange={choose}
          />
        ) : (
          <div className={styles['input']}>
            <select {...ids} value={String(value)} onChange={(event) => choose(event.target.value)}>
              {options.map((option) => (
                <option key={option} value={option}>
                  {wordsOf(option)}
                </option>
              ))}
            </select>
          </div>
        )
      }
    </Field>
  );
}

export function BooleanField({ nodeId, parameter, value, problems }: ParameterFieldProps): ReactElement {
  return (
    <Field title={parameter.meta.title} description={parameter.meta.description} problems={problems}>
      {(ids) => (
        <input
          {...ids}
          type="checkbox"
          className={styles['check']}
          checked={value === true}
          onChange={(event) => trySetting(nodeId, parameter.path, event.target.checked)}
        />
      )}
    </Field>
  );
}
