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

interface Aggregate {
  readonly name: string;
  readonly function: string;
  readonly argument?: string;
}

/** Longest argument that fits beside name and function. */
const SHORT_CHARS = 9;
const FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max'] as const;

/** Name, function, and of what, for each aggregate. */
export function AggregatesField({ nodeId, parameter, value, problems, columnsAt }: ParameterFieldProps): ReactElement {
  const aggregates = Array.isArray(value) ? (value as readonly Aggregate[]) : [];
  const add = (): void => {
    const name = freshName(
      aggregates.map((aggregate) => aggregate.name),
      'count',
    );
    trySetting(nodeId, parameter.path, [...aggregates, { name, function: 'count' }]);
  };
  return (
    <ListSection
      title={parameter.meta.title}
      description={parameter.meta.description}
      addLabel="Add an aggregate"
      onAdd={add}
    >
      {aggregates.map((aggregate, index) => (
        <AggregateRow
          key={index}
          nodeId={nodeId}
          path={[...parameter.path, String(index)]}
          aggregate={aggregate}
          columns={columnsAt('in')}
          onRemove={() => trySetting(nodeId, parameter.path, aggregates.toSpliced(index, 1))}
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

interface AggregateRowProps {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly aggregate: Aggregate;
  readonly columns: readonly Field[];
  readonly onRemove: () => void;
}

function AggregateRow({ nodeId, path, aggregate, columns, onRemove }: AggregateRowProps): ReactElement {
  const { name, argument = '' } = aggregate;
  const field = useListDraft({ nodeId, path: [...path, 'argument'], value: argument, isOptional: true });
  const choose = (chosen: string): void => {
    // Every function but count needs to know of what: the first number will do until the user says.
    const number = columns.find(({ type }) => type.kind === 'DOUBLE' || type.kind === 'BIGINT' || type.kind === 'INT');
    const needed = chosen !== 'count' && argument === '' ? (number ?? columns[0])?.name : aggregate.argument;
    trySetting(nodeId, path, { name, function: chosen, ...(needed === undefined ? {} : { argument: needed }) });
  };
  return (
    <li className={styles['item']} data-columns="3" data-long={field.text.length > SHORT_CHARS ? '' : undefined}>
      <ListCell nodeId={nodeId} path={[...path, 'name']} label="Name of the aggregate" value={name} />
      <div className={styles['input']}>
        <select
          aria-label={`Function of ${name}`}
          value={aggregate.function}
          onChange={(event) => choose(event.target.value)}
        >
          {FUNCTIONS.map((option) => (
            <option key={option} value={option}>
              {option.toUpperCase()}
            </option>
          ))}
        </select>
      </div>
      <ExpressionInput
        label={`What ${name} is of`}
        text={field.text}
        problems={field.problems}
        columns={columns}
        placeholder={aggregate.function === 'count' ? '*' : 'column'}
        onChange={field.change}
        onLeave={field.leave}
      />
      <button type="button" className={styles['remove']} aria-label={`Remove ${name}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </button>
      {field.problems.map((problem) => (
        <p key={problem.message} className={styles['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
    </li>
  );
}
