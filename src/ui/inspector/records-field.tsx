import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { newItem } from '../../app/document-new-item.ts';
import type { Parameter } from '../../app/document-parameters.ts';
import { trySetting } from '../../app/document-settings.ts';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import { ListCell } from './list-cell.tsx';
import { ListSection } from './list-section.tsx';
import type { FormContext, ParameterFieldProps, RenderFields } from './parameter-field-props.ts';

type Item = Readonly<Record<string, unknown>>;

interface RecordsFieldProps extends ParameterFieldProps {
  readonly context: FormContext;
  readonly render: RenderFields;
}

/** A list of records in order, each with the fields that its definition states. */
export function RecordsField({ parameter, value, problems, context, render }: RecordsFieldProps): ReactElement {
  const { path, entry, meta } = parameter;
  const { nodeId, index: place } = context;
  const items = Array.isArray(value) ? (value as readonly Item[]) : [];
  const parametersAt = (index: number): readonly Parameter[] => (entry.kind === 'list' ? entry.itemAt(index) : []);
  const set = (next: readonly Item[]): void => void trySetting(nodeId, path, next);
  const add = (): void => {
    const columns = context.columnsAt(meta.input ?? 'in');
    set([...items, newItem(parametersAt(items.length), { columns, items })]);
  };
  const own = problems.filter((problem) => problem.path === `nodes.${String(place)}.${path.join('.')}`);
  return (
    <ListSection title={meta.title} description={meta.description} addLabel={`Add to ${meta.title}`} onAdd={add}>
      {items.map((item, index) => (
        <RecordItem
          key={index}
          item={item}
          title={`${meta.title} ${String(index + 1)}`}
          path={[...path, String(index)]}
          parameters={parametersAt(index)}
          context={context}
          render={render}
          onMove={(by) => set(items.toSpliced(index, 1).toSpliced(index + by, 0, item))}
          canMove={{ up: index > 0, down: index < items.length - 1 }}
          onRemove={() => set(items.toSpliced(index, 1))}
        />
      ))}
      {own.map((problem) => (
        <li key={problem.code} className={styles['error']}>
          {problemText(problem)}
        </li>
      ))}
    </ListSection>
  );
}

interface RecordItemProps {
  readonly item: Item;
  readonly title: string;
  readonly path: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly context: FormContext;
  readonly render: RenderFields;
  readonly canMove: { readonly up: boolean; readonly down: boolean };
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

function RecordItem(props: RecordItemProps): ReactElement {
  const { item, title, path, parameters, context, render, canMove, onMove, onRemove } = props;
  const { name } = item;
  const isNamed = typeof name === 'string' && parameters.some((parameter) => parameter.name === 'name');
  const rest = parameters.filter((parameter) => !isNamed || parameter.name !== 'name');
  const first = rest.filter((parameter) => standsFirst(parameter, rest, item));
  const others = rest.filter((parameter) => !first.includes(parameter));
  return (
    <li className={styles['record']} aria-label={title}>
      <div className={styles['recordHead']}>
        {isNamed ? (
          <ListCell nodeId={context.nodeId} path={[...path, 'name']} label={`Name of ${title}`} value={name} />
        ) : (
          <span>{title}</span>
        )}
        <MoveButton title={title} isUp isOff={!canMove.up} onMove={onMove} />
        <MoveButton title={title} isUp={false} isOff={!canMove.down} onMove={onMove} />
        <button type="button" className={styles['remove']} aria-label={`Remove ${title}`} onClick={onRemove}>
          <X size={14} aria-hidden />
        </button>
      </div>
      {render(first, item)}
      {others.length > 0 && (
        <details className={styles['others']}>
          <summary>More</summary>
          {render(others, item)}
        </details>
      )}
    </li>
  );
}

interface MoveButtonProps {
  readonly title: string;
  readonly isUp: boolean;
  readonly isOff: boolean;
  readonly onMove: (by: 1 | -1) => void;
}

function MoveButton({ title, isUp, isOff, onMove }: MoveButtonProps): ReactElement {
  const Icon = isUp ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      className={styles['more']}
      aria-label={`Move ${title} ${isUp ? 'up' : 'down'}`}
      disabled={isOff}
      onClick={() => onMove(isUp ? -1 : 1)}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

/** In view at once: what has to be said, what was said, and the choice that matters most. */
function standsFirst(
  { name, initial, isOptional, meta, entry }: Parameter,
  all: readonly Parameter[],
  item: Item,
): boolean {
  if (all.length <= 2 || meta.control === 'expression' || meta.standsFirst === true) return true;
  const isSet = item[name] !== undefined && item[name] !== initial;
  const firstChoice = all.find((other) => other.entry.kind === 'choice')?.name;
  return (initial === undefined && !isOptional) || isSet || (entry.kind === 'choice' && name === firstChoice);
}
