import { CircleAlert, Ellipsis, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import { displayName, findFace } from '../../app/document-catalog.ts';
import { neighbourNames } from '../../app/document-neighbours.ts';
import type { Problem } from '../../stream/problem.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { CommandMenu } from '../shell/command-menu.tsx';
import { Button } from '../theme/button.tsx';
import { formatCount } from '../theme/format.ts';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import styles from './graph-list.module.css';

const ACTIONS = [
  ['node.settings', 'node.rename'],
  ['node.add-behind', 'node.connect', 'node.disconnect'],
  ['edit.duplicate', 'edit.copy', 'edit.delete', 'edit.delete-reconnect'],
];

interface NodeRowProps {
  readonly nodeId: string;
  /** Of all rows, the one that Tab reaches. */
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly problems: readonly Problem[];
}

export const NodeRow = memo(function NodeRow({
  nodeId,
  isCurrent,
  isSelected,
  problems,
}: NodeRowProps): ReactElement | null {
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId));
  const from = useDocumentStore((state) => neighbourNames(state.document, nodeId, 'upstream'));
  const to = useDocumentStore((state) => neighbourNames(state.document, nodeId, 'downstream'));
  const line = useAnalysis((state) => state.lines.get(nodeId));
  if (node === undefined) return null;
  const name = displayName(node);
  const { select } = useDocumentStore.getState();
  const selectThis = (): void => {
    if (!isSelected) select({ nodeIds: [nodeId], edgeKeys: [] });
  };
  return (
    <tr role="row" tabIndex={isCurrent ? 0 : -1} data-node-row={nodeId} aria-selected={isSelected} onFocus={selectThis}>
      <th scope="row" role="rowheader">
        <span className={styles['name']}>
          <NodeGlyph kind={node.type} config={node.config} />
          {name}
        </span>
        <small>{findFace(node.type)?.title ?? node.type}</small>
      </th>
      <td role="gridcell" className={styles['line']}>
        {line}
      </td>
      <td role="gridcell" data-column="From">
        {from === '' ? '–' : from}
      </td>
      <td role="gridcell" data-column="To">
        {to === '' ? '–' : to}
      </td>
      <Counts nodeId={nodeId} />
      <td role="gridcell" className={styles['problems']}>
        <Problems problems={problems} />
      </td>
      <td role="gridcell" className={styles['actions']}>
        <CommandMenu
          groups={ACTIONS}
          trigger={
            <Button look="quiet" isIcon isSmall aria-label={`Actions for ${name}`} tabIndex={isCurrent ? 0 : -1}>
              <Ellipsis size={16} aria-hidden />
            </Button>
          }
        />
      </td>
    </tr>
  );
});

/** Redrawn by every tick of the run, and nothing else of the row. */
function Counts({ nodeId }: { nodeId: string }): ReactElement {
  const stats = useRunStore((state) => state.nodes[nodeId]);
  const out = stats === undefined ? undefined : Object.values(stats.emitted).reduce((sum, rows) => sum + rows, 0);
  return (
    <>
      <td role="gridcell" className={styles['number']} data-column="In">
        {formatCount(stats?.in)}
      </td>
      <td role="gridcell" className={styles['number']} data-column="Out">
        {formatCount(out)}
      </td>
      <td
        role="gridcell"
        className={styles['number']}
        data-column="Dropped"
        data-tone={(stats?.late ?? 0) > 0 ? 'dropped' : undefined}
      >
        {formatCount(stats?.late)}
      </td>
    </>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }): ReactElement {
  const [first, ...others] = problems;
  if (first === undefined) return <>–</>;
  const isError = first.severity === 'error';
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <span className={styles['problem']} data-severity={first.severity}>
      <Icon size={14} aria-label={isError ? 'Error' : 'Warning'} />
      {first.message}
      {others.length > 0 && ` And ${String(others.length)} more.`}
    </span>
  );
}
