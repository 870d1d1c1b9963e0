import { displayName } from '../../app/document-catalog.ts';
import type { DocumentNode, DocumentState, PipelineDocument } from '../../app/document-store.ts';
import type { RunState } from '../../app/run-state.ts';

/** What the tour looks at to see what the user did. */
export interface TourScene {
  readonly document: Pick<DocumentState, 'document' | 'selection'>;
  readonly run: Pick<RunState, 'status' | 'nodes' | 'clocks' | 'began'>;
}

/** The lateness that the tour asks for. */
export const WANTED_LATENESS_MS = 20_000;

const WINDOWS_WITH_LATENESS: readonly unknown[] = [undefined, 'tumbling', 'hopping', 'session'];

/**
 * The windows that the tour can be about, whatever they are called: with a lateness to set, behind made-up events, so that
 * the next run has the same ones.
 */
export function tourWindows(document: PipelineDocument): readonly DocumentNode[] {
  const { dialect, nodes } = document;
  if (dialect !== 'flink-datastream') return [];
  const made = nodes.filter(({ type }) => type === 'source.generator').map(({ id }) => id);
  const fed = nodesBehind(document, made);
  return nodes.filter(({ id, type, config }) => {
    return type === 'window' && WINDOWS_WITH_LATENESS.includes(config['kind']) && fed.has(id);
  });
}

/** The window that the tour speaks of: the selected one, else the most patient, else the first; null without any. */
export function tourWindow({ document: { document, selection } }: TourScene): DocumentNode | null {
  const windows = tourWindows(document);
  const selected = windows.find(({ id }) => selection.nodeIds.includes(id));
  return selected ?? windows.toSorted((a, b) => latenessMs(b) - latenessMs(a))[0] ?? null;
}

export function latenessMs(node: DocumentNode | null): number {
  return Number(node?.config['latenessMs'] ?? 0);
}

/** Rows that the window of the tour had in a run that has waited long enough from its start; of any other, none. */
export function patientRows({ run, ...scene }: TourScene): number {
  const id = tourWindow({ run, ...scene })?.id ?? '';
  const ran = run.began?.nodes.find((node) => node.id === id) ?? null;
  return latenessMs(ran) < WANTED_LATENESS_MS ? 0 : (run.nodes[id]?.in ?? 0);
}

/** Name of a node behind one of the windows that was not there at first and has rows now; null while there is none. */
export function newResult({ document: { document }, run }: TourScene, atFirst: readonly string[]): string | null {
  const isAnother = !document.nodes.some(({ id }) => atFirst.includes(id));
  if (isAnother) return null;
  const windows = tourWindows(document).map(({ id }) => id);
  const behind = nodesBehind(document, windows);
  const made = document.nodes.find(({ id }) => behind.has(id) && !atFirst.includes(id) && (run.nodes[id]?.in ?? 0) > 0);
  return made === undefined ? null : displayName(made);
}

/** Ids of all nodes that edges lead to from these. */
function nodesBehind({ edges }: PipelineDocument, ids: readonly string[]): ReadonlySet<string> {
  const behind = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { from, to } of edges) {
      if (from.node !== id || behind.has(to.node)) continue;
      behind.add(to.node);
      open.push(to.node);
    }
  }
  return behind;
}
