import type { Fates } from '../operators/operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult } from '../operators/reference.ts';
import { references } from '../operators/references.ts';
import type { Plan } from '../pipeline/plan.ts';
import { defined } from '../stream/assert.ts';
import { PANE_TIMING_NAMES } from '../stream/batch.ts';
import type { StreamType } from '../stream/batch.ts';
import type { Json } from '../stream/value.ts';
import { toJson } from '../stream/value.ts';
import type { Scenario } from './scenario.ts';
import { OPERATOR_ID } from './scenario.ts';

/**
 * The scenario played row by row through the operator's reference. Watermarks are worked out here from the log alone:
 * the greatest time so far less delay and one, the least over the inputs. Scenarios with idle sources or periodic
 * watermarks are not for this driver.
 */
export function runReference(
  scenario: Scenario,
  plan: Plan,
): { readonly results: readonly string[]; readonly fates: Fates } {
  const node = defined(
    plan.nodes.find(({ id }) => id === OPERATOR_ID),
    'the operator',
  );
  const factory = references[scenario.kind] as (request: ReferenceRequest<unknown>) => Reference;
  const reference = factory({ bound: node.bound, inputs: node.inputs.map((input) => input.type) });
  const watermarks = scenario.sources.map(() => -Infinity);
  let merged = -Infinity;
  const results: string[] = [];
  scenario.entries.forEach((entry, seq) => {
    const write = (list: readonly ReferenceResult[]): void => {
      for (const result of list)
        results.push(lineOf(result, defined(node.outputs[result.port], result.port), plan, node.bound));
    };
    if (!('source' in entry)) return;
    if (entry.kind === 'row') {
      write(reference.row(entry.source, { seq, phase: 0, ts: entry.ts, values: entry.values }, merged));
    }
    watermarks[entry.source] = Math.max(watermarks[entry.source]!, stated(entry, scenario));
    const next = Math.min(...watermarks);
    if (next > merged) {
      merged = next;
      write(reference.watermark(merged, seq));
    }
  });
  return { results, fates: reference.fates() };
}

function stated(entry: Scenario['entries'][number], scenario: Scenario): number {
  if (entry.kind === 'watermark') return entry.time;
  if (entry.kind === 'end') return Infinity;
  if (entry.kind !== 'row') return -Infinity;
  const { strategy, delayMs } = scenario.sources[entry.source]!.watermark;
  return strategy === 'per-event' && !Number.isNaN(entry.ts) ? entry.ts - delayMs - 1 : -Infinity;
}

/** As the contract writes a result at the sink of the port. */
function lineOf(result: ReferenceResult, type: StreamType, plan: Plan, bound: unknown): string {
  const { fields } = type.schema;
  const row = Object.fromEntries(fields.map((field, i) => [field.name, toJson(result.values[i] ?? null, field.type)]));
  const keyFields = (bound as { readonly key?: { readonly fields: readonly { readonly name: string }[] } } | null)?.key
    ?.fields;
  const key: { readonly [name: string]: Json } | null =
    result.window === null || keyFields === undefined || keyFields.length === 0
      ? null
      : Object.fromEntries(keyFields.map(({ name }) => [name, row[name]!]));
  return JSON.stringify({
    seq: result.seq,
    phase: result.phase,
    node: defined(
      plan.nodes.find(({ id }) => id === `sink-${result.port}`),
      'a sink',
    ).id,
    port: 'in',
    op: result.op ?? '+I',
    key,
    window: result.window,
    pane: result.pane === null ? null : { timing: PANE_TIMING_NAMES[result.pane[0]], index: result.pane[1] },
    ts: Number.isNaN(result.ts) ? null : result.ts,
    row,
  });
}
