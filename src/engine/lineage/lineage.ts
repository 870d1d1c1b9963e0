import type { WindowBound } from '../../operators/window/bound.ts';
import type { Drop } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { assert } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { ENTRY_ROW } from '../../stream/log-slice.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Json } from '../../stream/value.ts';
import { valueAsJson } from './row-values.ts';
import { timeGiversOf, upstreamOf } from '../explain/ancestors.ts';
import type { ExplainedRun, SliceProbe } from '../explain/replaying.ts';
import type { KernelRegistry } from '../node.ts';
import type { ResultRecord } from '../result-records.ts';
import { recordLine, resultRecords } from '../result-records.ts';
import { maskedKernels } from './masked-kernels.ts';
import { reduce } from './reduce.ts';
import { TimeRecord } from './time-record.ts';

/** Which result is meant: of the rows that left the node by `out` at this entry, at a sink of those that arrived, the `nth`. */
export interface ResultPlace {
  readonly nodeId: string;
  readonly seq: number;
  readonly nth: number;
  /** Where it is told by its window: the first of the entry's results of this window and key, JSON text of its key columns. */
  readonly pane?: { readonly startMs: number; readonly endMs: number; readonly key: string | null };
}

export interface Lineage {
  readonly result: ResultRecord;
  /** Numbers of the log's rows that are in the result. */
  readonly events: readonly number[];
  /** Rows that are in no result, but without which it would not have come as it did: what moved stream time, or was ranked before. */
  readonly witnesses: readonly number[];
  /** Whether none of them can be left out; false where the search was given up before it was through. */
  readonly isLeast: boolean;
}

/** Replays that one lineage may take. */
const MOST_TRIES = 400;
/** Figures of time that are kept: entries times nodes. */
const MOST_FIGURES = 48_000_000;

/**
 * The events that made a result. Replayed alone, with time passing as it did with all others, they give it again, byte for
 * byte: this is tried, never assumed. Null where there is no such result.
 */
export async function lineageOf(
  run: ExplainedRun,
  place: ResultPlace,
  registry?: KernelRegistry,
): Promise<Lineage | null> {
  const index = run.plan.nodes.findIndex(({ id }) => id === place.nodeId);
  if (index < 0 || place.seq >= run.entries) return null;
  const { plan, node } = upstreamOf(run.plan, index);
  const entries = place.seq + 1;
  assert(entries * plan.nodes.length <= MOST_FIGURES, 'a log that is short enough to be traced');
  const time = new TimeRecord(plan.nodes.length, entries);
  const first = new FirstPass(plan, node, place, time);
  await run.replay({ plan, probe: first, entries, ...(registry === undefined ? {} : { registry }) });
  const { target } = first;
  if (target === null) return null;
  const reproduces = async (seqs: readonly number[]): Promise<boolean> => {
    const kept = new Set(seqs);
    const results = new Results(plan, node, place.seq);
    const masked = maskedKernels(plan, time, (seq) => kept.has(seq), registry);
    await run.replay({ plan, probe: results, entries, registry: masked });
    return results.lines.includes(target.line);
  };
  return found(first, target.record, reproduces);
}

async function found(
  first: FirstPass,
  result: ResultRecord,
  reproduces: (seqs: readonly number[]) => Promise<boolean>,
): Promise<Lineage> {
  const members = first.members();
  const cause = first.isRow(result.seq) ? [result.seq] : [];
  if (members !== null) {
    if (await reproduces(members)) return { result, events: members, witnesses: [], isLeast: true };
    const witnesses = cause.filter((seq) => !members.includes(seq));
    if (witnesses.length > 0 && (await reproduces(ordered([...members, ...witnesses])))) {
      return { result, events: members, witnesses, isLeast: true };
    }
  }
  // What must be there beside the rows that are in the result, or, where no rule says which are, all that must be there.
  const known = new Set(members ?? []);
  const others = first.rows.filter((seq) => !known.has(seq));
  const rest = await reduce(others, (seqs) => reproduces(ordered([...known, ...seqs])), MOST_TRIES);
  if (members !== null) return { result, events: members, witnesses: rest.items, isLeast: rest.isLeast };
  return { result, events: rest.items, witnesses: [], isLeast: rest.isLeast };
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
  readonly batches: { readonly batch: Batch; readonly row: number }[] = [];
  private readonly out: ReturnType<typeof outputOf>;
  private readonly id: string;
  private readonly seq: number;

  constructor(plan: Plan, node: number, seq: number) {
    this.out = outputOf(plan, node);
    this.id = plan.nodes[node]?.id ?? '';
    this.seq = seq;
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const { from, port: wanted, type } = this.out;
    if (node !== from || port !== wanted || type === null) return;
    resultRecords(this.id, batch, type).forEach((record, i) => {
      if (record.seq !== this.seq) return;
      this.records.push(record);
      this.lines.push(recordLine(record));
      this.batches.push({ batch, row: rowAt(batch, i) });
    });
  }
}

/** A row that came to the window that made the result. */
interface Arrival {
  readonly seq: number;
  readonly tsMs: number;
  readonly key: string;
  /** What the window judged it by. */
  readonly clockMs: number;
}

/** Replays everything once: the curves, the result, and what came to the window that made it. */
class FirstPass implements SliceProbe {
  readonly rows: number[] = [];
  private readonly results: Results;
  private readonly arrivals: Arrival[] = [];
  private readonly dropped = new Set<number>();
  private streamTimeMs = -1;
  private readonly window: number | null;
  private readonly plan: Plan;
  private readonly place: ResultPlace;
  private readonly time: TimeRecord;

