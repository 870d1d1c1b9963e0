import { ChevronDown, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Parameter } from '../../app/document-parameters.ts';
import { trySetting } from '../../app/document-settings.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Field } from '../../stream/types.ts';
import { ExpressionInput } from './expression-input.tsx';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import { ListCell, useListDraft } from './list-cell.tsx';
import type { FormContext, RenderFields } from './parameter-field-props.ts';

export type Aggregate = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly function: string;
  readonly argument?: string;
};

/** Longest argument that fits beside name and function. */
const SHORT_CHARS = 9;
/** Parameters that have a place of their own in the row. */
const IN_ROW = new Set(['name', 'function', 'argument']);

interface AggregateRowProps {
  readonly path: readonly string[];
  readonly aggregate: Aggregate;
  readonly parameters: readonly Parameter[];
  readonly context: FormContext;
  readonly render: RenderFields;
  readonly onRemove: () => void;
}

/** Name, function and of what, and beneath, once it is asked for, what else the function takes. */
export function AggregateRow(props: AggregateRowProps): ReactElement {
  const { path, aggregate, parameters, context, render, onRemove } = props;
  const { nodeId } = context;
  const { name, argument = '' } = aggregate;
  const columns = context.columnsAt('in');
  const rest = parameters.filter((parameter) => !IN_ROW.has(parameter.name));
  const [isAsked, ask] = useState(false);
  const [refused, refuse] = useState<readonly Problem[]>([]);
  const isOpen = isAsked || rest.some((parameter) => aggregate[parameter.name] !== undefined);
  const field = useListDraft({ nodeId, path: [...path, 'argument'], value: argument, isOptional: true });
  return (
    <li className={styles['item']} data-columns="4" data-long={field.text.length > SHORT_CHARS ? '' : undefined}>
      <ListCell nodeId={nodeId} path={[...path, 'name']} label="Name of the aggregate" value={name} />
      <FunctionChoice
        path={path}
        aggregate={aggregate}
        parameters={parameters}
        context={context}
        columns={columns}
        onRefused={refuse}
      />
      <ExpressionInput
        label={`What ${name} is of`}
        text={field.text}
        problems={field.problems}
        columns={columns}
        placeholder={aggregate.function === 'count' ? '*' : 'column'}
        onChange={field.change}
        onLeave={field.leave}
      />
      <button
        type="button"
        className={styles['more']}
        aria-label={`More about ${name}`}
        aria-expanded={isOpen}
        onClick={() => ask(!isOpen)}
      >
        {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
      </button>
      <button type="button" className={styles['remove']} aria-label={`Remove ${name}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </button>
      {[...refused, ...field.problems].map((problem) => (
        <p key={problem.message} className={styles['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
      {isOpen && <div className={styles['details']}>{render(rest, aggregate)}</div>}
    </li>
  );
}

type ChoiceProps = Pick<AggregateRowProps, 'path' | 'aggregate' | 'parameters' | 'context'> & {
  readonly columns: readonly Field[];
  /** Why the choice cannot be; nothing when it can. */
  readonly onRefused: (problems: readonly Problem[]) => void;
};

function FunctionChoice({ path, aggregate, parameters, context, columns, onRefused }: ChoiceProps): ReactElement {
  const entry = parameters.find(({ name }) => name === 'function')?.entry;
  const options = entry?.kind === 'choice' ? entry.options.map(String) : [aggregate.function];
  const choose = (chosen: string): void => {
    const { name, argument = '', filter } = aggregate;
    // Every function but count needs to know of what: the first number will do until the user says.
    const number = columns.find(({ type }) => type.kind === 'DOUBLE' || type.kind === 'BIGINT' || type.kind === 'INT');
    const needed = chosen !== 'count' && argument === '' ? (number ?? columns[0])?.name : aggregate.argument;
    const next = {
      name,
      function: chosen,
      ...(needed === undefined ? {} : { argument: needed }),
      ...(filter === undefined ? {} : { filter }),
    };
    onRefused(trySetting(context.nodeId, path, next));
  };
  return (
    <div className={styles['input']}>
      <select
        aria-label={`Function of ${aggregate.name}`}
        value={aggregate.function}
        onChange={(event) => choose(event.target.value)}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {option.replaceAll('-', ' ').toUpperCase()}
          </option>
        ))}
      </select>
    </div>
  );
}
