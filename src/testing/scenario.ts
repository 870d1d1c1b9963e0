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
  /** A filter before each input, so that rows come selected; a window behind, so that it hears of firings. */
  readonly surroundings?: { readonly isFiltered: boolean; readonly isWindowed: boolean };
}

export const OPERATOR_ID = 'operator';

/** Sources, the operator with what surrounds it, and a sink at each open output. Throws on a bad configuration. */
export function planOf(scenario: Scenario): Plan {
  const types = scenario.sources.map(({ schema }): StreamType => ({
    schema,
    changes: 'append',
    key: null,
    eventTime: true,
  }));
  const nodes: PlannedNode[] = scenario.sources.map(({ watermark }, i) => sourceNode(i, types[i]!, watermark));
  const { isFiltered, isWindowed } = scenario.surroundings ?? { isFiltered: false, isWindowed: false };
  let from = types.map((_, i) => i);
  if (isFiltered) {
    from = from.map((source) => {
      const input = { type: types[source]!, fromNode: source, fromPort: 'out' as const };
      return nodes.push(operatorNode(`before-${source}`, 'filter', { predicate: 'n > -5' }, [input])) - 1;
    });
  }
  const inputs = types.map((type, i) => ({ type, fromNode: from[i]!, fromPort: 'out' as const }));
  const operator = operatorNode(OPERATOR_ID, scenario.kind, scenario.config, inputs);
  const place = nodes.push(operator) - 1;
  for (const port of Object.keys(operator.outputs) as OutputPortName[]) {
    const type = defined(operator.outputs[port], port);
    nodes.push(sinkNode(port, type, place));
    if (!isWindowed || port !== 'out') continue;
    const config = { sizeMs: 20, latenessMs: 5, aggregates: [{ name: 'rows', function: 'count' }] };
    const window = operatorNode('after', 'window', config, [{ type, fromNode: place, fromPort: port }]);
    nodes.push(sinkNode('out', defined(window.outputs.out, 'out'), nodes.push(window) - 1, 'sink-after'));
  }
  const sources = scenario.sources.map((_, i) => i);
  return { dialect: flinkDatastream, timeDomain: 'event', seed: 1, end: 'flush', nodes, sources };
}

type Feed = Pick<PlannedNode['inputs'][number], 'type' | 'fromNode' | 'fromPort'>;

function operatorNode(id: string, kind: OperatorKind, config: unknown, feeds: readonly Feed[]): PlannedNode {
  const definition = operatorDefinitions[kind] as unknown as NodeDefinition;
  const result = definition.bind({
    config: definition.config.parse(config),
    engine: definition.engine.parse({}),
    inputs: feeds.map(({ type }) => type),
    dialect: 'flink-datastream',
    timeDomain: 'event',
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

function sourceNode(index: number, type: StreamType, watermark: WatermarkConfig): PlannedNode {
  const id = `source-${index}`;
  const connected = new Set<OutputPortName>(['out']);
  return { id, kind: 'source.file', label: id, bound: { watermark }, inputs: [], outputs: { out: type }, connected };
}

function sinkNode(port: OutputPortName, type: StreamType, fromNode: number, id = `sink-${port}`): PlannedNode {
  const input = { port: 'in' as const, type, fromNode, fromPort: port };
  return {
    id,
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
