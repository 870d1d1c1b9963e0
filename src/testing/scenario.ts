import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { OperatorKind } from '../operators/operator.ts';
import type { Plan, PlannedNode } from '../pipeline/plan.ts';
import { defined } from '../stream/assert.ts';
import type { StreamType, Windowing } from '../stream/batch.ts';
import type { DialectName, OutputPortName, TimeDomain } from '../stream/node-definition.ts';
import type { Changes } from '../stream/row-kind.ts';
import type { Schema } from '../stream/types.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';
import type { Entry } from './log.ts';
import type { Feed } from './planned-nodes.ts';
import { bindOperator, sinkNode, sourceNode } from './planned-nodes.ts';

export interface ScenarioSource {
  readonly schema: Schema;
  readonly watermark: WatermarkConfig;
  /** Whether rows may take others back; +I alone where absent. */
  readonly changes?: Changes;
  /** Columns that tell rows of a changelog by key apart. */
  readonly key?: readonly string[];
  /** Set where rows come as if a window had made them. */
  readonly windowed?: Windowing;
}

/** One operator between sources and sinks, with the log that it is to run on. */
export interface Scenario {
  readonly kind: OperatorKind;
  readonly config: unknown;
  /** Knobs that only an engine has; none where absent. */
  readonly engine?: unknown;
  /** Flink's DataStream API where absent. */
  readonly dialect?: DialectName;
  /** Event time where absent. */
  readonly timeDomain?: TimeDomain;
  /** One a source; source i feeds input i. */
  readonly sources: readonly ScenarioSource[];
  readonly entries: readonly Entry[];
  /**
   * A filter before each input, so that rows come selected; a map behind that where the operator takes columns that wait to
   * be computed; a window behind the operator, so that it hears of firings.
   */
  readonly surroundings?: { readonly isFiltered: boolean; readonly isWindowed: boolean };
}

export const OPERATOR_ID = 'operator';

const GOES_ROW_BY_ROW: ReadonlySet<OperatorKind> = new Set(['filter', 'map', 'split']);

/** Sources, the operator with what surrounds it, and a sink at each open output. Throws on a bad configuration. */
export function planOf(scenario: Scenario): Plan {
  const { dialect = 'flink-datastream', timeDomain = 'event' } = scenario;
  const rules = dialectNamed(dialect);
  const types = scenario.sources.map(({ schema, watermark, changes = 'append', key = null, windowed }): StreamType => ({
    schema,
    changes,
    key,
    eventTime: true,
    delayMs: watermark.delayMs,
    ...(windowed === undefined ? {} : { windowed }),
  }));
  const nodes: PlannedNode[] = scenario.sources.map(({ watermark }, i) => sourceNode(i, types[i]!, watermark));
  const operatorNode = (id: string, kind: OperatorKind, config: unknown, feeds: readonly Feed[]): PlannedNode =>
    bindOperator({ id, kind, config, feeds, dialect, timeDomain });
  const { isFiltered, isWindowed } = scenario.surroundings ?? { isFiltered: false, isWindowed: false };
  let from = types.map((_, i) => i);
  if (isFiltered) {
    from = from.map((source) => {
      const input = { type: types[source]!, fromNode: source, fromPort: 'out' as const };
      const filter = nodes.push(operatorNode(`before-${source}`, 'filter', { predicate: 'n > -5' }, [input])) - 1;
      if (!GOES_ROW_BY_ROW.has(scenario.kind) || input.type.changes !== 'append') return filter;
      const selected = { type: nodes[filter]!.outputs.out!, fromNode: filter, fromPort: 'out' as const };
      const columns = [{ name: 'k', expression: "k || ''" }];
      return nodes.push(operatorNode(`mapped-${source}`, 'map', { columns, keep: 'all' }, [selected])) - 1;
    });
  }
  const inputs = types.map((type, i) => {
    const filtered = isFiltered ? nodes[from[i]!]!.outputs.out : undefined;
    return { type: filtered ?? type, fromNode: from[i]!, fromPort: 'out' as const };
  });
  const { kind, config, engine = {} } = scenario;
  const operator = bindOperator({ id: OPERATOR_ID, kind, config, engine, feeds: inputs, dialect, timeDomain });
  const place = nodes.push(operator) - 1;
  for (const port of Object.keys(operator.outputs) as OutputPortName[]) {
    const type = defined(operator.outputs[port], port);
    nodes.push(sinkNode(`sink-${port}`, { type, fromNode: place, fromPort: port }));
    // Not every dialect has windows over a changelog.
    if (!isWindowed || port !== 'out' || type.changes !== 'append') continue;
    const after = { sizeMs: 20, latenessMs: 5, aggregates: [{ name: 'rows', function: 'count' }] };
    const window = operatorNode('after', 'window', after, [{ type, fromNode: place, fromPort: port }]);
    const results = { type: defined(window.outputs.out, 'out'), fromNode: nodes.push(window) - 1, fromPort: port };
    nodes.push(sinkNode('sink-after', results));
  }
  const sources = scenario.sources.map((_, i) => i);
  const end = rules.time.flushAtEnd ? 'flush' : 'none';
  return { dialect: rules, timeDomain, seed: 1, end, nodes, sources };
}

/** The sources' schemas, as `logOf` takes them. */
export function schemasOf(scenario: Scenario): readonly Schema[] {
  return scenario.sources.map((source) => source.schema);
}
