import { useEffect } from 'react';
import { recoveryWords } from '../../app/recovery-words.ts';
import { useRunStore } from '../../app/run-store.ts';
import { notify } from '../theme/notify.ts';

/** Says in passing that the engine was started again. */
export function EngineNews(): null {
  const recovery = useRunStore((state) => state.recovery);
  useEffect(() => {
    if (recovery === null) return;
    const { title, text } = recoveryWords(recovery.seq);
    notify('info', title, text);
  }, [recovery]);
  return null;
}
