import { useMemo } from 'react';
import { nameOf, useBranches } from '../../app/branches/branch-store.ts';
import { reportOf, useConsumers } from '../../app/consumers/consumer-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { editedWords } from '../../app/live-edit-words.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useMarks } from '../../app/travel/marks-store.ts';
import type { ScrubMark } from './scrub-mark.ts';
import { hitWords } from './watch-words.ts';

/** All that is marked along the track. */
export function useScrubMarks(): readonly ScrubMark[] {
  const edits = useRunStore((state) => state.edits);
  const branches = useBranches((state) => state.branches);
  const bookmarks = useMarks((state) => state.bookmarks);
  const stops = useMarks((state) => state.stops);
  const breakpoints = useMarks((state) => state.breakpoints);
  const nodes = useDocumentStore((state) => state.document.nodes);
  const readers = useReaderMarks();
  const places = useMemo(
    () => [
      ...bookmarks.map(({ id, name, seq, atMs }): ScrubMark => ({ id, kind: 'bookmark', label: name, seq, atMs })),
      ...stops.map(({ id, hit, atMs }): ScrubMark => ({
        id: `stop ${String(hit.seq)}`,
        kind: 'stop',
        label: hitWords(breakpoints.find((each) => each.id === id)?.watch, hit.nodeId, nodes),
        seq: hit.seq + 1,
        atMs,
      })),
      ...edits.map((made): ScrubMark => ({
        id: `edit ${String(made.seq)}`,
        kind: 'edit',
        label: editedWords(made),
        seq: made.seq,
        atMs: null,
      })),
      ...branches.map((branch): ScrubMark => ({
        id: branch.id,
        kind: 'branch',
        label: nameOf(branch),
        seq: branch.atSeq,
        atMs: branch.atMs,
      })),
    ],
    [edits, branches, bookmarks, stops, breakpoints, nodes],
  );
  return useMemo(() => [...places, ...readers], [places, readers]);
}

/** Consumers move all the time, the others do not. */
function useReaderMarks(): readonly ScrubMark[] {
  const consumers = useConsumers((state) => state.consumers);
  const report = useConsumers((state) => state.report);
  return useMemo(
    () =>
      consumers.flatMap(({ id, name }): readonly ScrubMark[] => {
        const seq = reportOf(report, id)?.seq;
        return seq === undefined ? [] : [{ id, kind: 'reader', label: name, seq, atMs: null }];
      }),
    [consumers, report],
  );
}
