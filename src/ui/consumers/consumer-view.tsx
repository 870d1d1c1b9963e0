import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import type { ScreenConsumer } from '../../app/consumers/consumer-store.ts';
import { lookAtConsumers, reportOf, useConsumers } from '../../app/consumers/consumer-store.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { BranchDifferences } from '../branches/branch-differences.tsx';
import { SideNamesContext } from '../branches/side-names.ts';
import { announce } from '../theme/announce.ts';
import { formatExactCount } from '../theme/format.ts';
import tables from '../timeline/tables.module.css';
import { AddConsumer } from './add-consumer.tsx';
import { ConsumerRow, RunRow } from './consumer-row.tsx';
import { lossWords } from './consumer-words.ts';
import { useConsumerComparison } from './use-consumer-comparison.ts';
import styles from './consumers.module.css';

/** Everybody who reads the log: the run that writes it, and consumers at offsets and speeds of their own. */
export function ConsumerView(): ReactElement {
  const consumers = useConsumers((state) => state.consumers);
  const shown = useConsumers((state) => state.shown);
  const position = useRunStore((state) => state.position);
  const watched = useRunStore((state) => state.watched);
  const lost = useConsumers((state) => state.lost);
  useEffect(() => void lookAtConsumers(), [position, watched]);
  useEffect(() => {
    if (lost > 0) announce('A consumer could not be brought back. Add it again.', 'urgent');
  }, [lost]);
  const consumer = consumers.find(({ id }) => id === shown) ?? null;
  return (
    <div className={styles['view']}>
      <AddConsumer />
      <div className={styles['parts']} data-compared={consumer === null ? undefined : ''}>
        <Readers consumers={consumers} shown={shown} />
        {consumer !== null && <Compared key={consumer.id} consumer={consumer} />}
      </div>
    </div>
  );
}

interface ReadersProps {
  readonly consumers: readonly ScreenConsumer[];
  readonly shown: string | null;
}

function Readers({ consumers, shown }: ReadersProps): ReactElement {
  const written = useConsumers((state) => state.report?.written ?? 0);
  const watched = useRunStore((state) => state.watched);
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === watched));
  const of = node === undefined ? '' : ` of ${displayName(node)}`;
  return (
    <div className={tables['box']} tabIndex={0} role="region" aria-label="Readers of the log">
      <table className={`${tables['table'] ?? ''} ${styles['table'] ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">reader</th>
            <th scope="col" className={styles['laneHead']}>
              the log: {formatExactCount(written)} {written === 1 ? 'entry' : 'entries'} written
            </th>
            <th scope="col" data-align="end">
              offset
            </th>
            <th scope="col" data-align="end" title="Entries that are written and not read yet">
              lag
            </th>
            <th scope="col" data-align="end">
              watermark
            </th>
            <th scope="col" data-align="end" title={`Results${of}`}>
              results
            </th>
            <th scope="col" data-align="end" title={`Late rows${of}`}>
              dropped
            </th>
            <th scope="col" data-align="end" title={`Rows${of} that can still be in a result`}>
              held
            </th>
            <th scope="col">
              <span className={tables['hidden']}>controls</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <RunRow />
          {consumers.map((consumer) => (
            <ConsumerRow key={consumer.id} consumer={consumer} isShown={consumer.id === shown} />
          ))}
        </tbody>
      </table>
      {consumers.length === 0 && (
        <p className={styles['none']}>
          A consumer reads the same log by itself, with windows and a watermark of its own. Add one from latest while
          the run goes on: it never sees the events before, so its first windows lack them.
        </p>
      )}
    </div>
  );
}

/** What its start costs a consumer, result by result. */
function Compared({ consumer }: { consumer: ScreenConsumer }): ReactElement {
  const comparison = useConsumers((state) => state.comparison);
  const report = useConsumers((state) => reportOf(state.report, consumer.id));
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === comparison?.node?.nodeId));
  useConsumerComparison(consumer.id);
  const name = node === undefined ? '' : displayName(node);
  const words = comparison === null ? '' : lossWords(comparison, comparison.node?.nodeId ?? null, name);
  useSpoken(consumer.name, report?.status.kind === 'running' && report.lagEntries > 0 ? '' : words);
  if (comparison === null) return <p className={styles['none']}>Reading the whole log beside {consumer.name}…</p>;
  return (
    <div className={styles['compared']}>
      <p className={styles['loss']}>
        <b>{words}</b>
      </p>
      <SideNamesContext value={{ run: 'a full read', branch: consumer.name }}>
        <BranchDifferences comparison={comparison} />
      </SideNamesContext>
    </div>
  );
}

/** Said once it stands, or has caught up: on the way the sentence is another one each time. */
function useSpoken(name: string, words: string): void {
  const said = useRef('');
  useEffect(() => {
    if (words === '' || words === said.current) return undefined;
    const timer = setTimeout(() => {
      said.current = words;
      announce(`${name}. ${words}`);
    }, 1_000);
    return () => clearTimeout(timer);
  }, [name, words]);
}
