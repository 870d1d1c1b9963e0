import type { Drop, DropReason, Rejection } from '../../operators/operator.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { ExplainedRun, SliceProbe } from '../explain/replaying.ts';
import type { KernelRegistry } from '../node.ts';
import type { ResultRecord } from '../result-records.ts';
import { recordLine, resultRecord } from '../result-records.ts';
import { maskedKernels } from './masked-kernels.ts';
import type { RowAt } from './same-rows.ts';
import { areSameBatches, areSameRows } from './same-rows.ts';
import { SliceTime } from './slice-time.ts';

/** A result, and the how manyeth it is of those that left the node by this port at its entry, from 0. */
export interface Effect extends ResultRecord {
  readonly nth: number;
}

/** What became of an event of the log. */
export interface Effects {
  /** Results that would not have come as they did without it, in order of their entries, then of the plan; the first ones of many. */
  readonly results: readonly Effect[];
  readonly total: number;
  /** Where a row that it is, or was made into, was dropped or rejected. */
  readonly ends: readonly { readonly nodeId: string; readonly reason: DropReason | 'rejected' }[];
}

const PORTS: readonly OutputPortName[] = ['out', 'late', 'rejected'];

/** Results that are told. */
const TOLD = 200;

/**
 * Every result of every node that an event took part in: those that a replay without it, with time passing as it did, does not
 * bring. A result that is the same without it, as a maximum may be, is none of them. Both replays go side by side, from where
 * the run is known to have stood before the event.
 */
export async function effectsOf({ eras, entries, replay }: ExplainedRun, seq: number): Promise<Effects> {
  const time = new SliceTime();
  const without = new SliceRows();
  const changes = new Changes(seq, time, without);
  const registry = (plan: Plan): KernelRegistry => maskedKernels(plan, time, (other) => other !== seq);
  await replay({ eras, probe: changes, entries, heardFrom: seq, beside: { probe: without, registry } });
  return changes;
}

/** What a node handed on by a port, in one slice. */
interface PortRows {
  readonly node: number;
  readonly port: OutputPortName;
  readonly type: StreamType;
  readonly batches: Batch[];
}

/** The rows that all nodes but the sources handed on in the slice that is under way. */
class SliceRows implements SliceProbe {
  readonly keepsRounds = 0;
  readonly ports = new Map<string, PortRows>();
  private plan: Plan | null = null;

  era(plan: Plan): void {
    this.plan = plan;
  }

  begin(): void {
    this.ports.clear();
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const plan = defined(this.plan, 'a plan');
    const type = plan.nodes[node]?.outputs[port];
    if (type === undefined || plan.sources.includes(node)) return;
    const name = `${String(node)} ${port}`;
    const own = this.ports.get(name) ?? { node, port, type, batches: [] };
    this.ports.set(name, own);
    own.batches.push(batch);
  }
}

/** Holds each slice of a run against the same slice of one beside it that lacks an event. */
class Changes implements SliceProbe, Effects {
  readonly keepsRounds = 0;
  readonly results: Effect[] = [];
  readonly ends: Effects['ends'][number][] = [];
  total = 0;
  private plan: Plan | null = null;
  private readonly seq: number;
  private readonly time: SliceTime;
  private readonly own = new SliceRows();
  private readonly without: SliceRows;

  constructor(seq: number, time: SliceTime, without: SliceRows) {
    this.seq = seq;
    this.time = time;
    this.without = without;
  }

  era(plan: Plan): void {
    this.plan = plan;
    this.own.era(plan);
  }

  begin(): void {
    this.own.begin();
    this.time.begin();
  }

  curve(node: number, curve: Curve): void {
    this.time.add(this.idOf(node), curve);
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    this.own.output(node, port, batch);
  }

  drop(node: number, { batch, row, reason }: Drop): void {
    if (batch.seq[row] === this.seq) this.ends.push({ nodeId: this.idOf(node), reason });
  }

  rejected(node: number, { batch, row }: Rejection): void {
    if (batch.seq[row] === this.seq) this.ends.push({ nodeId: this.idOf(node), reason: 'rejected' });
  }

  end(): void {
    const found: Effect[] = [];
    // Which of them hands on first in a slice depends on where that was cut.
    const ports = [...this.own.ports].sort(
      ([, a], [, b]) => a.node - b.node || PORTS.indexOf(a.port) - PORTS.indexOf(b.port),
    );
    for (const [name, own] of ports) {
      const other = this.without.ports.get(name)?.batches ?? [];
      for (const [rows, others] of differingEntries(own.batches, other)) found.push(...this.changed(own, rows, others));
    }
    found.sort((a, b) => a.seq - b.seq);
    this.total += found.length;
    this.results.push(...found.slice(0, Math.max(0, TOLD - this.results.length)));
  }

  /** Of the rows of one entry those that are not there without the event, as often as they are. */
  private changed({ node, port, type }: PortRows, rows: RowsOfEntry, others: RowsOfEntry): readonly Effect[] {
    const id = this.idOf(node);
    const recordOf = ({ batch, row }: RowAt): ResultRecord => ({ ...resultRecord(id, batch, type, row), port });
    const left = new Map<string, number>();
    for (const other of others) {
      const line = recordLine(recordOf(other));
      left.set(line, (left.get(line) ?? 0) + 1);
    }
    return rows.flatMap((row, nth): readonly Effect[] => {
      const record = recordOf(row);
      const line = recordLine(record);
      const count = left.get(line) ?? 0;
      left.set(line, count - 1);
      return count > 0 ? [] : [{ ...record, nth }];
    });
  }

  private idOf(node: number): string {
    return this.plan?.nodes[node]?.id ?? '';
  }
}

/** The rows of each entry of `a` with those of `b`, both in order, but for entries whose rows are known to be the same. */
function* differingEntries(
  a: readonly Batch[],
  b: readonly Batch[],
): Generator<readonly [RowsOfEntry, RowsOfEntry], void> {
  if (areSameBatches(a, b)) return;
  const others = rowsByEntry(b);
  for (const [seq, rows] of rowsByEntry(a)) {
    const own = others.get(seq) ?? [];
    if (!areSameRows(rows, own)) yield [rows, own];
  }
}

type RowsOfEntry = readonly RowAt[];

function rowsByEntry(batches: readonly Batch[]): ReadonlyMap<number, RowsOfEntry> {
  const entries = new Map<number, RowAt[]>();
  for (const batch of batches) {
    for (let i = 0; i < rowCount(batch); i++) {
      const row = rowAt(batch, i);
      const seq = batch.seq[row] ?? -1;
      const rows = entries.get(seq);
      if (rows === undefined) entries.set(seq, [{ batch, row }]);
      else rows.push({ batch, row });
    }
  }
  return entries;
}
