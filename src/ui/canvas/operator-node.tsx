import { CircleAlert, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { ReactElement } from 'react';
import type { NodeProps } from 'reactflow';
import { isNodeChanged } from '../../app/changed-nodes.ts';
import { useAnalysis } from '../../app/document-analysis.ts';
import { displayName, findFace } from '../../app/document-catalog.ts';
import { nodeById } from '../../app/document-index.ts';
import { takesRefusedRowsOnly } from '../../app/main-output.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useWatchedNodes } from '../../app/travel/watched-nodes.ts';
import { useProblemsOf } from '../timeline/use-all-problems.ts';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { useIsFar } from './far-nodes.ts';
import type { OperatorFlowNode } from './flow-nodes.ts';
import { LateCount, NodeCounts } from './node-counts.tsx';
import { NodePorts } from './node-ports.tsx';
import { partId } from './spoken-name.ts';
import { TimeMark } from './time-mark.tsx';
import styles from './operator-node.module.css';

type OperatorNodeProps = Pick<NodeProps<OperatorFlowNode>, 'id'>;

/** One operator. Knows its id alone; everything shown is looked up by it. Nothing of it is drawn anew for its place. */
export const OperatorNode = memo(function OperatorNode({ id }: OperatorNodeProps): ReactElement | null {
  const node = useDocumentStore((state) => nodeById(state.document, id));
  const line = useAnalysis((state) => state.lines.get(id));
  const isIdle = useRunStore((state) => state.nodes[id] === undefined);
  const problems = useProblemsOf(id);
  const error = problems.find((problem) => problem.severity === 'error');
  const hasError = error !== undefined;
  const isChanged = useIsChanged(id);
  const isFar = useIsFar(id);
  const hasBreakpoint = useWatchedNodes(({ ids }) => ids.has(id));
  const face = node === undefined ? null : findFace(node.type);
  const isSmall = useDocumentStore((state) => takesRefusedRowsOnly(state.document, id));
  if (node === undefined || face === null) return null;
  const name = displayName(node);
  return (
    <article
      className={styles['node']}
      aria-label={name}
      data-group={face.group}
      data-small={isSmall ? '' : undefined}
      data-far={isFar ? '' : undefined}
      data-idle={isIdle ? '' : undefined}
      data-severity={problems.length === 0 ? undefined : hasError ? 'error' : 'warning'}
    >
      <header className={styles['head']}>
        <span
          id={partId(id, 'kind')}
          className={styles['tile']}
          data-stateful={face.stateful ? '' : undefined}
          role="img"
          aria-label={face.title}
        >
          <NodeGlyph kind={node.type} config={node.config} />
        </span>
        <b id={partId(id, 'name')} title={name}>
          {name}
        </b>
        {isSmall && <LateCount nodeId={id} />}
      </header>
      {!isSmall && (
        <>
          <p id={partId(id, 'line')} className={styles['line']} title={error?.message ?? line}>
            {error?.message ?? line}
          </p>
          <NodeCounts nodeId={id} face={face} />
        </>
      )}
      {isChanged && (
        <span className={styles['changed']} role="img" aria-label="Changed since the run began" title={CHANGED_HINT} />
      )}
      {problems.length > 0 && <ProblemBadge id={partId(id, 'problems')} count={problems.length} isError={hasError} />}
      {hasBreakpoint && (
        <span
          id={partId(id, 'breakpoint')}
          className={styles['breakpoint']}
          role="img"
          aria-label="Breakpoint"
          title="A run stops here"
        />
      )}
      <NodePorts nodeId={id} name={name} face={face} isSmall={isSmall} />
      <TimeMark nodeId={id} />
    </article>
  );
}, isSameNode);

function isSameNode(a: OperatorNodeProps, b: OperatorNodeProps): boolean {
  return a.id === b.id;
}

const CHANGED_HINT = 'Changed since the run began';

function useIsChanged(id: string): boolean {
  const before = useRunStore(({ isChanged, edits, began }) => (isChanged || edits.length > 0 ? began : null));
  return useDocumentStore((state) => before !== null && isNodeChanged(before, state.document, id));
}

interface ProblemBadgeProps {
  readonly id: string;
  readonly count: number;
  readonly isError: boolean;
}

function ProblemBadge({ id, count, isError }: ProblemBadgeProps): ReactElement {
  const Icon = isError ? CircleAlert : TriangleAlert;
  const what = `${count} ${count === 1 ? 'problem' : 'problems'}`;
  return (
    <span
      id={id}
      className={styles['problems']}
      data-severity={isError ? 'error' : 'warning'}
      role="img"
      aria-label={what}
      title={what}
    >
      <Icon size={11} aria-hidden />
      {count}
    </span>
  );
}
