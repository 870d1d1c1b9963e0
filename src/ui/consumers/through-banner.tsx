import { Eye } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { reportOf, useConsumers } from '../../app/consumers/consumer-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { formatExactCount } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';
import { ConsumerMoves } from './consumer-moves.tsx';
import { lagWords, stateWords } from './consumer-words.ts';
import styles from './through-banner.module.css';

/** Says that the screen shows a consumer and not the run, and the way back. */
export function ThroughBanner(): ReactElement | null {
  const id = useRunStore((state) => state.through?.consumer ?? null);
  const consumer = useConsumers(({ consumers }) => consumers.find((each) => each.id === id) ?? null);
  const name = consumer?.name ?? null;
  useLeft();
  useEffect(() => {
    if (name === null) return undefined;
    const seq = useRunStore.getState().through?.seq ?? 0;
    announce(`The screen shows ${name} at offset ${formatExactCount(seq)}, not the run.`);
    return () => {
      // Where it was not wanted a message says so.
      if (useConsumers.getState().left === null) announce('The screen shows the run again.');
    };
  }, [name]);
  if (consumer === null) return null;
  return (
    <section className={styles['banner']} aria-label={`Looking through ${consumer.name}`}>
      <Eye size={16} aria-hidden />
      <p className={styles['who']}>
        <b>{consumer.name}</b> <Place />
      </p>
      <span className={styles['moves']}>
        <ConsumerMoves id={consumer.id} name={consumer.name} />
      </span>
      <p className={styles['note']}>
        Clocks, counts, charts, plane and state are this consumer&rsquo;s. Play, steps and timeline move the run.
      </p>
      <Button isSmall onClick={() => useConsumers.getState().lookThrough(null)}>
        Back to the run
      </Button>
    </section>
  );
}

/** Where the consumer stands: what is shown is of this offset. */
function Place(): ReactElement {
  const seq = useRunStore((state) => state.through?.seq ?? 0);
  const id = useRunStore((state) => state.through?.consumer ?? '');
  const consumer = useConsumers(({ consumers }) => consumers.find((each) => each.id === id));
  const report = useConsumers((state) => reportOf(state.report, id));
  return (
    <span className={styles['place']}>
      at offset <b data-through-offset>{formatExactCount(seq)}</b>
      <span className={styles['more']}>
        {report !== null && `, lag ${lagWords(report)}`}
        {consumer !== undefined && ` · ${stateWords(consumer, report)}`}
      </span>
    </span>
  );
}

/** Says in passing that the consumer cannot be looked through any more. */
function useLeft(): void {
  const left = useConsumers((state) => state.left);
  useEffect(() => {
    if (left !== null) notify('info', 'The screen shows the run again', `${left.name} is looked through no more.`);
  }, [left]);
}
