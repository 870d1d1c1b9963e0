import { useDocumentStore } from '../../app/document-store.ts';
import type { ShownLineage } from '../../app/lineage-view.ts';
import { resultName } from '../../app/lineage-view.ts';
import type { ResultTable } from '../../app/run-state.ts';
import type { SelectedPane, TimeSelection } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { nodeById } from '../../app/document-index.ts';
import { givesEvents } from '../../app/takes-events.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import { useInspector } from '../inspector/inspector-store.ts';

type Place = Required<Pick<SelectedPane, 'nodeId' | 'seq' | 'nth'>>;

/** Selects a result, or of a source an event, and shows where it came from. */
export function traceResult(place: Place & Pick<SelectedPane, 'startMs' | 'endMs'>): void {
  const { nodeId, seq } = place;
  const { document, select } = useDocumentStore.getState();
  const isSource = nodeById(document, nodeId)?.type.startsWith('source.') === true;
  select({ nodeIds: [nodeId] });
  useTimeView.getState().select(isSource ? { kind: 'event', nodeId, seq } : { kind: 'pane', key: null, ...place });
  useInspector.getState().show('lineage');
}

export function isSameResult(selection: TimeSelection | null, { nodeId, seq, nth }: Place): boolean {
  if (selection === null || selection.nodeId !== nodeId || selection.seq !== seq) return false;
  return selection.kind === 'event' || selection.nth === nth;
}

/** Whether a row that left its node by `port` is in the lineage that is shown: as a result, or as an event on its way. */
export function isInLineage(
  { results, events, nodeIds }: ShownLineage,
  { nodeId, seq: numbers, columns }: ResultTable,
  row: number,
  port: OutputPortName = 'out',
): boolean {
  const seq = numbers[row] ?? -1;
  const values = columns.map((column) => column.values[row] ?? null);
  if (results.has(resultName(nodeId, seq, values))) return true;
  const isOnItsWay = events.has(seq) && nodeIds.has(nodeId);
  return isOnItsWay && givesEvents(useDocumentStore.getState().document, nodeId, port);
}
