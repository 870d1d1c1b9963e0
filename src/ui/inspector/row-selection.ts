import type { PipelineDocument } from '../../app/document-store.ts';
import { givesEvents } from '../../app/takes-events.ts';
import type { ResultTable } from '../../app/run-state.ts';
import type { TimeSelection } from '../../app/time-view.ts';
import { rowsOfEntryBefore, rowsOfEntryBehind } from '../timeline/rows-of-entry.ts';
import type { RowPlace } from './row-places.ts';

type Place = Pick<RowPlace, 'nodeId' | 'port' | 'viewerId'>;

/** A row of a place as the plane, the charts and the other tables know it: an event of the log, or a result. */
export function selectionOf(
  document: Pick<PipelineDocument, 'nodes' | 'edges'>,
  { nodeId, port, viewerId }: Place,
  table: ResultTable,
  row: number,
): TimeSelection {
  const seq = table.seq[row] ?? 0;
  const tsMs = table.tsMs[row] ?? Number.NaN;
  if (givesEvents(document, nodeId, port)) {
    return { kind: 'event', nodeId: viewerId, seq, ...(Number.isNaN(tsMs) ? {} : { eventMs: tsMs }) };
  }
  const startMs = table.windowStartMs[row] ?? Number.NaN;
  const endMs = table.windowEndMs[row] ?? Number.NaN;
  return { kind: 'pane', nodeId, key: null, startMs, endMs, seq, nth: -1 - rowsOfEntryBehind(table.seq, row) };
}

/** Whether a row is what is selected, wherever it was selected. `own`: what selecting the row itself would select. */
export function isSelectedRow(
  selection: TimeSelection | null,
  own: TimeSelection,
  table: ResultTable,
  row: number,
): boolean {
  if (selection === null || selection.kind !== own.kind || selection.seq !== own.seq) return false;
  // An event is the same by whichever node it is looked at.
  if (selection.kind === 'event' || own.kind === 'event') return true;
  if (selection.nodeId !== own.nodeId) return false;
  const { nth } = selection;
  if (nth !== undefined) return nth === own.nth || nth === nthFromFirst(table, row);
  const isSameWindow = selection.startMs === own.startMs && selection.endMs === own.endMs;
  return isSameWindow && (selection.key === null || selection.key === keyText(table, row));
}

/** Null where rows of the entry may stand before the first one of the table. */
function nthFromFirst({ seq }: ResultTable, row: number): number | null {
  const before = rowsOfEntryBefore(seq, row);
  return before === row ? null : before;
}

function keyText({ key, columns }: ResultTable, row: number): string {
  const values = key.map((name) => [name, columns.find((column) => column.name === name)?.values[row] ?? null]);
  return JSON.stringify(Object.fromEntries(values));
}
