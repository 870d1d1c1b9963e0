import { useEffect, useRef } from 'react';
import { compareConsumer } from '../../app/consumers/compare-consumer.ts';
import { reportOf, useConsumers } from '../../app/consumers/consumer-store.ts';
import { useRunStore } from '../../app/run-store.ts';

/** Least time between two comparisons while the consumer reads. */
const PAUSE_MS = 500;

/** Compares a consumer wherever it goes, one comparison at a time, not too often. */
export function useConsumerComparison(id: string): void {
  const seq = useConsumers((state) => reportOf(state.report, id)?.seq);
  const kind = useConsumers((state) => reportOf(state.report, id)?.status.kind);
  const watched = useRunStore((state) => state.watched);
  const begunAtMs = useRef(-Infinity);
  const isBusy = useRef(false);
  useEffect(() => {
    if (seq === undefined) return undefined;
    const waitMs = Math.max(0, PAUSE_MS - (performance.now() - begunAtMs.current));
    const timer = setInterval(() => {
      if (isBusy.current) return;
      clearInterval(timer);
      isBusy.current = true;
      begunAtMs.current = performance.now();
      void compareConsumer(id)
        .catch(() => undefined)
        .finally(() => (isBusy.current = false));
    }, waitMs);
    return () => clearInterval(timer);
  }, [id, seq, kind, watched]);
}
