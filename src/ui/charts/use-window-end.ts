import { endsInclusive } from '../../app/document-dialect.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';

/** `[12:05:00, 12:05:10)` becomes `[12:05:00, 12:05:10]` where the end belongs to the window. */
type CloseWindow = (window: string) => string;

const asWritten: CloseWindow = (window) => window;
const withEnd: CloseWindow = (window) => window.replace(/\)$/, ']');

/** How windows of a node, or else of the watched one, are written to their end. */
export function useWindowEnd(nodeId?: string): CloseWindow {
  const watched = useRunStore((state) => state.watched);
  return useDocumentStore(({ document }) => (endsInclusive(document, nodeId ?? watched) ? withEnd : asWritten));
}
