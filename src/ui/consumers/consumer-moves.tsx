import { Pause, Play, StepForward } from 'lucide-react';
import type { ReactElement } from 'react';
import { reportOf, useConsumers } from '../../app/consumers/consumer-store.ts';
import { Button } from '../theme/button.tsx';

/** Plays or pauses a consumer, or has it read one entry. */
export function ConsumerMoves({ id, name }: { id: string; name: string }): ReactElement {
  const kind = useConsumers((state) => reportOf(state.report, id)?.status.kind);
  const { steer } = useConsumers.getState();
  const isRunning = kind === 'running';
  const isOver = kind === 'ended' || kind === 'failed' || kind === undefined;
  return (
    <>
      <Button
        look="quiet"
        isIcon
        isSmall
        aria-label={`${isRunning ? 'Pause' : 'Play'} ${name}`}
        disabled={isOver}
        onClick={() => steer(id, { kind: isRunning ? 'pause' : 'play' })}
      >
        {isRunning ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
      </Button>
      <Button
        look="quiet"
        isIcon
        isSmall
        aria-label={`Step ${name} by one entry`}
        title="Read one entry"
        disabled={isOver}
        onClick={() => steer(id, { kind: 'step' })}
      >
        <StepForward size={14} aria-hidden />
      </Button>
    </>
  );
}
