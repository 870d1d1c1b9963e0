import { useEffect, useState } from 'react';
import { useDocumentStore } from '../../../app/document-store.ts';
import type { DelayPicture } from '../../../app/run-state.ts';
import { useRunStore } from '../../../app/run-store.ts';

/** A slider that is dragged asks once it rests. */
const REST_MS = 120;

/** How late the first events of a generator come, as its own code makes them; the last picture until the next is there. */
export function useDelayPicture(config: Readonly<Record<string, unknown>> | undefined): DelayPicture | null {
  const seed = useDocumentStore((state) => state.document.run.seed);
  const [picture, show] = useState<DelayPicture | null>(null);
  useEffect(() => {
    if (config === undefined) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      const { sampleDelays } = useRunStore.getState();
      // An engine that stopped has said so; the picture stays as it was.
      void sampleDelays({ config, seed }).then(
        (next) => isWanted && show(next),
        () => undefined,
      );
    }, REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [config, seed]);
  return picture;
}
