import { create } from 'zustand';
import type { StreamType } from '../stream/batch.ts';
import type { NodeStreams } from '../pipeline/analyse.ts';
import type { Findings } from './analysis/analysis.ts';
import { nextFindings } from './analysis/findings-slices.ts';
import type { Analysis } from './analysis/load-analysis.ts';
import { analysisNow, loadAnalysis } from './analysis/load-analysis.ts';
import { useDocumentStore } from './document-store.ts';
import { onceDrawn } from './drawing.ts';
import { whenUsable } from './first-view.ts';

export type { NodeStreams } from '../pipeline/analyse.ts';

const DELAY_MS = 80;
/** So many nodes are drawn anew in one go; with more the hand would have to wait. */
const NODES_AT_ONCE = 40;

/**
 * What follows from the document: what is wrong with it, what flows on its edges, and each node's configuration in a line.
 * A moment behind the edits; nothing is known before the definitions are there, which come after the canvas.
 */
export const useAnalysis = create<Findings>()(() => ({ problems: [], streams: new Map(), lines: new Map() }));

/** What a node gives, a sink takes; null while it is not known. */
export function resultOf(streams: NodeStreams | undefined): StreamType | null {
  return streams?.outputs['out'] ?? streams?.inputs[0]?.type ?? null;
}

/** Whether a table can be made of what a node gives. */
export function isChangelog(streams: NodeStreams | undefined): boolean {
  const type = resultOf(streams);
  return type !== null && type.changes !== 'append';
}

/** Does at once what needs the definitions, or as soon as they are there: a user may be quicker than the network. */
export function withAnalysis(act: (analysis: Analysis) => void): void {
  const analysis = analysisNow();
  if (analysis === null) void loadAnalysis().then(act, tellFailure);
  else act(analysis);
}

/** Analyses the document once the graph can be worked with, and from then on after each change. */
export async function beginAnalysis(): Promise<void> {
  await whenUsable();
  withAnalysis(judge);
  let timer: ReturnType<typeof setTimeout> | undefined;
  useDocumentStore.subscribe(({ document }, before) => {
    const isSameGraph = document.nodes === before.document.nodes && document.edges === before.document.edges;
    if (isSameGraph && document.dialect === before.document.dialect && document.time === before.document.time) return;
    clearTimeout(timer);
    timer = setTimeout(() => onceDrawn(() => withAnalysis(judge)), DELAY_MS);
  });
}

function judge({ analyse }: Analysis): void {
  tell(analyse(useDocumentStore.getState().document));
}

let telling: ReturnType<typeof setTimeout> | undefined;

function tell(found: Findings): void {
  clearTimeout(telling);
  const { findings, isWhole } = nextFindings(useAnalysis.getState(), found, NODES_AT_ONCE);
  useAnalysis.setState(findings);
  if (!isWhole) telling = setTimeout(() => tell(found));
}

/** A problem of this code: what was to be done, or to be found, was not. */
export const PART_MISSING = 'page-incomplete';

function tellFailure(error: unknown): void {
  reportError(error);
  const message = 'A part of the page did not load.';
  const fix = 'See that you are online, then do it again. The graph is untouched.';
  useAnalysis.setState({
    problems: [{ code: PART_MISSING, severity: 'error', path: '', nodeId: null, message, fix }],
  });
}
