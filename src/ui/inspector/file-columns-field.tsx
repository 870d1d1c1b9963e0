import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { FILE_COLUMN_TYPES } from '../../app/document-file-source.ts';
import { trySetting } from '../../app/document-settings.ts';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import { ListCell } from './list-cell.tsx';
import { freshName, ListSection } from './list-section.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';

interface FileColumn {
  readonly name: string;
  readonly path?: string;
  readonly type: string;
  readonly unit?: string;
}

/** What is read of each record: found in the file, to be put right before the run. */
export function FileColumnsField({ nodeId, parameter, value, problems }: ParameterFieldProps): ReactElement {
  const columns = Array.isArray(value) ? (value as readonly FileColumn[]) : [];
  const add = (): void => {
    const name = freshName(
      columns.map((column) => column.name),
      'column',
    );
    trySetting(nodeId, parameter.path, [...columns, { name, type: 'STRING' }]);
  };
  return (
    <ListSection
      title={parameter.meta.title}
      description={parameter.meta.description}
      addLabel="Add a column"
      onAdd={add}
    >
      {columns.map((column, index) => {
        const path = [...parameter.path, String(index)];
        const types = FILE_COLUMN_TYPES.includes(column.type) ? FILE_COLUMN_TYPES : [column.type, ...FILE_COLUMN_TYPES];
        return (
          <li key={index} className={styles['item']}>
            <ListCell nodeId={nodeId} path={[...path, 'name']} label="Name of the column" value={column.name} />
            <div className={styles['input']}>
              <select
                aria-label={`Type of ${column.name}`}
                value={column.type}
                onChange={(event) => trySetting(nodeId, [...path, 'type'], event.target.value)}
              >
                {types.map((type) => (
                  <option key={type} value={type}>
                    {type}
                  </option>
                ))}
              </select>
            </div>
            <button
              type="button"
              className={styles['remove']}
              aria-label={`Remove ${column.name}`}
              onClick={() => trySetting(nodeId, parameter.path, columns.toSpliced(index, 1))}
            >
              <X size={14} aria-hidden />
            </button>
            {column.type === 'TIMESTAMP' && (
              <div className={styles['below']}>
                <span>written as</span>
                <ListCell
                  nodeId={nodeId}
                  path={[...path, 'unit']}
                  label={`Unit of ${column.name}`}
                  value={column.unit ?? ''}
                  placeholder="iso"
                  isOptional
                />
              </div>
            )}
          </li>
        );
      })}
      {problems.map((problem, index) => (
        <li key={index} className={styles['error']}>
          {problemText(problem)}
        </li>
      ))}
    </ListSection>
  );
}
