import { Engine } from '../../engine/engine.ts';
import type { Limits } from '../../engine/limits.ts';
import { ROUND_ENTRIES } from '../../engine/limits.ts';
import type { ResultRecord } from '../../engine/result-records.ts';
import { recordLine, resultRecords } from '../../engine/result-records.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import type { Log } from '../../sources/log/log.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import type { RealClock } from '../pacing.ts';
import type { SaveReport, SaveRequest } from '../saving-protocol.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import { CsvResults } from './csv-results.ts';
import { TextParts } from './text-parts.ts';

const WORK_MS = 8;

export interface ReplayedRun {
  readonly plan: Plan;
  /** From its first entry on. */
  readonly log: Pick<Log, 'nextSlice'>;
  /** Entries to take. */
  readonly entries: number;
}

export interface SaveContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/**
 * All results of a node up to an entry of its run. Nothing of a run is kept but its newest rows, and the same document,
 * seed and log give the same bytes: so it is run again, on the side.
 */
export async function saveResults(
  { nodeId, format, guardsFormulas }: SaveRequest,
  run: ReplayedRun,
  context: SaveContext,
): Promise<SaveReport> {
  const index = run.plan.nodes.findIndex(({ id }) => id === nodeId);
  const node = defined(run.plan.nodes[index], 'node');
  const isSink = node.kind === 'sink';
  const parts = new TextParts();
  const type = resultType(node);
  const csv = format === 'csv' ? new CsvResults(type, guardsFormulas) : null;
  if (csv !== null) parts.write(csv.head);
  let results = 0;
  const take = (at: number, batch: Batch): void => {
    if (at !== index) return;
    for (const record of resultRecords(nodeId, batch, type)) {
      const own: ResultRecord = isSink ? record : { ...record, port: 'out' };
      parts.write(csv === null ? `${recordLine(own)}\n` : csv.line(own));
      results++;
    }
  };
  const engine = new Engine(
    run.plan,
    {
      keepsRounds: 0,
      sinksApart: true,
      ...(isSink
        ? { committed: take }
        : { output: (at, port, batch) => (port === 'out' ? take(at, batch) : undefined) }),
    },
    undefined,
    context.limits,
  );
  if (!(await replay(engine, run, context))) return { kind: 'cancelled' };
  const content = parts.end(format === 'csv' ? 'text/csv;charset=utf-8' : 'application/x-ndjson');
  return { kind: 'saved', content, results, entries: run.entries };
}

/** What leaves a node by `out`, at a sink what arrives. */
function resultType(node: PlannedNode): StreamType {
  return defined(node.kind === 'sink' ? node.inputs[0]?.type : node.outputs.out, 'results of a node');
}

/** False when it was cancelled. Lets messages in. */
async function replay(engine: Engine, { log, entries }: ReplayedRun, context: SaveContext): Promise<boolean> {
  const { clock, signal, onProgress } = context;
  let yieldAt = clock() + WORK_MS;
  while (engine.position < entries) {
    if (clock() >= yieldAt) {
      onProgress(engine.position / entries);
      await yieldToMessages();
      yieldAt = clock() + WORK_MS;
    }
    if (signal.aborted) return false;
    const slice = await log.nextSlice(Math.min(ROUND_ENTRIES, engine.roundEntries, entries - engine.position));
    assert(slice !== null, 'a log that was read before has the same entries');
    engine.run(slice);
  }
  return !signal.aborted;
}
