import type { Plan } from '../../pipeline/plan.ts';
import { assert } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { ENTRY_ROW } from '../../stream/log-slice.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import { erasOfNode, erasUpTo, indexOf } from '../explain/plan-eras.ts';
import type { ExplainedRun, SliceProbe } from '../explain/replaying.ts';
import type { KernelRegistry } from '../node.ts';
import type { ResultRecord } from '../result-records.ts';
import { recordLine, resultRecords } from '../result-records.ts';
import { maskedKernels } from './masked-kernels.ts';
import { membersOf } from './members.ts';
import { reduce } from './reduce.ts';
import { TimeRecord } from './time-record.ts';

/**
 * Which result is meant: of the rows that left the node by `out` at this entry, at a sink of those that arrived, the `nth`,
 * from 0; a negative one counts from the end, -1 is the last.
 */
export interface ResultPlace {
  readonly nodeId: string;
  readonly seq: number;
  readonly nth: number;
  /** Where it is told by its window: the first of the entry's results of this window and key, JSON text of its key columns. */
  readonly pane?: { readonly startMs: number; readonly endMs: number; readonly key: string | null };
}

export interface Lineage {
  readonly result: ResultRecord;
  /** Numbers of the log's rows that are in the result, all of them, ascending; none of a result over nothing. */
  readonly events: readonly number[];
  /**
   * Rows that are not in it, but without which it would not have come as it did, ascending: what moved stream time, what it was
   * ranked against, what was taken back. A least list.
   */
  readonly witnesses: readonly number[];
  /** Whether no witness can be left out; false where the search was given up before it was through. */
  readonly isLeast: boolean;
}

/** Replays that one lineage may take. */
const MOST_TRIES = 400;
/** Figures of time that are kept: entries times nodes. */
const MOST_FIGURES = 48_000_000;

/**
 * The events that made a result: all that are in it, as the operators themselves tell, and what must be there beside them. Both
 * replayed alone, with time passing as it did with all others and under the same edits, give it again, byte for byte: this is tried, never assumed. Null
 * where there is no such result.
 */
export async function lineageOf(
  run: ExplainedRun,
  place: ResultPlace,
  registry?: KernelRegistry,
): Promise<Lineage | null> {
  const { nodeId, seq } = place;
  const own = erasUpTo(run.eras, seq);
  const last = own.at(-1);
  if (last === undefined || indexOf(last.plan, nodeId) < 0 || seq >= run.entries) return null;
  const eras = erasOfNode(own, nodeId);
  const plan = eras.at(-1)?.plan ?? last.plan;
  const entries = seq + 1;
  assert(entries * plan.nodes.length <= MOST_FIGURES, 'a log that is short enough to be traced');
  const time = new TimeRecord(entries);
  const first = new FirstPass(place, time);
  await run.replay({ eras, probe: first, entries, registry: registry && (() => registry) });
  const { target } = first;
  if (target === null) return null;
  const { from, port } = outputOf(plan, indexOf(plan, nodeId));
  const fromId = plan.nodes[from]?.id ?? '';
  const traced = { eras, nodeId: fromId, place: { port, seq, nth: target.nth }, record: target.record };
  const members = await membersOf(run, traced, registry);
  const reproduces = async (seqs: readonly number[]): Promise<boolean> => {
    const kept = new Set(seqs);
    const results = new Results(nodeId, seq);
    const masked = (each: Plan): KernelRegistry => maskedKernels(each, time, (row) => kept.has(row), registry);
    await run.replay({ eras, probe: results, entries, registry: masked });
    return results.lines.includes(target.line);
  };
  const cause = first.rows.at(-1) === seq ? [seq] : [];
  const witnesses = await witnessesOf({ events: members ?? [], cause, rows: first.rows }, reproduces);
  const [events, beside] = members === null ? [witnesses.items, []] : [members, witnesses.items];
  return { result: target.record, events, witnesses: beside, isLeast: witnesses.isLeast };
}

interface Known {
  readonly events: readonly number[];
  /** The row that brought the result, if one did. */
  readonly cause: readonly number[];
  readonly rows: readonly number[];
}

