import { operatorDefinitions } from '../operators/definitions.ts';
import { flinkDatastream } from '../operators/dialects/flink-datastream.ts';
import type { OperatorKind } from '../operators/operator.ts';
import type { Plan, PlannedNode } from '../pipeline/plan.ts';
import { defined } from '../stream/assert.ts';
import type { StreamType } from '../stream/batch.ts';
import type { InputPortName, NodeDefinition, OutputPortName } from '../stream/node-definition.ts';
import type { Schema } from '../stream/types.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';
import type { Entry } from './log.ts';

/** One operator between sources and sinks, with the log that it is to run on. */
export interface Scenario {
  readonly kind: OperatorKind;
  readonly config: unknown;
  /** One a source; source i feeds input i. */
  readonly sources: readonly { readonly schema: Schema; readonly watermark: WatermarkConfig }[];
  readonly entries: readonly Entry[];
}

export const OPERATOR_ID = 'operator';

/** Sources, the operator, and a sink at each of its outputs. Throws when the configuration cannot be bound. */
export function planOf(scenario: Scenario): Plan {
  const definition = operatorDefinitions[scenario.kind] as unknown as NodeDefinition;
  const types = scenario.sources.map(({ schema }): StreamType => ({
    schema,
    changes: 'append',
    key: null,
    eventTime: true,
  }));
  const config = definition.config.parse(scenario.config);
  const result = definition.bind({ config, inputs: types, dialect: 'flink-datastream', timeDomain: 'event' });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(' '));
  const { bound, outputs } = result.value;
  const ports = Object.keys(outputs) as OutputPortName[];
  const sources = scenario.sources.map(({ watermark }, i) => sourceNode(i, types[i]!, watermark));
  const operator: PlannedNode = {
    id: OPERATOR_ID,
    kind: scenario.kind,
    label: scenario.kind,
    bound,
    inputs: types.map((type, i) => ({ port: portOf(definition, i), type, fromNode: i, fromPort: 'out' })),
    outputs,
    connected: new Set(ports),
  };
  const sinks = ports.map((port) => sinkNode(port, defined(outputs[port], port), sources.length));
  return {
    dialect: flinkDatastream,
    timeDomain: 'event',
    seed: 1,
    end: 'flush',
    nodes: [...sources, operator, ...sinks],
    sources: sources.map((_, i) => i),
  };
}

function portOf(definition: NodeDefinition, input: number): InputPortName {
  return (definition.inputs[input] ?? defined(definition.inputs[0], 'a port')).name;
}

function sourceNode(index: number, type: StreamType, watermark: WatermarkConfig): PlannedNode {
  const id = `source-${index}`;
  const connected = new Set<OutputPortName>(['out']);
  return { id, kind: 'source.file', label: id, bound: { watermark }, inputs: [], outputs: { out: type }, connected };
}

function sinkNode(port: OutputPortName, type: StreamType, fromNode: number): PlannedNode {
  const input = { port: 'in' as const, type, fromNode, fromPort: port };
  return {
    id: `sink-${port}`,
    kind: 'sink',
    label: port,
    bound: null,
    inputs: [input],
    outputs: {},
    connected: new Set(),
  };
}

/** The sources' schemas, as `logOf` takes them. */
export function schemasOf(scenario: Scenario): readonly Schema[] {
  return scenario.sources.map((source) => source.schema);
}
