import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import type { Aggregate } from './aggregate-row.tsx';
import { AggregateRow } from './aggregate-row.tsx';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import { freshName, ListSection } from './list-section.tsx';
import type { FormContext, ParameterFieldProps, RenderFields } from './parameter-field-props.ts';

interface AggregatesFieldProps extends ParameterFieldProps {
  readonly context: FormContext;
  readonly render: RenderFields;
}

/** What is computed: a row for each aggregate. */
export function AggregatesField({ parameter, value, problems, context, render }: AggregatesFieldProps): ReactElement {
  const { path, entry, meta } = parameter;
  const { nodeId } = context;
  const aggregates = Array.isArray(value) ? (value as readonly Aggregate[]) : [];
  const add = (): void => {
    const name = freshName(
      aggregates.map((aggregate) => aggregate.name),
      'count',
    );
    trySetting(nodeId, path, [...aggregates, { name, function: 'count' }]);
  };
  return (
    <ListSection title={meta.title} description={meta.description} addLabel="Add an aggregate" onAdd={add}>
      {aggregates.map((aggregate, index) => (
        <AggregateRow
          key={index}
          path={[...path, String(index)]}
          aggregate={aggregate}
          parameters={entry.kind === 'list' ? entry.itemAt(index) : []}
          context={context}
          render={render}
          onRemove={() => trySetting(nodeId, path, aggregates.toSpliced(index, 1))}
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
