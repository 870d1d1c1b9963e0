import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { ReaderFigures, ReaderNode } from '../consumer-protocol.ts';
import { sourceClocks } from '../frame-maker.ts';
import type { Run } from '../run.ts';

export interface LogEnd {
  readonly written: number;
  readonly writtenAtMs: ProcessingTimeMs | null;
}

/** How a reader of a log stands, all of one moment between two rounds. */
export function readerFigures(run: Run, { written, writtenAtMs }: LogEnd, nodeId: string | null): ReaderFigures {
  const { seq, processingTimeMs } = run;
  const lagEntries = Math.max(0, written - seq);
  const behindMs = writtenAtMs === null || processingTimeMs === null ? null : writtenAtMs - processingTimeMs;
  return {
    seq,
    rows: run.taken.reduce((sum, count) => sum + count, 0),
    lagEntries,
    lagMs: lagEntries === 0 ? 0 : behindMs === null ? null : Math.max(0, behindMs),
    processingTimeMs,
    ...sourceClocks(run),
    node: nodeId === null ? null : nodeOf(run, nodeId),
  };
}

function nodeOf(run: Run, nodeId: string): ReaderNode | null {
  const ledger = run.ledger().get(nodeId);
  if (ledger === undefined) return null;
  const isSink = run.plan.nodes.some(({ id, kind }) => id === nodeId && kind === 'sink');
  const out = Object.values(ledger.emitted['out'] ?? {}).reduce((sum, count) => sum + count, 0);
  return { in: ledger.in, results: isSink ? ledger.in : out, late: ledger.late, held: ledger.held };
}
