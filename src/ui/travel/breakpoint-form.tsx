import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Watch } from '../../app/run-state.ts';
import { useMarks } from '../../app/travel/marks-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { ExpressionInput } from '../inspector/expression-input.tsx';
import { problemText } from '../inspector/field.tsx';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { useTravelPanels } from './travel-panel-store.ts';
import { watchWords } from './watch-words.ts';
import styles from './travel-panels.module.css';

type Kind = Exclude<Watch['kind'], 'watermark'>;

const KINDS: readonly (readonly [Kind, string])[] = [
  ['drop', 'Drop'],
  ['firing', 'Firing'],
  ['condition', 'Row for which'],
  ['anomaly', 'Ledger anomaly'],
];
const ANY = '';

interface Draft {
  readonly kind: Kind;
  readonly nodeId: string;
  readonly side: 'in' | 'out';
  readonly condition: string;
}

/** One more breakpoint. What is wrong with a condition is said at its place, and then there is none. */
export function BreakpointForm(): ReactElement {
  const asked = useTravelPanels((state) => state.draft);
  const nodes = useDocumentStore((state) => state.document.nodes);
  const [draft, setDraft] = useState<Draft>(() => firstDraft(asked?.nodeId ?? null));
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const errorId = useId();
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part });
    setProblems([]);
  };
  const isCondition = draft.kind === 'condition';
  const nodeId = isCondition && draft.nodeId === ANY ? (nodes[0]?.id ?? ANY) : draft.nodeId;
  const add = async (): Promise<void> => {
    const watch = watchOf({ ...draft, nodeId });
    const found = await useMarks.getState().addBreakpoint(watch);
    setProblems(found);
    if (found.length > 0) return;
    announce(`Breakpoint: ${watchWords(watch, nodes)}.`);
    if (isCondition) setDraft({ ...draft, condition: '' });
  };
  return (
    <form
      className={styles['add']}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label>
        Stop at
        <select value={draft.kind} onChange={(event) => change({ kind: event.target.value as Kind })}>
          {KINDS.map(([kind, title]) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Node
        <select value={nodeId} onChange={(event) => change({ nodeId: event.target.value })}>
          {!isCondition && <option value={ANY}>Any node</option>}
          {nodes.map((node) => (
            <option key={node.id} value={node.id}>
              {displayName(node)}
            </option>
          ))}
        </select>
      </label>
      {isCondition && (
        <ConditionField
          draft={{ ...draft, nodeId }}
          problems={problems}
          errorId={errorId}
          onChange={change}
          onEnter={() => void add()}
        />
      )}
      {problems.length > 0 && (
        <p id={errorId} role="alert" data-wrong>
          {problems.map(problemText).join(' ')}
        </p>
      )}
      <Button type="submit" isSmall>
        Add breakpoint
      </Button>
    </form>
  );
}

/** About the node that it was asked for, else about drops of any. */
function firstDraft(nodeId: string | null): Draft {
  return { kind: nodeId === null ? 'drop' : 'condition', nodeId: nodeId ?? ANY, side: 'in', condition: '' };
}

function watchOf({ kind, nodeId, side, condition }: Draft): Watch {
  if (kind === 'condition') return { kind, nodeId, side, condition };
  return { kind, nodeId: nodeId === ANY ? null : nodeId };
}

interface ConditionFieldProps {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
  readonly errorId: string;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onEnter: () => void;
}

function ConditionField({ draft, problems, errorId, onChange, onEnter }: ConditionFieldProps): ReactElement {
  const { nodeId, side, condition } = draft;
  const streams = useAnalysis((state) => state.streams.get(nodeId));
  const type = side === 'in' ? streams?.inputs[0]?.type : streams?.outputs['out'];
  const fieldId = useId();
  return (
    <>
      <label>
        Rows that
        <select value={side} onChange={(event) => onChange({ side: event.target.value === 'out' ? 'out' : 'in' })}>
          <option value="in">come into it</option>
          <option value="out">leave it</option>
        </select>
      </label>
      <div
        className={styles['condition']}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.defaultPrevented) return;
          event.preventDefault();
          onEnter();
        }}
      >
        <label htmlFor={fieldId}>Condition</label>
        <ExpressionInput
          ids={{
            id: fieldId,
            'aria-describedby': problems.length > 0 ? errorId : undefined,
            'aria-invalid': problems.length > 0,
          }}
          label="Condition"
          text={condition}
          problems={problems}
          columns={type?.schema.fields ?? []}
          placeholder="page = '/cart'"
          onChange={(text) => onChange({ condition: text })}
          onLeave={() => undefined}
        />
      </div>
    </>
  );
}
