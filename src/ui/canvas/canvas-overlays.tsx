import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import { DragMarks } from './drag-marks.tsx';
import { HelperLineMarks } from './helper-lines.tsx';
import { Minimap } from './minimap.tsx';
import { useQuickAdd } from './quick-add-store.ts';

const QuickAdd = lazyPart(async () => (await import('./quick-add.tsx')).QuickAdd);
const ArrangeBar = lazyPart(async () => (await import('./arrange-bar.tsx')).ArrangeBar);

/** What lies over the graph. */
export function CanvasOverlays(): ReactElement {
  const place = useQuickAdd((state) => state.place);
  const count = useDocumentStore(({ selection }) => selection.nodeIds.length + selection.noteIds.length);
  return (
    <>
      <HelperLineMarks />
      <DragMarks />
      <Minimap />
      <Suspense fallback={null}>
        {count >= 2 && <ArrangeBar count={count} />}
        {place !== null && <QuickAdd place={place} />}
      </Suspense>
    </>
  );
}
