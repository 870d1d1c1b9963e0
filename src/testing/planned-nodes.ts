import { bindPunctuation } from '../expression/punctuation.ts';
import { operatorDefinitions } from '../operators/definitions.ts';
import type { OperatorKind } from '../operators/operator.ts';
import type { PlannedNode } from '../pipeline/plan.ts';
import type { SourceTimes } from '../sources/source-times.ts';
import { defined } from '../stream/assert.ts';
import type { StreamType } from '../stream/batch.ts';
import type {
  DialectName,
  InputPortName,
  NodeDefinition,
  OutputPortName,
  TimeDomain,
} from '../stream/node-definition.ts';
import type { Schema } from '../stream/types.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';

/** Nodes of a plan that a test puts together by hand; operators are bound as the pipeline binds them. */

/** What ends at an input: an output of an earlier node of the plan. */
export type Feed = Pick<PlannedNode['inputs'][number], 'type' | 'fromNode' | 'fromPort'>;

export interface OperatorRequest {
  readonly id: string;
  readonly kind: OperatorKind;
  readonly config: unknown;
  readonly engine?: unknown;
  readonly feeds: readonly Feed[];
  readonly dialect: DialectName;
  readonly timeDomain?: TimeDomain;
}

/** An operator with its configuration resolved. Throws what its definition objects to. */
export function bindOperator(request: OperatorRequest): PlannedNode {
  const { id, kind, feeds, dialect } = request;
  const definition = operatorDefinitions[kind] as unknown as NodeDefinition;
  const result = definition.bind({
    config: definition.config.parse(request.config),
    engine: definition.engine.parse(request.engine ?? {}),
    inputs: feeds.map(({ type }) => type),
    dialect,
    timeDomain: request.timeDomain ?? 'event',
  });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(' '));
  const { bound, outputs } = result.value;
  const connected = new Set(Object.keys(outputs) as OutputPortName[]);
  const inputs = feeds.map((feed, i) => ({ port: portOf(definition, i), ...feed }));
  return { id, kind, label: id, bound, inputs, outputs, connected };
}

function portOf(definition: NodeDefinition, input: number): InputPortName {
  return (definition.inputs[input] ?? defined(definition.inputs[0], 'a port')).name;
}

/** As a source's own definition binds its watermark. Throws what is wrong with it. */
export function sourceTimes(watermark: WatermarkConfig, schema: Schema, partitions = 1): SourceTimes {
  const punctuation = bindPunctuation(watermark, schema);
  if (!punctuation.ok) throw new Error(punctuation.problems.map((problem) => problem.message).join(' '));
  return { watermark, punctuation: punctuation.value, partitions };
}

export function sourceNode(index: number, type: StreamType, watermark: WatermarkConfig): PlannedNode {
  const id = `source-${index}`;
  const connected = new Set<OutputPortName>(['out']);
  return {
    id,
    kind: 'source.file',
    label: id,
    bound: sourceTimes(watermark, type.schema),
    inputs: [],
    outputs: { out: type },
    connected,
  };
}

export function sinkNode(id: string, feed: Feed): PlannedNode {
  const inputs = [{ port: 'in' as const, ...feed }];
  return { id, kind: 'sink', label: id, bound: null, inputs, outputs: {}, connected: new Set() };
}
