import { Check, CircleAlert, GitBranch, X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { balances } from '../../app/fates.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { NOTHING, formatCount, formatRate } from '../theme/format.ts';
import { later } from '../theme/later.ts';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import { EditMarks, EditProgress } from './edit-progress.tsx';
import { SpeedMenu } from './speed-menu.tsx';
import styles from './time-deck.module.css';

const percent = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

interface RunBarProps {
  readonly onShow: (view: 'ledger' | 'problems') => void;
}

/** How far the run is, and at its end what became of every row. */
export function RunBar({ onShow }: RunBarProps): ReactElement {
  const { kind } = useRunStore((state) => state.status);
  const position = useRunStore((state) => state.position);
  const share = kind === 'ended' ? 1 : position.progress;
  const isPhone = useMedia(PHONE);
  return (
    <footer className={styles['bar']} data-status={kind}>
      <RunState onShow={onShow} />
      <span className={styles['track']}>
        <progress
          className={styles['progress']}
          aria-label="Progress of the run"
          max={1}
          {...(share === null ? {} : { value: share })}
        />
        <EditMarks />
      </span>
      <span className={styles['position']}>
        <b>{formatCount(position.rows)}</b>
        {position.totalRows === null ? ' events' : ` of ${formatCount(position.totalRows)} events`}
        {share !== null && ` · ${percent.format(Math.floor(share * 100))}\u00a0%`}
        {kind === 'running' && ` · ${formatRate(position.rowsPerSec)} in real time`}
      </span>
      <WhatIf />
      {isPhone && <SpeedMenu />}
    </footer>
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
  const isChanged = useRunStore((state) => state.isChanged);
  const isEditing = useRunStore((state) => state.isEditing);
  const isEarlier = useRunStore(({ edits, position }) => edits.some(({ seq }) => position.seq <= seq));
  if (isEditing) return <EditProgress />;
  if (isChanged) return <ChangedNotice onShow={onShow} />;
  switch (status.kind) {
    case 'idle':
      return <Idle onShow={onShow} />;
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
      return (
        <Trouble
          lead="Stopped."
          text={`${status.failure.message} ${status.failure.fix}`}
          showLabel="Show"
          onShow={onShow}
        />
      );
  }
}

/** Nothing is open: because nothing was asked for, or because it could not be. */
function Idle({ onShow }: RunBarProps): ReactElement {
  const errors = useRunStore((state) => state.problems).filter((problem) => problem.severity === 'error');
  const [first] = errors;
  const isEmpty = useDocumentStore((state) => state.document.nodes.length === 0);
  if (isEmpty) return <State>Nothing to run yet</State>;
  if (first === undefined) return <State>Not running</State>;
  return (
    <Trouble
      lead="Cannot run."
      text={`${first.message} ${first.fix}`}
      showLabel={errors.length === 1 ? 'Show' : `Show ${String(errors.length)} problems`}
      onShow={onShow}
    />
  );
}

interface TroubleProps extends RunBarProps {
  readonly lead: string;
  readonly text: string;
  readonly showLabel: string;
}

/** Why nothing runs. What does not fit in the line stands in the list of problems, and in the tooltip. */
function Trouble({ lead, text, showLabel, onShow }: TroubleProps): ReactElement {
  return (
    <span className={styles['trouble']}>
      <CircleAlert size={14} aria-hidden />
      <span title={text}>
        <b>{lead}</b> {text}
      </span>
      <Button isSmall onClick={() => onShow('problems')}>
        {showLabel}
      </Button>
    </span>
  );
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

/** The run was stopped by an edit; its figures are of the graph as it was. */
function ChangedNotice({ onShow }: RunBarProps): ReactElement {
  const { restart } = useRunStore.getState();
  const isRefused = useRunStore((state) => state.lastEdit?.kind === 'refused');
  if (isRefused) {
    return (
      <span className={styles['changed']}>
        <i aria-hidden />
        The graph cannot run as it is. The run stands with the graph before, until it can.
        <Button isSmall onClick={() => onShow('problems')}>
          Show
        </Button>
      </span>
    );
  }
  return (
    <span className={styles['changed']}>
      <i aria-hidden />
      The graph changed since this run began. Figures are of the graph as it was.
      <Button isSmall onClick={() => void restart()}>
        Rebuild
      </Button>
    </span>
  );
}

/** One line at the end: every node's ledger adds up, or which one does not. */
function EndSummary({ onShow }: RunBarProps): ReactElement {
  const nodes = useRunStore((state) => state.nodes);
  const position = useRunStore((state) => state.position);
  const all = Object.values(nodes);
  const wrong = all.filter((stats) => !balances(stats));
  const dropped = all.reduce((sum, stats) => sum + stats.late, 0);
  const rejected = all.reduce((sum, stats) => sum + stats.rejected, 0);
  return (
    <span className={styles['summary']} data-summary={wrong.length === 0 ? 'balanced' : 'unbalanced'}>
      <b>Ended</b> after {formatCount(position.rows)} events, {dropped === 0 ? 'none' : formatCount(dropped)} dropped
      {rejected > 0 && `, ${formatCount(rejected)} rejected`}.{' '}
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
