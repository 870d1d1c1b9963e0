import type { Fates } from '../operators/operator.ts';
import type { Reference, ReferenceRequest, ReferenceResult } from '../operators/reference.ts';
import { references } from '../operators/references.ts';
import type { Plan } from '../pipeline/plan.ts';
import { defined } from '../stream/assert.ts';
import { PANE_TIMING_NAMES } from '../stream/batch.ts';
import type { StreamType } from '../stream/batch.ts';
import { fieldIndex } from '../stream/types.ts';
import type { Json, Value } from '../stream/value.ts';
import { toJson } from '../stream/value.ts';
import type { DialectName } from '../stream/node-definition.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';
import { OPERATOR_ID } from './scenario.ts';
import { lineOf } from './transcript.ts';

/**
 * The scenario played row by row through the operator's reference. Watermarks are worked out here from the log alone:
 * the greatest time so far less the delay as the dialect counts it, the least over the inputs. Scenarios with idle sources
 * or periodic watermarks are not for this driver.
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
  const dialect = plan.dialect.name;
  const reference = factory({ bound: node.bound, inputs: node.inputs.map((input) => input.type), dialect });
  const watermarks = scenario.sources.map(() => -Infinity);
  let merged = -Infinity;
  const results: string[] = [];
  scenario.entries.forEach((entry, seq) => {
    const write = (list: readonly ReferenceResult[]): void => {
      for (const result of list)
        results.push(resultLine(result, defined(node.outputs[result.port], result.port), plan, node.bound));
    };
    if (entry.kind === 'clock') write(reference.clock?.(entry.at, seq) ?? []);
    if (!('source' in entry)) return;
    if (entry.kind === 'row' && !lacksKey(entry.values, scenario.sources[entry.source]!)) {
      const { ts, values, at, op = '+I' } = entry;
      write(reference.row(entry.source, { seq, phase: 0, ts, values, at, op }, merged));
    }
    watermarks[entry.source] = Math.max(watermarks[entry.source]!, stated(entry, scenario, dialect));
    const next = Math.min(...watermarks);
    if (next > merged) {
      merged = next;
      write(reference.watermark(merged, seq, entry.at));
    }
  });
  return { results, fates: reference.fates() };
}

/** A source refuses rows of a table by key that have NULL in it. */
function lacksKey(values: readonly Value[], { schema, changes, key = [] }: ScenarioSource): boolean {
  return changes === 'upsert' && key.some((name) => values[fieldIndex(schema, name)] === null);
}

/** Flink's DataStream API and Beam leave room for an equal time to come, Flink SQL does not; Kafka has no end of time. */
function stated(entry: Scenario['entries'][number], scenario: Scenario, dialect: DialectName): number {
  const isKafka = dialect === 'kafka-streams' || dialect === 'ksqldb';
  if (entry.kind === 'watermark') return entry.time;
  if (entry.kind === 'end') return isKafka ? -Infinity : Infinity;
  if (entry.kind !== 'row') return -Infinity;
  const { strategy, delayMs } = scenario.sources[entry.source]!.watermark;
  if (strategy !== 'per-event' || Number.isNaN(entry.ts)) return -Infinity;
  if (isKafka) return entry.ts;
  return dialect === 'flink-sql' ? entry.ts - delayMs : entry.ts - delayMs - 1;
}

/** As the contract writes a result at the sink of the port. */
function resultLine(result: ReferenceResult, type: StreamType, plan: Plan, bound: unknown): string {
  const { fields } = type.schema;
  const row = Object.fromEntries(fields.map((field, i) => [field.name, toJson(result.values[i] ?? null, field.type)]));
  const keyFields =
    (result.port === 'out' ? originKey(plan, bound) : null) ?? (type.key ?? []).map((name) => ({ name }));
  const key: { readonly [name: string]: Json } | null =
    keyFields.length === 0 ? null : Object.fromEntries(keyFields.map(({ name }) => [name, row[name]!]));
  const record = {
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
  };
  return lineOf(record);
}

interface Keyed {
  readonly key?: { readonly fields: readonly { readonly name: string }[] };
  readonly groupKey?: { readonly fields: readonly { readonly name: string }[] };
  /** Of operators that take rows window by window; null where they do not. */
  readonly windows?: object | null;
}

/** The columns that results of windows tell as their key; null where no window made them. */
function originKey(plan: Plan, bound: unknown): readonly { readonly name: string }[] | null {
  const { kind } = defined(
    plan.nodes.find(({ id }) => id === OPERATOR_ID),
    'the operator',
  );
  const { key, groupKey, windows = null } = (bound ?? {}) as Keyed;
  return (kind === 'window' || windows !== null ? key : kind === 'suppress' ? groupKey : undefined)?.fields ?? null;
}
