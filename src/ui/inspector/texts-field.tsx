import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { effectiveConfig, trySetting } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import styles from './fields.module.css';
import { ListCell } from './list-cell.tsx';
import { ListSection } from './list-section.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';

/** A text for each of the node's joined texts, by the name of its column. */
export function TextsField({ nodeId, parameter, value }: ParameterFieldProps): ReactElement | null {
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const texts = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, string>>) : {};
  const joined = node === undefined ? [] : joinedTexts(effectiveConfig(node, 'config'));
  const missing = joined.find((name) => !Object.hasOwn(texts, name));
  const names = Object.keys(texts);
  if (joined.length === 0 && names.length === 0) return null;
  const remove = (name: string): void => {
    const { [name]: _, ...rest } = texts;
    trySetting(nodeId, parameter.path, rest);
  };
  return (
    <ListSection
      title={parameter.meta.title}
      description={parameter.meta.description}
      addLabel="Add an initial text"
      onAdd={() => {
        if (missing !== undefined) trySetting(nodeId, parameter.path, { ...texts, [missing]: '' });
      }}
    >
      {names.map((name) => (
        <li key={name} className={styles['item']}>
          <span>{name}</span>
          <ListCell
            nodeId={nodeId}
            path={[...parameter.path, name]}
            label={`Initial text of ${name}`}
            value={texts[name] ?? ''}
          />
          <button type="button" className={styles['remove']} aria-label={`Remove ${name}`} onClick={() => remove(name)}>
            <X size={14} aria-hidden />
          </button>
        </li>
      ))}
    </ListSection>
  );
}

function joinedTexts({ aggregates }: Readonly<Record<string, unknown>>): readonly string[] {
  if (!Array.isArray(aggregates)) return [];
  const all = aggregates as readonly { readonly name: string; readonly function: string }[];
  return all.filter((aggregate) => aggregate.function === 'string-agg').map(({ name }) => name);
}