/** A least list of rows that bring the result together with the events that are in it. */
async function witnessesOf(
  { events, cause, rows }: Known,
  reproduces: (seqs: readonly number[]) => Promise<boolean>,
): Promise<Awaited<ReturnType<typeof reduce>>> {
  const known = new Set(events);
  const holds = (seqs: readonly number[]): Promise<boolean> => reproduces(ordered([...known, ...seqs]));
  if (await holds([])) return { items: [], isLeast: true, tries: 1 };
  const others = rows.filter((seq) => !known.has(seq));
  const own = cause.filter((seq) => !known.has(seq));
  if (own.length > 0 && (await holds(own))) return { items: own, isLeast: true, tries: 2 };
  // What is needed is mostly near: as many of the newest as it takes, then a least part of these.
  for (let newest = 16; ; newest *= 4) {
    const near = others.slice(-newest);
    if (near.length === others.length || (await holds(near))) return reduce(near, holds, MOST_TRIES);
  }
}

function ordered(seqs: readonly number[]): readonly number[] {
  return seqs.toSorted((a, b) => a - b);
}

/** Where the results of a node are heard: a sink's are what its input brings. */
function outputOf(
  plan: Plan,
  node: number,
): { readonly from: number; readonly port: OutputPortName; readonly type: StreamType | null } {
  const planned = plan.nodes[node];
  const input = planned?.kind === 'sink' ? planned.inputs[0] : undefined;
  if (input !== undefined) return { from: input.fromNode, port: input.fromPort, type: input.type };
  return { from: node, port: 'out', type: planned?.outputs.out ?? null };
}

/** The results of one entry at a node. */
class Results implements SliceProbe {
  readonly keepsRounds = 0;
  readonly records: ResultRecord[] = [];
  readonly lines: string[] = [];
  private out: ReturnType<typeof outputOf> | null = null;
  private readonly id: string;
  private readonly seq: number;

  constructor(nodeId: string, seq: number) {
    this.id = nodeId;
    this.seq = seq;
  }

  era(plan: Plan): void {
    this.out = outputOf(plan, indexOf(plan, this.id));
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const { out } = this;
    if (out === null || node !== out.from || port !== out.port || out.type === null) return;
    if (!((batch.seq[batch.length - 1] ?? 0) >= this.seq)) return;
    for (const record of resultRecords(this.id, batch, out.type)) {
      if (record.seq !== this.seq) continue;
      this.records.push(record);
      this.lines.push(recordLine(record));
    }
  }
}

/** Replays everything once: the curves, the rows, the result. */
class FirstPass implements SliceProbe {
  readonly keepsRounds = 0;
  readonly rows: number[] = [];
  private readonly results: Results;
  private readonly place: ResultPlace;
  private readonly time: TimeRecord;
  private plan: Plan | null = null;

  constructor(place: ResultPlace, time: TimeRecord) {
    this.place = place;
    this.time = time;
    this.results = new Results(place.nodeId, place.seq);
  }

  era(plan: Plan): void {
    this.plan = plan;
    this.results.era(plan);
  }

  begin(slice: LogSlice): void {
    for (let i = 0; i < slice.length; i++) if (slice.kinds[i] === ENTRY_ROW) this.rows.push(slice.firstSeq + i);
  }

  curve(node: number, curve: Curve): void {
    this.time.add(this.plan?.nodes[node]?.id ?? '', curve);
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    this.results.output(node, port, batch);
  }

  /** `nth` of the rows of its entry. */
  get target(): { readonly record: ResultRecord; readonly line: string; readonly nth: number } | null {
    const { pane } = this.place;
    const { records } = this.results;
    const own = this.place.nth < 0 ? records.length + this.place.nth : this.place.nth;
    const nth = pane === undefined ? own : records.findIndex((record) => isOf(record, pane));
    const record = this.results.records[nth];
    const line = this.results.lines[nth];
    return record === undefined || line === undefined ? null : { record, line, nth };
  }
}

function isOf({ window, key }: ResultRecord, pane: NonNullable<ResultPlace['pane']>): boolean {
  const isBetween = window !== null && window[0] === pane.startMs && window[1] === pane.endMs;
  return isBetween && (pane.key === null || pane.key === JSON.stringify(key));
}
