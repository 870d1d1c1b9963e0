import type { Fates, OperatorKind } from '../../operators/operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../../operators/reference.ts';
import { references } from '../../operators/references.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { assert } from '../../stream/assert.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { toJson } from '../../stream/value.ts';
import type { Entry } from '../log.ts';

/** What a row is at a sink; where it came from is told by the operators' own law 4. */
export interface SinkRow {
  readonly seq: number;
  readonly phase: number;
  readonly op: string;
  readonly ts: number | null;
  readonly row: unknown;
}

export interface GraphOutcome {
  /** By the sinks' ids, in order. */
  readonly sinks: ReadonlyMap<string, readonly SinkRow[]>;
  readonly fates: ReadonlyMap<string, Fates>;
}

/** The watermark by which a node of the plan goes after an entry of the log. */
export type WatermarkAfter = (node: number, seq: number) => WatermarkMs;

/**
 * A plan played entry by entry. At each every node in turn hears of the clock, takes the rows that the nodes before it gave
 * for this very entry, judged by the watermark before it, and hears of the watermark that the entry moves. Rows that came by
 * different inputs are taken by phase, then input, then in the order in which they were given.
 */
export function runGraphReference(plan: Plan, entries: readonly Entry[], watermarkAfter: WatermarkAfter): GraphOutcome {
  const nodes = plan.nodes.map((planned) => (planned.inputs.length === 0 ? null : referenceOf(planned, plan)));
  const sinks = new Map<string, SinkRow[]>();
  entries.forEach((entry, seq) => {
    const given: Given[] = [];
    plan.nodes.forEach((planned, node) => {
      const reference = nodes[node] ?? null;
      if (reference === null) {
        given.push({ out: sourceRows(entry, seq, plan.sources.indexOf(node)) });
        return;
      }
      const before = seq === 0 ? -Infinity : watermarkAfter(node, seq - 1);
      const taken = arrivals(planned, given);
      const results = entry.kind === 'clock' ? [...(reference.clock?.(entry.at, seq) ?? [])] : [];
      results.push(...taken.flatMap(({ input, row }) => reference.row(input, row, before)));
      const after = watermarkAfter(node, seq);
      if (after > before) results.push(...reference.watermark(after, seq));
      given.push(byPort(results, entry.at));
      if (planned.kind !== 'sink') return;
      const rows = sinks.get(planned.id) ?? [];
      sinks.set(planned.id, [...rows, ...taken.map(({ row }) => sinkRow(planned, row))]);
    });
  });
  const fates = plan.nodes.flatMap(({ id }, node) => {
    const reference = nodes[node] ?? null;
    return reference === null ? [] : [[id, reference.fates()] as const];
  });
  return { sinks, fates: new Map(fates) };
}

/** What a node gave for the present entry. */
type Given = Partial<Record<OutputPortName, readonly ReferenceRow[]>>;

function referenceOf({ kind, bound, inputs }: PlannedNode, { dialect }: Plan): Reference {
  const factory = references[kind as OperatorKind] as (request: ReferenceRequest<unknown>) => Reference;
  return factory({ bound, dialect: dialect.name, inputs: inputs.map(({ type }) => type) });
}

function sourceRows(entry: Entry, seq: number, source: number): readonly ReferenceRow[] {
  if (entry.kind !== 'row' || entry.source !== source) return [];
  const { ts, values, at, op = '+I' } = entry;
  return [{ seq, phase: 0, ts, values, at, op }];
}

function arrivals(
  { inputs }: PlannedNode,
  given: readonly Given[],
): readonly { readonly input: number; readonly row: ReferenceRow }[] {
  return inputs
    .flatMap(({ fromNode, fromPort }, input) => (given[fromNode]![fromPort] ?? []).map((row) => ({ input, row })))
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
