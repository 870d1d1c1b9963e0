import { Check, GitBranch, X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { balances } from '../../app/fates.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Scrubber } from '../travel/scrubber.tsx';
import { StepMenu } from '../travel/step-menu.tsx';
import { TravelButtons } from '../travel/travel-buttons.tsx';
import { useScrubMarks } from '../travel/use-scrub-marks.ts';
import { Button } from '../theme/button.tsx';
import { NOTHING, formatCount, formatRate } from '../theme/format.ts';
import { later } from '../theme/later.ts';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import { EditProgress } from './edit-progress.tsx';
import type { RunBarProps } from './run-notice.tsx';
import { RunNotice } from './run-notice.tsx';
import { SpeedMenu } from './speed-menu.tsx';
import styles from './run-bar.module.css';

const percent = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** How the run stands, the way through it, and at its end what became of every row. */
export function RunBar({ onShow }: RunBarProps): ReactElement {
  const { kind } = useRunStore((state) => state.status);
  const isPhone = useMedia(PHONE);
  const marks = useScrubMarks();
  return (
    <footer className={styles['bar']} data-status={kind}>
      <RunNotice onShow={onShow} />
      <div className={styles['foot']}>
        <div className={styles['status']}>
          <RunState onShow={onShow} />
          <Position />
        </div>
        <Scrubber marks={marks} />
        <TravelButtons />
        <WhatIf />
        {isPhone && <StepMenu />}
        {isPhone && <SpeedMenu />}
      </div>
    </footer>
  );
}

/** How much of all events the run has taken. At its end the summary says it. */
function Position(): ReactElement | null {
  const { kind } = useRunStore((state) => state.status);
  const { rows, totalRows, progress, rowsPerSec } = useRunStore((state) => state.position);
  if (kind === 'ended') return null;
  return (
    <span className={styles['position']} title={kind === 'running' ? 'Events a second are of real time' : undefined}>
      <b>{formatCount(rows)}</b>
      {totalRows === null ? ' events' : ` of ${formatCount(totalRows)} events`}
      {progress !== null && ` · ${percent.format(Math.floor(progress * 100))}\u00a0%`}
      {kind === 'running' && ` · ${formatRate(rowsPerSec)}`}
    </span>
  );
}

/** Begins a branch where the run stands. */
function WhatIf(): ReactElement {
  const isOpen = useRunStore(({ status }) => status.kind !== 'idle' && status.kind !== 'loading');
  return (
    <Button
      look="quiet"
      isSmall
      disabled={!isOpen}
      title="Run the same events with other settings, and compare"
      onClick={() =>
        later(
          async () => (await import('../branches/start-branch.ts')).startBranch,
          (start) => start(),
        )
      }
    >
      <GitBranch size={14} aria-hidden /> What if
    </Button>
  );
}

function RunState({ onShow }: RunBarProps): ReactElement {
  const status = useRunStore((state) => state.status);
  const hasBegun = useRunStore((state) => state.position.seq > 0);
  const isEditing = useRunStore((state) => state.isEditing);
  const isEarlier = useRunStore(({ edits, position }) => edits.some(({ seq }) => position.seq <= seq));
  const isEmpty = useDocumentStore((state) => state.document.nodes.length === 0);
  if (isEditing) return <EditProgress />;
  switch (status.kind) {
    case 'idle':
      return <State>{isEmpty ? 'Nothing to run yet' : 'Not running'}</State>;
    case 'loading':
      return <Loading progress={status.progress} />;
    case 'running':
      return <State>Running</State>;
    case 'paused':
      if (isEarlier) return <State>Paused before an edit: the graph as it was is in force</State>;
      return <State>{hasBegun ? 'Paused' : 'Ready'}</State>;
    case 'ended':
      return <EndSummary onShow={onShow} />;
    case 'failed':
      return <State>Stopped</State>;
  }
}

/** Opening is over in a moment, unless a file has to be read whole before its first row is known. */
function Loading({ progress }: { progress: number | null }): ReactElement {
  if (progress === null) return <State>Opening</State>;
  return (
    <span className={styles['summary']}>
      Reading {percent.format(Math.floor(progress * 100))}
      {'\u00a0'}%
      <Button isSmall onClick={() => useRunStore.getState().cancel()}>
        Cancel
      </Button>
    </span>
  );
}

function State({ children }: { children: ReactNode }): ReactElement {
  return <span className={styles['state']}>{children}</span>;
}

/** Every node's ledger adds up, or which one does not. */
function EndSummary({ onShow }: RunBarProps): ReactElement {
  const nodes = useRunStore((state) => state.nodes);
  const position = useRunStore((state) => state.position);
  const isThrough = useRunStore((state) => state.through !== null);
  if (isThrough) return <State>Ended after {formatCount(position.rows)} events</State>;
  const all = Object.values(nodes);
  const wrong = all.filter((stats) => !balances(stats));
  const dropped = all.reduce((sum, stats) => sum + stats.late, 0);
  const rejected = all.reduce((sum, stats) => sum + stats.rejected, 0);
  return (
    <span className={styles['summary']} data-summary={wrong.length === 0 ? 'balanced' : 'unbalanced'}>
      <span>
        <b>Ended</b> after {formatCount(position.rows)} events, {dropped === 0 ? 'none' : formatCount(dropped)} dropped
        {rejected > 0 && `, ${formatCount(rejected)} rejected`}.
      </span>{' '}
      <span className={styles['line']}>
        {wrong.length === 0 ? (
          <span className={styles['balanced']}>
            <Check size={14} aria-hidden /> {all.length === 0 ? NOTHING : 'Every ledger adds up'}
          </span>
        ) : (
          <Unbalanced nodeIds={wrong.map(({ nodeId }) => nodeId)} />
        )}
        <Button look="quiet" isSmall onClick={() => onShow('ledger')}>
          Show
        </Button>
      </span>
    </span>
  );
}

function Unbalanced({ nodeIds }: { nodeIds: readonly string[] }): ReactElement {
  const document = useDocumentStore((state) => state.document);
  const names = document.nodes.filter(({ id }) => nodeIds.includes(id)).map(displayName);
  return (
    <span className={styles['failed']}>
      <X size={14} aria-hidden /> The ledger of {names.join(', ')} does not add up
    </span>
  );
}
