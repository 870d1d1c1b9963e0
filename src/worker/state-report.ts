import { NO_WATERMARK } from '../stream/time.ts';
import type { StateReport } from './protocol.ts';
import type { Run } from './run.ts';
import { stateMarks } from './state-marks.ts';

/** Entries of each kind that are told. */
const ENTRIES_TOLD = 50;

/** What a node keeps as the run stands; null for a node that it does not have. */
export function stateReport(run: Run, nodeId: string): StateReport | null {
  const index = run.plan.nodes.findIndex(({ id }) => id === nodeId);
  const ledger = run.ledger().get(nodeId);
  if (ledger === undefined) return null;
  const watermarkMs = run.feeds.nodes[index]?.watermark ?? NO_WATERMARK;
  return {
    held: ledger.held,
    rows: ledger.stateRows,
    bytes: ledger.stateBytes,
    watermarkMs: watermarkMs === NO_WATERMARK ? null : watermarkMs,
    look: run.look(index, ENTRIES_TOLD),
    marks: stateMarks(run, index),
  };
}