  constructor(plan: Plan, node: number, place: ResultPlace, time: TimeRecord) {
    this.plan = plan;
    this.place = place;
    this.time = time;
    this.results = new Results(plan, node, place.seq);
    this.window = windowBehind(plan, node);
  }

  begin(slice: LogSlice): void {
    for (let i = 0; i < slice.length; i++) if (slice.kinds[i] === ENTRY_ROW) this.rows.push(slice.firstSeq + i);
  }

  curve(node: number, curve: Curve): void {
    this.time.add(node, curve);
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    this.results.output(node, port, batch);
    const inputs = this.window === null ? [] : (this.plan.nodes[this.window]?.inputs ?? []);
    if (!inputs.some(({ fromNode, fromPort }) => fromNode === node && fromPort === port)) return;
    const { key } = this.plan.nodes[this.window ?? 0]?.bound as WindowBound;
    for (let i = 0; i < rowCount(batch); i++) {
      const row = rowAt(batch, i);
      const values = key.columns.map((column, k) => valueAsJson(batch, column, key.fields[k], row));
      const seq = batch.seq[row] ?? -1;
      const tsMs = batch.ts[row] ?? Number.NaN;
      this.streamTimeMs = Math.max(this.streamTimeMs, tsMs);
      this.arrivals.push({ seq, tsMs, key: JSON.stringify(values), clockMs: this.streamTimeMs });
    }
  }

  /** In Kafka's dialects a window goes by the rows that reached it, in others by the watermark before each. */
  clock(node: number, curve: Curve): void {
    if (node !== this.window || this.plan.dialect.windows.machine === 'stores') return;
    for (let i = this.arrivals.length - 1; i >= 0; i--) {
      const arrival = this.arrivals[i];
      if (arrival === undefined || arrival.seq < curve.firstSeq) break;
      this.arrivals[i] = { ...arrival, clockMs: watermarkBefore(curve, arrival.seq) };
    }
  }

  drop(node: number, { batch, row }: Drop): void {
    if (node === this.window) this.dropped.add(batch.seq[row] ?? -1);
  }

  isRow(seq: number): boolean {
    return this.rows.includes(seq);
  }

  get target(): { readonly record: ResultRecord; readonly line: string } | null {
    const { pane, nth } = this.place;
    const place = pane === undefined ? nth : this.results.records.findIndex((record) => isOf(record, pane));
    const record = this.results.records[place];
    const line = this.results.lines[place];
    return record === undefined || line === undefined ? null : { record, line };
  }

  /** The rows of the result's key and window that were not dropped, where a rule says that these are what is in it. */
  members(): readonly number[] | null {
    const { target } = this;
    if (this.window === null || target === null || target.record.window === null) return null;
    const { bound } = this.plan.nodes[this.window] ?? {};
    const { key } = bound as WindowBound;
    const [startMs, endMs] = target.record.window;
    const own: Readonly<Record<string, Json>> = target.record.key ?? {};
    const wanted = JSON.stringify(key.fields.map(({ name }) => own[name] ?? null));
    const closesAtMs = this.closesAt(endMs);
    const isIn = ({ seq, tsMs, key: has, clockMs }: Arrival): boolean =>
      tsMs >= startMs && tsMs < endMs && has === wanted && !this.dropped.has(seq) && clockMs < closesAtMs;
    return [...new Set(this.arrivals.filter(isIn).map(({ seq }) => seq))];
  }

  /** The time at which a window takes no more rows: a row may come too late for one of its windows alone. */
  private closesAt(endMs: number): number {
    const { windows } = this.plan.dialect;
    const { graceMs, latenessMs } = this.plan.nodes[this.window ?? 0]?.bound as WindowBound;
    return windows.cleanupAt(endMs, windows.machine === 'stores' ? graceMs : latenessMs);
  }
}

function isOf({ window, key }: ResultRecord, pane: NonNullable<ResultPlace['pane']>): boolean {
  const isBetween = window !== null && window[0] === pane.startMs && window[1] === pane.endMs;
  return isBetween && (pane.key === null || pane.key === JSON.stringify(key));
}

/** Kinds whose rows are those of their input, or made from one of them. */
const PASSING: ReadonlySet<string> = new Set(['filter', 'map', 'sink', 'split']);

/** The window that made the results of a node, where what is in a result follows from its key and bounds alone. */
function windowBehind(plan: Plan, node: number): number | null {
  const planned = plan.nodes[node];
  if (planned === undefined) return null;
  if (PASSING.has(planned.kind)) return windowBehind(plan, planned.inputs[0]?.fromNode ?? -1);
  if (planned.kind !== 'window') return null;
  const { kind, result, accumulation, timeDomain, groupingSets, key, takesChanges, localOffsetMs } =
    planned.bound as WindowBound;
  const isPlain =
    ['tumbling', 'hopping', 'cumulate'].includes(kind) &&
    result === 'aggregates' &&
    accumulation !== 'discarding' &&
    timeDomain === 'event' &&
    !takesChanges &&
    localOffsetMs === 0 &&
    groupingSets.length === 1 &&
    groupingSets[0]?.length === key.columns.length;
  return isPlain && timeGiversOf(plan, node).isPlain ? node : null;
}
