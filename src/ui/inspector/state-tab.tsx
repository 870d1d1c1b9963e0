import type { ReactElement } from 'react';
import type { DocumentNode } from '../../app/document-store.ts';
import type { NodeStats } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import type { OpenWindow, StateLook } from '../../stream/state-look.ts';
import { useWindowEnd } from '../charts/use-window-end.ts';
import {
  formatBytes,
  formatCount,
  formatExactCount,
  formatTime,
  formatTimeExact,
  formatWindowShort,
} from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import { FiringSection } from './firing-section.tsx';
import styles from './inspector.module.css';
import { useLooks } from './use-looks.ts';

/** What the node keeps between two events, as the engine has it now. */
export function StateTab({ node, definition }: { node: DocumentNode; definition: NodeDefinition }): ReactElement {
  const stats = useRunStore((state) => state.nodes[node.id]);
  if (!definition.stateful && (stats === undefined || stats.stateRows === 0)) {
    return <p className={styles['note']}>{statelessText(definition)}</p>;
  }
  if (stats === undefined) return <p className={styles['note']}>Nothing has run yet: there is no state.</p>;
  return (
    <>
      <Sizes stats={stats} />
      <Contents node={node} />
      <FiringSection nodeId={node.id} />
    </>
  );
}

function statelessText({ group, title }: NodeDefinition): string {
  if (group === 'sources')
    return 'A source hands on what it reads and keeps no row; its watermark is all that it remembers.';
  if (group === 'sinks') return 'A sink takes what arrives and holds nothing back.';
  return `${title} looks at each row by itself and keeps nothing for the next one.`;
}

function Sizes({ stats }: { stats: NodeStats }): ReactElement {
  const word = useTimeWord();
  const source = (field: string): string => `ledger:${stats.nodeId}:${field}`;
  return (
    <section className={styles['section']} aria-label="Size">
      <h3 className={styles['heading']}>Kept now</h3>
      <dl className={styles['sum']}>
        <div>
          <dt>input rows held</dt>
          <dd title={formatExactCount(stats.held)} data-source={source('held')}>
            {formatCount(stats.held)}
          </dd>
        </div>
        <div>
          <dt>entries of state</dt>
          <dd title={formatExactCount(stats.stateRows)} data-source={source('stateRows')}>
            {formatCount(stats.stateRows)}
          </dd>
        </div>
        <div>
          <dt>size</dt>
          <dd title={formatExactCount(stats.stateBytes)}>{formatBytes(stats.stateBytes)}</dd>
        </div>
      </dl>
      {stats.watermarkMs !== null && (
        <p className={styles['dim']}>
          The {word} stands at {formatTime(stats.watermarkMs)}.
        </p>
      )}
    </section>
  );
}

function Contents({ node }: { node: DocumentNode }): ReactElement | null {
  const look = useLooks(node.id, () => useRunStore.getState().stateOf(node.id));
  if (look === null) return null;
  return (
    <>
      {look.parts.length > 0 && <Parts look={look} />}
      {look.windows.length > 0 && <Windows nodeId={node.id} look={look} />}
    </>
  );
}

function Parts({ look: { parts } }: { look: StateLook }): ReactElement {
  return (
    <section className={styles['section']} aria-label="What is kept">
      <h3 className={styles['heading']}>What is kept</h3>
      <dl className={styles['sum']}>
        {parts.map(({ what, count }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd title={formatExactCount(count)}>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Windows({ nodeId, look: { windows, openWindows } }: { nodeId: string; look: StateLook }): ReactElement {
  const word = useTimeWord();
  const close = useWindowEnd(nodeId);
  const rest = openWindows - windows.length;
  return (
    <section className={styles['section']} aria-label="Open windows">
      <h3 className={styles['heading']}>
        Open windows <span className={styles['dim']}>{formatCount(openWindows)}</span>
      </h3>
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Windows in order">
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">window</th>
              <th scope="col" data-align="end">
                keys
              </th>
              <th scope="col" data-align="end">
                rows
              </th>
              <th scope="col">until {word}</th>
            </tr>
          </thead>
          <tbody>
            {windows.map((window) => (
              <tr key={window.startMs}>
                <td>{close(formatWindowShort(window.startMs, window.endMs))}</td>
                <td data-align="end">{formatCount(window.keys)}</td>
                <td data-align="end">{formatCount(window.rows)}</td>
                <td>{untilText(window)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && <p className={styles['dim']}>and {formatCount(rest)} after them</p>}
    </section>
  );
}

function untilText({ untilMs, hasFired }: OpenWindow): string {
  return `${formatTimeExact(untilMs)} ${hasFired ? 'kept for late rows' : 'fires'}`;
}
