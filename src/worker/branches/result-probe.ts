import { ResultSet } from '../../engine/comparing/result-set.ts';
import { droppedResult, resultRecords } from '../../engine/result-records.ts';
import type { Drop } from '../feeds/newest-drops.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';

/** Results, and drops, of a node that are kept: what comes later is counted alone. */
const MOST_ROWS = 100_000;

interface NodeResults {
  readonly results: ResultSet;
  readonly drops: ResultSet;
}

/** The results of operators, and what they dropped, as far as they are to be compared. */
export class ResultProbe {
  private plan: Plan;
  private readonly sets: ReadonlyMap<string, NodeResults>;
  /** When the entries were processed that brought results of windows that merge. */
  private readonly times = new Map<number, ProcessingTimeMs>();
  private slice: LogSlice | null = null;

  constructor(plan: Plan, compared: ReadonlySet<string>) {
    this.plan = plan;
    this.sets = new Map(
      plan.nodes
        .filter(({ id, kind, outputs }) => compared.has(id) && outputs.out !== undefined && !kind.startsWith('source.'))
        .map(({ id, outputs }) => [id, setsOf(outputs.out?.changes ?? 'append')]),
    );
  }

  /** From now on it hears of the nodes of this plan. */
  goOnWith(plan: Plan): void {
    this.plan = plan;
  }

  /** Null for a node that is not compared. */
  of(nodeId: string): NodeResults | null {
    return this.sets.get(nodeId) ?? null;
  }

  /** Whether its windows are as long as their events make them. */
  isMerging(nodeId: string): boolean {
    return this.plan.nodes.find(({ id }) => id === nodeId)?.outputs.out?.windowed?.isMerging === true;
  }

  /** Of an entry that brought a result of a window that merges. */
  timeOf(seq: number): ProcessingTimeMs | null {
    return this.times.get(seq) ?? null;
  }

  /** What comes now is of these entries. */
  begin(slice: LogSlice): void {
    this.slice = slice;
  }

  output(node: number, batch: Batch): void {
    const { id, outputs } = defined(this.plan.nodes[node], 'node');
    const sets = this.sets.get(id);
    if (sets === undefined || outputs.out === undefined) return;
    const isTimed = outputs.out.windowed?.isMerging === true;
    for (const record of resultRecords(id, batch, outputs.out)) {
      sets.results.add(record);
      if (isTimed && sets.results.uncompared === 0) this.noteTime(record.seq);
    }
  }

  private noteTime(seq: number): void {
    const atMs = this.slice?.at[seq - this.slice.firstSeq];
    if (atMs !== undefined) this.times.set(seq, atMs);
  }

  drop(node: number, drop: Drop): void {
    const { id } = defined(this.plan.nodes[node], 'node');
    this.sets.get(id)?.drops.add(droppedResult(id, drop));
  }
}

function setsOf(changes: 'append' | 'upsert' | 'retract'): NodeResults {
  return { results: new ResultSet(changes, MOST_ROWS), drops: new ResultSet('drops', MOST_ROWS) };
}
