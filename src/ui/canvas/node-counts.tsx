import type { ReactElement } from 'react';
import { FATE_WORDS, FATES } from '../../app/fates.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { NodeFace } from '../../stream/node-definition.ts';
import { formatCount, formatExactCount, formatRate } from '../theme/format.ts';
import { LedgerBar } from './ledger-bar.tsx';
import { partId } from './spoken-name.ts';
import styles from './operator-node.module.css';

interface Count {
  readonly label: string;
  /** The ledger's name of the figure. */
  readonly field: string;
  readonly value: number | undefined;
  readonly tone?: 'dropped';
}

type NodeFigures = ReturnType<typeof useRunStore.getState>['nodes'][string];

/** At most three, each a part of the node's ledger. */
function countsOf(face: NodeFace, stats: NodeFigures | undefined): readonly Count[] {
  const out = face.outputs.find((port) => port.name === 'out');
  const input: Count = { label: face.group === 'sinks' ? 'rows' : 'in', field: 'in', value: stats?.in };
  const output: Count = { label: out?.title ?? 'out', field: 'emitted.out', value: stats && (stats.emitted.out ?? 0) };
  if (face.group === 'sinks') return [input];
  if (face.group === 'sources') return stats !== undefined && stats.rejected > 0 ? [output, rest(stats)] : [output];
  if (face.outputs.some((port) => port.name === 'late')) {
    const dropped: Count = { label: 'dropped', field: 'late', value: stats?.late };
    return [input, output, stats !== undefined && stats.late > 0 ? { ...dropped, tone: 'dropped' } : dropped];
  }
  if (face.kind === 'filter') return [input, output, { label: 'filtered', field: 'filtered', value: stats?.filtered }];
  return stats === undefined || stats.in === stats.used ? [input, output] : [input, output, rest(stats)];
}

/** What became of most rows that are in no result. */
function rest(stats: NodeFigures): Count {
  const [label] = (['rejected', 'unmatched', 'filtered', 'held'] as const).toSorted((a, b) => stats[b] - stats[a]);
  return { label: label ?? 'rejected', field: label ?? 'rejected', value: stats[label ?? 'rejected'] };
}

/** The whole sum, for whoever points at the counts. */
function sumText(stats: NodeFigures | undefined): string | undefined {
  if (stats === undefined) return undefined;
  const parts = FATES.filter((fate) => fate === 'used' || stats[fate] > 0).map(
    (fate) => `${formatExactCount(stats[fate])} ${FATE_WORDS[fate]}`,
  );
  const rate = stats.ratePerSec === null ? '' : ` · ${formatRate(stats.ratePerSec)} out`;
  return `${formatExactCount(stats.in)} in = ${parts.join(' + ')}${rate}`;
}

/** Nothing where every digit is on the screen: the sum is worth more then. */
function exactIfCut(value: number | undefined): string | undefined {
  const exact = formatExactCount(value);
  return exact === formatCount(value) ? undefined : exact;
}

/** Digits of all counts that still stand beside each other at full size. */
const ROOMY_CHARS = 16;

/** Subscribes to this node's figures alone: a tick of the run redraws this part and nothing else of the canvas. */
export function NodeCounts({ nodeId, face }: { nodeId: string; face: NodeFace }): ReactElement {
  const stats = useRunStore((state) => state.nodes[nodeId]);
  const counts = countsOf(face, stats);
  const chars = counts.reduce((sum, { value }) => sum + formatCount(value).length, 0);
  return (
    <>
      <dl
        id={partId(nodeId, 'counts')}
        className={styles['counts']}
        title={sumText(stats)}
        data-dense={chars > ROOMY_CHARS ? '' : undefined}
      >
        {counts.map(({ label, field, value, tone }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd data-tone={tone} data-source={`ledger:${nodeId}:${field}`} title={exactIfCut(value)}>
              {formatCount(value)}
            </dd>
          </div>
        ))}
        {stats?.idle === true && face.group === 'sources' && (
          <div className={styles['quiet']} title="Nothing came for a while: it holds no watermark back">
            idle
          </div>
        )}
      </dl>
      <LedgerBar counts={stats} size="node" className={styles['bar']} />
    </>
  );
}

/** How many late rows a sink collected, beside its name. */
export function LateCount({ nodeId }: { nodeId: string }): ReactElement {
  const rows = useRunStore((state) => state.nodes[nodeId]?.in);
  return (
    <span
      id={partId(nodeId, 'counts')}
      className={styles['lateCount']}
      data-tone={rows !== undefined && rows > 0 ? 'dropped' : undefined}
      data-source={`ledger:${nodeId}:in`}
      title={formatExactCount(rows)}
    >
      {formatCount(rows)}
    </span>
  );
}
