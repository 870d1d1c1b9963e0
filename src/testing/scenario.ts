import { flinkDatastream } from '../operators/dialects/flink-datastream.ts';
import type { OperatorKind } from '../operators/operator.ts';
import type { Plan, PlannedNode } from '../pipeline/plan.ts';
import { defined } from '../stream/assert.ts';
import type { StreamType } from '../stream/batch.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import type { Schema } from '../stream/types.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';
import type { Entry } from './log.ts';
import type { Feed } from './planned-nodes.ts';
import { bindOperator, sinkNode, sourceNode } from './planned-nodes.ts';

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
  const operatorNode = (id: string, kind: OperatorKind, config: unknown, feeds: readonly Feed[]): PlannedNode =>
    bindOperator({ id, kind, config, feeds, dialect: 'flink-datastream' });
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
    nodes.push(sinkNode(`sink-${port}`, { type, fromNode: place, fromPort: port }));
    // The DataStream API has no windows over a changelog.
    if (!isWindowed || port !== 'out' || type.changes !== 'append') continue;
    const config = { sizeMs: 20, latenessMs: 5, aggregates: [{ name: 'rows', function: 'count' }] };
    const window = operatorNode('after', 'window', config, [{ type, fromNode: place, fromPort: port }]);
    const results = { type: defined(window.outputs.out, 'out'), fromNode: nodes.push(window) - 1, fromPort: port };
    nodes.push(sinkNode('sink-after', results));
  }
  const sources = scenario.sources.map((_, i) => i);
  return { dialect: flinkDatastream, timeDomain: 'event', seed: 1, end: 'flush', nodes, sources };
}

/** The sources' schemas, as `logOf` takes them. */
export function schemasOf(scenario: Scenario): readonly Schema[] {
  return scenario.sources.map((source) => source.schema);
}
