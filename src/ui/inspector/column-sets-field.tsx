import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { effectiveConfig, trySetting } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import styles from './fields.module.css';
import { problemText } from './field.tsx';
import { ListSection } from './list-section.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';

/** Lists of the node's key columns, each switched on and off by itself. No list at all leaves the parameter away. */
export function ColumnSetsField({ nodeId, parameter, value, problems }: ParameterFieldProps): ReactElement {
  const sets = Array.isArray(value) ? (value as readonly (readonly string[])[]) : [];
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const keys = node === undefined ? [] : (effectiveConfig(node, 'config')['keys'] as readonly string[] | undefined);
  const set = (next: readonly (readonly string[])[]): void =>
    void trySetting(nodeId, parameter.path, next.length === 0 ? undefined : next);
  const toggle = (index: number, name: string): void => {
    const before = sets[index] ?? [];
    const after = before.includes(name) ? before.filter((other) => other !== name) : [...before, name];
    set(sets.with(index, after));
  };
  return (
    <ListSection
      title={parameter.meta.title}
      description={parameter.meta.description}
      addLabel="Add a grouping set"
      onAdd={() => set([...sets, []])}
    >
      {sets.map((names, index) => (
        <li key={index} className={styles['set']}>
          {(keys ?? []).map((name) => (
            <label key={name}>
              <input type="checkbox" checked={names.includes(name)} onChange={() => toggle(index, name)} />
              {name}
            </label>
          ))}
          {names.length === 0 && <small>all together</small>}
          <button
            type="button"
            className={styles['remove']}
            aria-label={`Remove grouping set ${index + 1}`}
            onClick={() => set(sets.toSpliced(index, 1))}
          >
            <X size={14} aria-hidden />
          </button>
        </li>
      ))}
      {problems.map((problem) => (
        <li key={problem.path} className={styles['error']}>
          {problemText(problem)}
        </li>
      ))}
    </ListSection>
  );
}
