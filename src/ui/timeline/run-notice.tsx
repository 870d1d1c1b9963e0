import { CircleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { StopNotice } from '../travel/stop-notice.tsx';
import { Button } from '../theme/button.tsx';
import styles from './run-bar.module.css';

export interface RunBarProps {
  readonly onShow: (view: 'ledger' | 'problems') => void;
}

/** What keeps the run from going on, and what to do; nothing while nothing does. */
export function RunNotice({ onShow }: RunBarProps): ReactElement | null {
  const status = useRunStore((state) => state.status);
  const isChanged = useRunStore((state) => state.isChanged);
  const isEditing = useRunStore((state) => state.isEditing);
  const stop = useRunStore((state) => state.stop);
  if (isEditing) return null;
  if (isChanged) return <ChangedNotice onShow={onShow} />;
  if (status.kind === 'idle') return <Idle onShow={onShow} />;
  if (status.kind === 'paused' && stop !== null) return <StopNotice stop={stop} />;
  if (status.kind !== 'failed') return null;
  const { message, fix } = status.failure;
  return <Trouble lead="Stopped." text={`${message} ${fix}`} showLabel="Show" onShow={onShow} />;
}

/** Nothing is open because it could not be. */
function Idle({ onShow }: RunBarProps): ReactElement | null {
  const errors = useRunStore((state) => state.problems).filter((problem) => problem.severity === 'error');
  const [first] = errors;
  if (first === undefined) return null;
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
    <div className={styles['notice']} data-tone="error">
      <CircleAlert size={14} aria-hidden />
      <span title={text}>
        <b>{lead}</b> {text}
      </span>
      <Button isSmall onClick={() => onShow('problems')}>
        {showLabel}
      </Button>
    </div>
  );
}

/** The run was stopped by an edit; its figures are of the graph as it was. */
function ChangedNotice({ onShow }: RunBarProps): ReactElement {
  const { restart } = useRunStore.getState();
  const isRefused = useRunStore((state) => state.lastEdit?.kind === 'refused');
  return (
    <div className={styles['notice']}>
      <i className={styles['changedMark']} aria-hidden />
      {isRefused ? (
        <>
          <span>The graph cannot run as it is. The run stands with the graph before, until it can.</span>
          <Button isSmall onClick={() => onShow('problems')}>
            Show
          </Button>
        </>
      ) : (
        <>
          <span>The graph changed since this run began. Figures are of the graph as it was.</span>
          <Button isSmall onClick={() => void restart()}>
            Rebuild
          </Button>
        </>
      )}
    </div>
  );
}
