import type { CompiledExpression } from '../../expression/compile.ts';
import type { Fates, OperatorKind } from '../../operators/operator.ts';
import { evaluateExpression } from '../../operators/reference-expression.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../../operators/reference.ts';
import { references } from '../../operators/references.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { assert } from '../../stream/assert.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Schema } from '../../stream/types.ts';
import { toJson } from '../../stream/value.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../log.ts';
import type { ReferenceSource, Shown } from '../watermark-reference.ts';
import { ReferenceCombined, ReferenceValve, referenceMerge, referenceWatermarks } from '../watermark-reference.ts';

/** What a row is at a sink; where it came from is told by the operators' own law 4. */
export interface SinkRow {
  readonly seq: number;
  readonly phase: number;
  readonly op: string;
  readonly ts: number | null;
  readonly row: unknown;
}

/** What a node of a plan did with a log; rows and watermarks entry by entry. */
export interface PlayedNode {
  readonly given: readonly Given[];
  readonly shown: readonly Shown[];
  /** Null for a source. */
  readonly fates: Fates | null;
  /** What came in at a sink; none for other nodes. */
  readonly atSink: readonly SinkRow[];
}

type Given = Partial<Record<OutputPortName, readonly ReferenceRow[]>>;
type RowEntry = Entry & { readonly kind: 'row' };

/**
 * A plan played over a log, one node after the other, each entry by entry: it hears of the clock, takes the rows that the
 * nodes before it gave for this very entry, judged by the watermark before it, and hears of the watermark that the entry
 * moves; in Beam it hears of the clock last. Rows that came by different inputs are taken by phase, then input, then in the
 * order in which they were given.
 */
export function playGraph(plan: Plan, entries: readonly Entry[]): readonly PlayedNode[] {
  const played: PlayedNode[] = [];
  plan.nodes.forEach((planned, node) => {
    const source = plan.sources.indexOf(node);
    played.push(source < 0 ? playOperator({ plan, planned, entries }, played) : playSource(plan, source, entries));
  });
  return played;
}

function playSource(plan: Plan, source: number, entries: readonly Entry[]): PlayedNode {
  const { bound, outputs } = plan.nodes[plan.sources[source]!]!;
  const given = entries.map((entry, seq): Given => {
    if (entry.kind !== 'row' || entry.source !== source) return {};
    const { ts, values, at, op = '+I' } = entry;
    return { out: [{ seq, phase: 0, ts, values, at, op }] };
  });
  const shown = referenceWatermarks(entries, watermarksOf(bound, outputs.out!.schema, { source, plan }));
  return { given, shown, fates: null, atSink: [] };
}

interface Part {
  readonly plan: Plan;
  readonly planned: PlannedNode;
  readonly entries: readonly Entry[];
}

function playOperator(part: Part, played: readonly PlayedNode[]): PlayedNode {
  const { planned, plan, entries } = part;
  const reference = referenceOf(planned, plan);
  const clock = clockOf(planned, played);
  const atSink: SinkRow[] = [];
  const clockIsLast = plan.dialect.name === 'beam';
  const given = entries.map((entry, seq) => {
    const before = clock[seq - 1]?.watermark ?? -Infinity;
    const after = clock[seq]!.watermark;
    const taken = arrivals(planned, played, seq);
    const results: ReferenceResult[] = [];
    const hearClock = (): void => {
      if (entry.kind === 'clock') results.push(...(reference.clock?.(entry.at, seq) ?? []));
    };
    if (!clockIsLast) hearClock();
    for (const { input, row } of taken) results.push(...reference.row(input, row, before));
    if (after > before) results.push(...reference.watermark(after, seq, entry.at));
    if (clockIsLast) hearClock();
    if (planned.kind === 'sink') atSink.push(...taken.map(({ row }) => sinkRow(planned, row)));
    return byPort(results, entry.at);
  });
  const shown = planned.kind === 'assign-timestamps' ? assigned(part, clock, given) : showsOf(part, reference, played);
  return { given, shown, fates: reference.fates(), atSink };
}

function referenceOf({ kind, bound, inputs }: PlannedNode, { dialect }: Plan): Reference {
  const factory = references[kind as OperatorKind] as (request: ReferenceRequest<unknown>) => Reference;
  return factory({ bound, dialect: dialect.name, inputs: inputs.map(({ type }) => type) });
}

