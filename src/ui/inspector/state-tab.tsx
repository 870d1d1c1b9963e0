import type { ReactElement } from 'react';
import type { DocumentNode } from '../../app/document-store.ts';
import type { StateReport } from '../../app/run-state.ts';
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
import { JoinBuffersView } from './join-buffers-view.tsx';
import { LedgerSection } from './ledger-section.tsx';
import { StateContentsSection } from './state-contents.tsx';
import { StateLanesView } from './state-lanes-view.tsx';
import { StateMarksSection } from './state-marks.tsx';
import { useLooks } from './use-looks.ts';

/** What the node keeps between two events, as the engine has it now. */
export function StateTab({ node, definition }: { node: DocumentNode; definition: NodeDefinition }): ReactElement {
  const report = useLooks(node.id, () => useRunStore.getState().stateOf(node.id));
  const stats = useRunStore((state) => state.nodes[node.id]);
  if (!definition.stateful && (stats === undefined || stats.stateRows === 0)) {
    return (
      <>
        <p className={styles['note']}>{statelessText(definition)}</p>
        <StateMarksSection marks={report?.marks ?? []} />
        <LedgerSection nodeId={node.id} isSource={definition.group === 'sources'} />
      </>
    );
  }
  if (report === null) return <p className={styles['note']}>Nothing has run yet: there is no state.</p>;
  return <Kept node={node} report={report} />;
}

function Kept({ node, report }: { node: DocumentNode; report: StateReport }): ReactElement {
  const { look, marks, watermarkMs } = report;
  return (
    <>
      <Sizes report={report} />
      {look !== null && <StateLanesView nodeId={node.id} look={look} watermarkMs={watermarkMs} />}
      {look !== null && <JoinBuffersView look={look} keys={joinKeys(node)} watermarkMs={watermarkMs} />}
      {look !== null && look.parts.length > 1 && <Parts look={look} />}
      {look !== null && look.windows.length > 0 && <Windows nodeId={node.id} look={look} />}
      {look?.contents.map((contents) => (
        <StateContentsSection key={contents.what} nodeId={node.id} contents={contents} />
      ))}
      <FiringSection nodeId={node.id} />
      <StateMarksSection marks={marks} />
      <LedgerSection nodeId={node.id} isSource={false} />
    </>
  );
}

/** The columns that must be equal, of either side of a join. */
function joinKeys({ config }: DocumentNode): readonly [readonly string[], readonly string[]] {
  return [namesIn(config['leftKeys']), namesIn(config['rightKeys'])];
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function statelessText({ group, title }: NodeDefinition): string {
  if (group === 'sources')
    return 'A source hands on what it reads and keeps no row; its watermark is all that it remembers.';
  if (group === 'sinks') return 'A sink takes what arrives and holds nothing back.';
  return `${title} looks at each row by itself and keeps nothing for the next one.`;
}

function Sizes({ report: { held, rows, bytes, watermarkMs } }: { report: StateReport }): ReactElement {
  const word = useTimeWord();
  const figures = [
    ['input rows held', formatCount(held), formatExactCount(held)],
    ['entries of state', formatCount(rows), formatExactCount(rows)],
    ['size', formatBytes(bytes), formatExactCount(bytes)],
  ] as const;
  return (
    <section className={styles['section']} aria-label="Size">
      <h3 className={styles['heading']}>Kept now</h3>
      <dl className={styles['sum']}>
        {figures.map(([title, text, exact]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd title={exact}>{text}</dd>
          </div>
        ))}
      </dl>
      {watermarkMs !== null && (
        <p className={styles['dim']}>
          The {word} stands at {formatTime(watermarkMs)}.
        </p>
      )}
    </section>
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
              <th scope="col" data-wraps>
                until {word}
              </th>
            </tr>
          </thead>
          <tbody>
            {windows.map((window) => (
              <tr key={window.startMs}>
                <td>{close(formatWindowShort(window.startMs, window.endMs))}</td>
                <td data-align="end">{formatCount(window.keys)}</td>
                <td data-align="end">{formatCount(window.rows)}</td>
                <td data-wraps>{untilText(window)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && <p className={styles['dim']}>and {formatCount(rest)} after them</p>}
    </section>
  );
}

function untilText({ untilMs, hasFired, goesMs }: OpenWindow): string {
  if (hasFired) return `${formatTimeExact(untilMs)} kept for late rows`;
  return `${formatTimeExact(untilMs)} fires${goesMs > untilMs ? `, ${formatTimeExact(goesMs)} goes` : ''}`;
}
