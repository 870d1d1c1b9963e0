import { useRunStore } from '../run-store.ts';
import { useConsumers } from './consumer-store.ts';

/** Name of the consumer that the screen looks through; null where it shows the run. */
export function useThroughName(): string | null {
  const id = useRunStore(({ through }) => through?.consumer ?? null);
  return useConsumers(({ consumers }) => consumers.find((each) => each.id === id)?.name ?? null);
}
