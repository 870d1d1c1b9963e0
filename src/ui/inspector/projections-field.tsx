import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import type { Field } from '../../stream/types.ts';
import { ExpressionInput } from './expression-input.tsx';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import { ListCell, useListDraft } from './list-cell.tsx';
import { freshName, ListSection } from './list-section.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';

interface Projection {
  readonly name: string;
  readonly expression: string;
}

/** Name and SQL of each output column. */
export function ProjectionsField({ nodeId, parameter, value, problems, columnsAt }: ParameterFieldProps): ReactElement {
  const projections = Array.isArray(value) ? (value as readonly Projection[]) : [];
  const columns = columnsAt('in');
  const add = (): void => {
    const unused = columns.find(({ name }) => !projections.some((projection) => projection.name === name))?.name;
    const name =
      unused ??
      freshName(
        projections.map((projection) => projection.name),
        'value',
      );
    trySetting(nodeId, parameter.path, [...projections, { name, expression: unused ?? columns[0]?.name ?? 'NULL' }]);
  };
  return (
    <ListSection
      title={parameter.meta.title}
      description={parameter.meta.description}
      addLabel="Add a column"
      onAdd={add}
    >
      {projections.map((projection, index) => (
        <ProjectionRow
          key={index}
          nodeId={nodeId}
          path={[...parameter.path, String(index)]}
          projection={projection}
          columns={columns}
          onRemove={
            projections.length > 1 ? () => trySetting(nodeId, parameter.path, projections.toSpliced(index, 1)) : null
          }
        />
      ))}
      {problems.map((problem) => (
        <li key={problem.path} className={styles['error']}>
          {problemText(problem)}
        </li>
      ))}
    </ListSection>
  );
}

interface ProjectionRowProps {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly projection: Projection;
  readonly columns: readonly Field[];
  readonly onRemove: (() => void) | null;
}

function ProjectionRow({ nodeId, path, projection, columns, onRemove }: ProjectionRowProps): ReactElement {
  const { name, expression } = projection;
  const field = useListDraft({ nodeId, path: [...path, 'expression'], value: expression, isOptional: false });
  return (
    <li className={styles['item']}>
      <ListCell nodeId={nodeId} path={[...path, 'name']} label="Name of the column" value={name} />
      <ExpressionInput
        label={`Expression of ${name}`}
        text={field.text}
        problems={field.problems}
        columns={columns}
        onChange={field.change}
        onLeave={field.leave}
      />
      {onRemove !== null && (
        <button type="button" className={styles['remove']} aria-label={`Remove ${name}`} onClick={onRemove}>
          <X size={14} aria-hidden />
        </button>
      )}
      {field.problems.map((problem) => (
        <p key={problem.message} className={styles['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
    </li>
  );
}
