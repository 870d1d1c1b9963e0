import { Plus, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { TriggerPart, TriggerRecord } from '../../app/document-triggers.ts';
import { isTrigger, newTrigger, partsOf, triggerNamesOf } from '../../app/document-triggers.ts';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import type { Notation } from './notations.ts';
import { durationNotation } from './notations.ts';
import panel from './inspector.module.css';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { textProblem } from './use-draft.ts';
import { useNotationDraft } from './use-notation-draft.ts';

/** The tree of a window's trigger, each level indented under the one that holds it. */
export function TriggerField({ nodeId, parameter, value, problems }: ParameterFieldProps): ReactElement | null {
  const dialect = useDocumentStore((state) => state.document.dialect);
  const names = triggerNamesOf(dialect);
  if (names.length === 0 && value === undefined) return null;
  return (
    <section className={panel['section']} aria-label={parameter.meta.title}>
      <h3 className={panel['heading']} title={parameter.meta.description}>
        {parameter.meta.title}
      </h3>
      <TriggerTree nodeId={nodeId} path={parameter.path} value={value} names={names} none="by the emission" />
      {problems.map((problem) => (
        <p key={`${problem.path} ${problem.message}`} className={styles['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
    </section>
  );
}

interface TreeProps {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly value: unknown;
  readonly names: readonly string[];
  /** What is meant when there is no trigger here; absent where there must be one. */
  readonly none?: string;
}

function TriggerTree({ nodeId, path, value, names, none }: TreeProps): ReactElement {
  const trigger = isTrigger(value) ? value : null;
  const set = (next: unknown): void => void trySetting(nodeId, path, next);
  return (
    <div className={styles['trigger']}>
      <div className={styles['input']}>
        <select
          aria-label={`Trigger ${path.slice(2).join(' ')}`.trim()}
          value={trigger?.on ?? ''}
          onChange={({ target }) => set(target.value === '' ? undefined : newTrigger(target.value, names))}
        >
          {none !== undefined && <option value="">{none}</option>}
          {trigger !== null && !names.includes(trigger.on) && <option value={trigger.on}>{trigger.on}</option>}
          {names.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
      </div>
      {trigger !== null &&
        partsOf(trigger.on).map((part) => (
          <TriggerPartField key={part.name} nodeId={nodeId} path={path} trigger={trigger} part={part} names={names} />
        ))}
    </div>
  );
}

interface PartProps {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly trigger: TriggerRecord;
  readonly part: TriggerPart;
  readonly names: readonly string[];
}

function TriggerPartField({ nodeId, path, trigger, part, names }: PartProps): ReactElement {
  const at = [...path, part.name];
  const value = trigger[part.name];
  switch (part.kind) {
    case 'rows':
    case 'duration':
      return <FigureField nodeId={nodeId} path={at} part={part} value={value} />;
    case 'trigger':
    case 'part':
      return (
        <div className={styles['branch']}>
          <small>{part.title}</small>
          <TriggerTree
            nodeId={nodeId}
            path={at}
            value={value}
            names={names}
            {...(part.kind === 'part' ? { none: 'none' } : {})}
          />
        </div>
      );
    case 'triggers':
      return <TriggerList nodeId={nodeId} path={at} value={value} names={names} />;
  }
}

function TriggerList({ nodeId, path, value, names }: Omit<TreeProps, 'none'>): ReactElement {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const set = (next: readonly unknown[]): void => void trySetting(nodeId, path, next);
  return (
    <div className={styles['branch']}>
      <small>of</small>
      {list.map((item, index) => (
        <div key={index} className={styles['listed']}>
          <TriggerTree nodeId={nodeId} path={[...path, String(index)]} value={item} names={names} />
          {list.length > 1 && (
            <button
              type="button"
              className={styles['remove']}
              aria-label={`Remove trigger ${index + 1}`}
              onClick={() => set(list.toSpliced(index, 1))}
            >
              <X size={14} aria-hidden />
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className={styles['add']}
        aria-label="Add a trigger"
        onClick={() => set([...list, newTrigger(names[0] ?? 'never', names)])}
      >
        <Plus size={14} aria-hidden />
      </button>
    </div>
  );
}

interface FigureProps {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly part: TriggerPart;
  readonly value: unknown;
}

const DURATION = durationNotation(undefined);

const ROWS: Notation = {
  write: (value) => (typeof value === 'number' ? String(value) : ''),
  read: (text) =>
    /^\d{1,9}$/.test(text.trim()) ? { value: Number(text) } : { problems: textProblem('Not a whole number.') },
  explain: () => '',
};

function FigureField({ nodeId, path, part, value }: FigureProps): ReactElement {
  const notation = part.kind === 'duration' ? DURATION : ROWS;
  const field = useNotationDraft({ nodeId, path, notation, value });
  return (
    <>
      <div className={styles['input']} data-invalid={field.problems.length > 0 ? '' : undefined}>
        <span className={styles['unit']}>{part.title}</span>
        <input
          type="text"
          aria-label={part.title}
          autoComplete="off"
          spellCheck={false}
          value={field.text}
          onChange={(event) => field.change(event.target.value)}
          onBlur={field.leave}
          onKeyDown={field.onKeyDown}
        />
      </div>
      {field.problems.map((problem) => (
        <p key={problem.message} className={styles['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
    </>
  );
}
