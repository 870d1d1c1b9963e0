import type { KeyboardEvent, ReactElement } from 'react';
import { useMemo } from 'react';
import { nodesInOrder } from '../../app/document-order.ts';
import type { Problem } from '../../stream/problem.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { focusNode } from '../canvas/focus-node.ts';
import { Button } from '../theme/button.tsx';
import { openPalette } from '../shell/command-palette/palette-scope.ts';
import { useAllProblems } from '../timeline/use-all-problems.ts';
import styles from './graph-list.module.css';
import { NodeRow } from './node-row.tsx';

const COLUMNS = ['Name', 'Does', 'From', 'To', 'In', 'Out', 'Dropped', 'Problems'] as const;
const NUMBERS: readonly string[] = ['In', 'Out', 'Dropped'];

/**
 * The graph as a list, from sources to sinks: everything that the picture says, and everything that can be done there, for
 * those who do not see or point.
 */
export function GraphList(): ReactElement {
  const nodes = useDocumentStore((state) => state.document.nodes);
  const edges = useDocumentStore((state) => state.document.edges);
  const layout = useDocumentStore((state) => state.document.layout);
  const selected = useDocumentStore((state) => state.selection.nodeIds);
  const order = useMemo(() => nodesInOrder({ nodes, edges, layout }), [nodes, edges, layout]);
  const problems = useProblemsByNode();
  const current = order.find((id) => id === selected.at(-1)) ?? order[0];
  return (
    <section className={styles['list']} aria-label="Graph as a list">
      {order.length === 0 ? (
        <p className={styles['none']}>
          The graph is empty. <Button onClick={() => openPalette({ kind: 'all' })}>Add an operator</Button>
        </p>
      ) : (
        <table
          role="grid"
          aria-label="Nodes"
          aria-multiselectable
          className={styles['table']}
          onKeyDown={(event) => walk(event, order)}
        >
          <thead role="rowgroup">
            <tr role="row">
              {COLUMNS.map((title) => (
                <th
                  key={title}
                  scope="col"
                  role="columnheader"
                  data-align={NUMBERS.includes(title) ? 'end' : undefined}
                >
                  {title}
                </th>
              ))}
              <th scope="col" role="columnheader">
                <span className={styles['hidden']}>Actions</span>
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {order.map((id) => (
              <NodeRow
                key={id}
                nodeId={id}
                isCurrent={id === current}
                isSelected={selected.includes(id)}
                problems={problems.get(id) ?? NONE}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const NONE: readonly Problem[] = [];

function useProblemsByNode(): ReadonlyMap<string | null, readonly Problem[]> {
  const problems = useAllProblems();
  return useMemo(() => {
    const byNode = new Map<string | null, Problem[]>();
    for (const problem of problems) byNode.set(problem.nodeId, [...(byNode.get(problem.nodeId) ?? []), problem]);
    return byNode;
  }, [problems]);
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Arrows go from row to row and select, with Shift one more. */
function walk(event: KeyboardEvent, order: readonly string[]): void {
  const step = STEPS[event.key];
  const row = event.target instanceof HTMLElement ? event.target.dataset['nodeRow'] : undefined;
  if (step === undefined || row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const next = order[step(order.indexOf(row), order.length - 1)];
  if (next === undefined) return;
  const { select, selection } = useDocumentStore.getState();
  const others = event.shiftKey ? selection.nodeIds.filter((id) => id !== next) : [];
  select({ nodeIds: [...others, next], edgeKeys: [] });
  focusNode(next);
}
