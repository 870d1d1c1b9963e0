import type { Drop, DropReason, Rejection } from '../../operators/operator.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { ExplainedRun, SliceProbe } from '../explain/replaying.ts';
import type { KernelRegistry } from '../node.ts';
import type { ResultRecord } from '../result-records.ts';
import { recordLine, resultRecords } from '../result-records.ts';
import { maskedKernels } from './masked-kernels.ts';
import { TimeRecord } from './time-record.ts';

/** A result, and the how manyeth it is of those that left the node by this port at its entry, from 0. */
export interface Effect extends ResultRecord {
  readonly nth: number;
}

/** What became of an event of the log. */
export interface Effects {
  /** Results that would not have come as they did without it, in order; the first ones of many. */
  readonly results: readonly Effect[];
  readonly total: number;
  /** Where a row that it is, or was made into, was dropped or rejected. */
  readonly ends: readonly { readonly nodeId: string; readonly reason: DropReason | 'rejected' }[];
}

/** Results that are told. */
const TOLD = 200;

/**
 * Every result of every node that an event took part in: those that a replay without it, with time passing as it did, does not
 * bring. A result that is the same without it, as a maximum may be, is none of them.
 */
export async function effectsOf(run: ExplainedRun, seq: number): Promise<Effects> {
  const { eras, entries } = run;
  const time = new TimeRecord(entries);
  const whole = new AllResults(seq);
  const timed = (node: number, curve: Curve): void => time.add(whole.idOf(node), curve);
  await run.replay({ eras, probe: Object.assign(whole, { curve: timed }), entries });
  const without = new AllResults(seq);
  const masked = (plan: Plan): KernelRegistry => maskedKernels(plan, time, (other) => other !== seq);
  await run.replay({ eras, probe: without, entries, registry: masked });
  const left = new Map<string, number>();
  for (const { line } of without.results) left.set(line, (left.get(line) ?? 0) + 1);
  const changed = whole.results.filter(({ line }) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
  return { results: changed.slice(0, TOLD).map(({ record }) => record), total: changed.length, ends: whole.ends };
}

/** The results from an entry on, of every node but the sources. */
class AllResults implements SliceProbe {
  readonly keepsRounds = 0;
  readonly results: { readonly record: Effect; readonly line: string }[] = [];
  readonly ends: Effects['ends'][number][] = [];
  private plan: Plan | null = null;
  private readonly seq: number;
  /** By node and port. */
  private readonly last = new Map<string, { readonly seq: number; readonly nth: number }>();

  constructor(seq: number) {
    this.seq = seq;
  }

  era(plan: Plan): void {
    this.plan = plan;
  }

  idOf(node: number): string {
    return this.plan?.nodes[node]?.id ?? '';
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const plan = defined(this.plan, 'a plan');
    const type = plan.nodes[node]?.outputs[port];
    if (type === undefined || plan.sources.includes(node) || !((batch.seq[batch.length - 1] ?? 0) >= this.seq)) return;
    for (const record of resultRecords(this.idOf(node), batch, type)) {
      if (record.seq < this.seq) continue;
      const own = { ...record, port };
      const place = `${own.node} ${port}`;
      const last = this.last.get(place);
      const nth = last?.seq === own.seq ? last.nth + 1 : 0;
      this.last.set(place, { seq: own.seq, nth });
      this.results.push({ record: { ...own, nth }, line: recordLine(own) });
    }
  }

  drop(node: number, { batch, row, reason }: Drop): void {
    if (batch.seq[row] === this.seq) this.ended(node, reason);
  }

  rejected(node: number, { batch, row }: Rejection): void {
    if (batch.seq[row] === this.seq) this.ended(node, 'rejected');
  }

  private ended(node: number, reason: DropReason | 'rejected'): void {
    this.ends.push({ nodeId: this.idOf(node), reason });
  }
}