/** What an operator's outputs show. */
function showsOf({ planned }: Part, reference: Reference, played: readonly PlayedNode[]): readonly Shown[] {
  return clockOf(planned, played).map((merged, seq) => {
    const inputs = planned.inputs.map(({ fromNode }) => played[fromNode]!.shown[seq]!);
    return reference.shows?.(merged, inputs) ?? merged;
  });
}

/** What an operator's inputs show together. */
function clockOf({ inputs }: PlannedNode, played: readonly PlayedNode[]): readonly Shown[] {
  const shown = inputs.map(({ fromNode }) => played[fromNode]!.shown);
  if (shown.length === 1) return shown[0]!;
  const ports = new Set(inputs.map(({ port }) => port));
  return referenceMerge(
    ports.size === 1 ? new ReferenceValve(shown.length) : new ReferenceCombined(shown.length),
    shown,
  );
}

/**
 * An assigner is a source of its own, with the rows that it let pass. Of what its input shows it hears the end, and in Flink
 * SQL that the input is idle or active.
 */
function assigned(
  { planned, plan, entries }: Part,
  clock: readonly Shown[],
  given: readonly Given[],
): readonly Shown[] {
  const own: Entry[] = [];
  const lasts: number[] = [];
  entries.forEach(({ kind, at }, seq) => {
    const before = clock[seq - 1] ?? { watermark: -Infinity, idle: false };
    const { watermark, idle } = clock[seq]!;
    const hearsStatus = plan.dialect.name === 'flink-sql';
    if (hearsStatus && before.idle && !idle) own.push({ kind: 'status', source: 0, idle, at });
    for (const { ts, values } of given[seq]!.out ?? []) own.push({ kind: 'row', source: 0, ts, values, at });
    own.push(kind === 'clock' ? { kind, at } : { kind: 'control', control: 0, at });
    if (watermark === Infinity && before.watermark < Infinity) own.push({ kind: 'end', source: 0, at });
    if (hearsStatus && !before.idle && idle) own.push({ kind: 'status', source: 0, idle, at });
    lasts.push(own.length - 1);
  });
  const { bound, inputs } = planned;
  const source = {
    ...watermarksOf(bound, inputs[0]!.type.schema, { source: 0, plan }),
    flushes: true,
    isAssigner: true,
  };
  const shown = referenceWatermarks(own, source);
  return lasts.map((last) => shown[last]!);
}

function watermarksOf(
  bound: unknown,
  schema: Schema,
  { source, plan }: { readonly source: number; readonly plan: Plan },
): ReferenceSource {
  const { watermark: config, punctuation } = bound as {
    readonly watermark: WatermarkConfig;
    readonly punctuation: CompiledExpression | null;
  };
  const states = ({ ts, values }: RowEntry): number | null => {
    const outcome = evaluateExpression(punctuation!, schema, values);
    if (!outcome.ok || outcome.value === null || outcome.value === false) return null;
    const stated = outcome.value === true ? ts - config.delayMs : Number(outcome.value);
    return Number.isNaN(stated) ? null : stated;
  };
  return { source, config, partitions: 1, dialect: plan.dialect.name, flushes: plan.end !== 'none', states };
}

function arrivals(
  { inputs }: PlannedNode,
  played: readonly PlayedNode[],
  seq: number,
): readonly { readonly input: number; readonly row: ReferenceRow }[] {
  return inputs
    .flatMap(({ fromNode, fromPort }, input) =>
      (played[fromNode]!.given[seq]![fromPort] ?? []).map((row) => ({ input, row })),
    )
    .sort((a, b) => a.row.phase - b.row.phase || a.input - b.input);
}

function byPort(results: readonly ReferenceResult[], at: number): Given {
  const given: Partial<Record<OutputPortName, ReferenceRow[]>> = {};
  for (const { port, window: _window, pane: _pane, ...row } of results) {
    const rows = (given[port] ??= []);
    assert(
      rows.every(({ phase }) => phase <= row.phase),
      'results in order of position',
    );
    rows.push({ ...row, at });
  }
  return given;
}

function sinkRow({ inputs }: PlannedNode, { seq, phase, ts, values, op = '+I' }: ReferenceRow): SinkRow {
  const { fields } = inputs[0]!.type.schema;
  const row = Object.fromEntries(fields.map(({ name, type }, i) => [name, toJson(values[i] ?? null, type)]));
  return { seq, phase, op, ts: Number.isNaN(ts) ? null : ts, row };
}
