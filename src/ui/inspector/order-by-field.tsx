import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { typeName } from '../../stream/types.ts';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import { ListSection } from './list-section.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';

interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** Columns that rows are ordered by: the first decides, then the next. */
export function OrderByField({ nodeId, parameter, value, problems, columnsAt }: ParameterFieldProps): ReactElement {
  const { path, meta } = parameter;
  const orders = Array.isArray(value) ? (value as readonly Order[]) : [];
  const columns = columnsAt(meta.input ?? 'in');
  const set = (next: readonly Order[]): void => void trySetting(nodeId, path, next);
  const add = (): void => {
    const unused = columns.find(({ name }) => !orders.some(({ column }) => column === name)) ?? columns[0];
    set([...orders, { column: unused?.name ?? '', descending: true }]);
  };
  return (
    <ListSection title={meta.title} description={meta.description} addLabel="Add a column to the order" onAdd={add}>
      {orders.map((order, index) => (
        <li key={index} className={styles['ordered']}>
          <span>{index === 0 ? 'by' : 'then'}</span>
          <div className={styles['input']}>
            <select
              aria-label={`Column ${String(index + 1)} of the order`}
              value={order.column}
              onChange={(event) => set(orders.with(index, { ...order, column: event.target.value }))}
            >
              {!columns.some(({ name }) => name === order.column) && (
                <option value={order.column}>{order.column}</option>
              )}
              {columns.map(({ name, type }) => (
                <option key={name} value={name}>
                  {name} · {typeName(type)}
                </option>
              ))}
            </select>
          </div>
          <button
            type="button"
            className={styles['direction']}
            aria-label={`${order.column}: ${order.descending ? 'largest first' : 'smallest first'}`}
            onClick={() => set(orders.with(index, { ...order, descending: !order.descending }))}
          >
            {order.descending ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden />}
            {order.descending ? 'largest' : 'smallest'}
          </button>
          <button
            type="button"
            className={styles['remove']}
            aria-label={`Remove ${order.column} from the order`}
            onClick={() => set(orders.toSpliced(index, 1))}
          >
            <X size={14} aria-hidden />
          </button>
        </li>
      ))}
      {orders.length === 0 && <li className={styles['none']}>In order of arrival.</li>}
      {problems.map((problem) => (
        <li key={problem.path} className={styles['error']}>
          {problemText(problem)}
        </li>
      ))}
    </ListSection>
  );
}
