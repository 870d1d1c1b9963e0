import { Engine } from '../../engine/engine.ts';
import type { Limits } from '../../engine/limits.ts';
import { ROUND_ENTRIES } from '../../engine/limits.ts';
import type { ResultRecord } from '../../engine/result-records.ts';
import { recordLine, resultRecords } from '../../engine/result-records.ts';
import type { PlannedNode } from '../../pipeline/plan.ts';
import type { Probe } from '../../engine/probe.ts';
import type { Log } from '../../sources/log/log.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import type { Era } from '../edits/run-edits.ts';
import { editAt } from '../edits/run-edits.ts';
import type { RealClock } from '../pacing.ts';
import type { SaveReport, SaveRequest } from '../saving-protocol.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import { CsvResults } from './csv-results.ts';
import { TextParts } from './text-parts.ts';

const WORK_MS = 8;

export interface ReplayedRun {
  /** What the run was from its first entry on. */
  readonly eras: readonly Era[];
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
  const plan = defined(run.eras.at(-1), 'an era').plan;
  const node = defined(
    plan.nodes.find(({ id }) => id === nodeId),
    'node',
  );
  const isSink = node.kind === 'sink';
  const parts = new TextParts();
  const type = resultType(node);
  const csv = format === 'csv' ? new CsvResults(type, guardsFormulas) : null;
  if (csv !== null) parts.write(csv.head);
  let results = 0;
  const take = (batch: Batch): void => {
    for (const record of resultRecords(nodeId, batch, type)) {
      const own: ResultRecord = isSink ? record : { ...record, port: 'out' };
      parts.write(csv === null ? `${recordLine(own)}\n` : csv.line(own));
      results++;
    }
  };
  const engineOf = (era: Era): Engine => {
    const index = era.plan.nodes.findIndex(({ id }) => id === nodeId);
    const probe: Probe = {
      keepsRounds: 0,
      sinksApart: true,
      ...(isSink
        ? { committed: (at, batch) => (at === index ? take(batch) : undefined) }
        : { output: (at, port, batch) => (at === index && port === 'out' ? take(batch) : undefined) }),
    };
    return new Engine(era.plan, probe, undefined, context.limits);
  };
  if (!(await replay(engineOf, run, context))) return { kind: 'cancelled' };
  const content = parts.end(format === 'csv' ? 'text/csv;charset=utf-8' : 'application/x-ndjson');
  return { kind: 'saved', content, results, entries: run.entries };
}

/** What leaves a node by `out`, at a sink what arrives. */
function resultType(node: PlannedNode): StreamType {
  return defined(node.kind === 'sink' ? node.inputs[0]?.type : node.outputs.out, 'results of a node');
}

/** False when it was cancelled. Lets messages in. */
async function replay(
  engineOf: (era: Era) => Engine,
  { eras, log, entries }: ReplayedRun,
  context: SaveContext,
): Promise<boolean> {
  const { clock, signal, onProgress } = context;
  let engine = engineOf(defined(eras[0], 'an era'));
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
    const edit = editAt(slice, 0);
    const era = edit === null ? undefined : eras.find((one) => one.edit === edit);
    if (era !== undefined) {
      const before = engine;
      engine = engineOf(era);
      engine.goOnFrom(before, era.begins);
    }
    engine.run(slice);
  }
  return !signal.aborted;
}
