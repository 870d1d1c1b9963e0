import { create } from 'zustand';
import type { StreamType } from '../stream/batch.ts';
import type { Problem } from '../stream/problem.ts';
import { useDocumentStore } from './document-store.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { NodeStreams } from '../pipeline/analyse.ts';
import { describeStreams } from '../pipeline/analyse.ts';
import { validate } from '../pipeline/validate.ts';

export type { NodeStreams } from '../pipeline/analyse.ts';

/** What follows from the document: what is wrong with it, and what flows on its edges. A moment behind the edits. */
interface AnalysisState {
  readonly problems: readonly Problem[];
  readonly streams: ReadonlyMap<string, NodeStreams>;
}

const DELAY_MS = 80;

function analyse(document: PipelineDocument): AnalysisState {
  return { problems: validate(document), streams: describeStreams(document) };
}

export const useAnalysis = create<AnalysisState>()(() => analyse(useDocumentStore.getState().document));

/** What a node gives, a sink takes; null while it is not known. */
export function resultOf(streams: NodeStreams | undefined): StreamType | null {
  return streams?.outputs['out'] ?? streams?.inputs[0]?.type ?? null;
}

/** Whether a table can be made of what a node gives. */
export function isChangelog(streams: NodeStreams | undefined): boolean {
  const type = resultOf(streams);
  return type !== null && type.changes !== 'append';
}

let timer: ReturnType<typeof setTimeout> | undefined;

useDocumentStore.subscribe(({ document }, before) => {
  const isSameGraph = document.nodes === before.document.nodes && document.edges === before.document.edges;
  if (isSameGraph && document.dialect === before.document.dialect && document.time === before.document.time) return;
  clearTimeout(timer);
  timer = setTimeout(() => useAnalysis.setState(analyse(useDocumentStore.getState().document)), DELAY_MS);
});
