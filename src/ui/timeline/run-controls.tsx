import { ChevronsRight, Pause, Play, SkipBack, StepForward } from 'lucide-react';
import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { later } from '../theme/later.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './run-controls.module.css';
import { SpeedMenu } from './speed-menu.tsx';

const StepMenu = lazyPart(async () => (await import('../travel/step-menu.tsx')).StepMenu);

/** Restart, play or pause, one event, one firing, speed; where there is all else, all other steps. */
export function RunControls({ hasAllSteps = true }: { hasAllSteps?: boolean }): ReactElement {
  const kind = useRunStore((state) => state.status.kind);
  const hasBegun = useRunStore((state) => state.position.seq > 0);
  const { step, restart } = useRunStore.getState();
  const isLoading = kind === 'loading';
  const isOver = kind === 'ended' || kind === 'failed';
  return (
    <div className={styles['controls']} role="group" aria-label="Run">
      <Tooltip text="Back to the first event, same seed">
        <Button
          look="quiet"
          isIcon
          aria-label="Restart"
          disabled={!hasBegun || isLoading}
          onClick={() => void restart()}
        >
          <SkipBack size={16} aria-hidden />
        </Button>
      </Tooltip>
      <PlayButton />
      <Tooltip text="Take one entry of the log">
        <Button aria-label="Step one event" disabled={isLoading || isOver} onClick={() => void step()}>
          <StepForward size={16} aria-hidden />
          <span className={styles['word']}>Event</span>
        </Button>
      </Tooltip>
      <Tooltip text="Run to right behind the next firing">
        <Button
          className={styles['firing'] ?? ''}
          aria-label="Step to the next firing"
          disabled={isLoading || isOver}
          onClick={nextFiring}
        >
          <ChevronsRight size={16} aria-hidden />
          <span className={styles['word']}>Firing</span>
        </Button>
      </Tooltip>
      {hasAllSteps && (
        <Suspense fallback={null}>
          <StepMenu className={styles['more']} />
        </Suspense>
      )}
      <SpeedMenu />
    </div>
  );
}

function nextFiring(): void {
  later(
    () => import('../travel/steps.ts'),
    ({ travelStep }) => void travelStep({ kind: 'firing', direction: 'next', nodeId: null }),
  );
}

/** Plays or pauses; pressed while a run is still being opened, it plays once that is. */
export function PlayButton(): ReactElement {
  const kind = useRunStore((state) => state.status.kind);
  const { play, pause } = useRunStore.getState();
  const isRunning = kind === 'running';
  const playText = kind === 'ended' || kind === 'failed' ? 'Run again, same seed' : 'Run';
  return (
    <Tooltip text={isRunning ? 'Pause' : playText}>
      <Button
        look="primary"
        className={styles['play'] ?? ''}
        aria-label={isRunning ? 'Pause' : 'Play'}
        onClick={() => void (isRunning ? pause() : play())}
      >
        {isRunning ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
      </Button>
    </Tooltip>
  );
}
