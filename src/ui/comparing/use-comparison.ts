import { useEffect, useState } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { CompareReport } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { DialectName } from '../../stream/node-definition.ts';

const LOOK_AGAIN_MS = 150;

export type ComparisonState =
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'failed'; readonly message: string }
  | Exclude<CompareReport, { readonly kind: 'cancelled' }>;

/** Compares the graph as it stands; given up when nobody looks any more. */
export function useComparison(a: DialectName, b: DialectName): ComparisonState {
  const document = useDocumentStore((state) => state.document);
  const [state, set] = useState<ComparisonState>({ kind: 'running', share: 0 });
  useEffect(() => {
    let isWanted = true;
    const { compareDialects, comparingProgress, cancelComparing, files } = useRunStore.getState();
    const timer = setInterval(() => {
      void comparingProgress().then((share) => {
        if (isWanted && share !== null) set((now) => (now.kind === 'running' ? { kind: 'running', share } : now));
      });
    }, LOOK_AGAIN_MS);
    void compareDialects({ document, files, dialects: [a, b] })
      .then(
        (report) => isWanted && report.kind !== 'cancelled' && set(report),
        (error: unknown) => isWanted && set({ kind: 'failed', message: String(error) }),
      )
      .finally(() => clearInterval(timer));
    return () => {
      isWanted = false;
      clearInterval(timer);
      cancelComparing();
    };
  }, [document, a, b]);
  return state;
}
