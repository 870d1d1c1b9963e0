import { dialectNamed } from '../../operators/dialects/dialects.ts';
import type { OperatorKind } from '../../operators/operator.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { DialectName, OutputPortName, TimeDomain } from '../../stream/node-definition.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { Entry } from '../log.ts';
import type { Feed } from '../planned-nodes.ts';
import { bindOperator, sinkNode, sourceNode } from '../planned-nodes.ts';
import { scenarioSchema } from '../scenarios/entries.ts';

/** An output: `source-0`, `window-3`, or `window-3.late` where it is not the port `out`. */
export type OutputName = string;

export interface GraphNode {
  readonly id: string;
  readonly kind: OperatorKind;
  readonly config: unknown;
  readonly engine: unknown;
  /** Each an output of a source or of a node before this one. */
  readonly inputs: readonly OutputName[];
}

/** A source's watermark, and what its rows are: all new where nothing is said. */
export interface GraphSource extends WatermarkConfig {
  readonly changes?: Changes;
  /** Columns that tell rows of a keyed changelog apart. */
  readonly key?: readonly string[];
}

/** A graph without its log. Sources all have the scenarios' columns and are called source-0, source-1, … */
export interface GraphShape {
  readonly dialect: DialectName;
  readonly timeDomain: TimeDomain;
  readonly sources: readonly GraphSource[];
  readonly nodes: readonly GraphNode[];
}

export interface Graph extends GraphShape {
  readonly entries: readonly Entry[];
}

/** The plan of a graph, every node bound as the pipeline binds it. Throws what a definition objects to. */
export function planOfGraph({ dialect, timeDomain, sources, nodes }: GraphShape): Plan {
  const planned: PlannedNode[] = sources.map((watermark, i) => sourceNode(i, sourceType(watermark), watermark));
  for (const { id, kind, config, engine, inputs } of nodes) {
    const feeds = inputs.map((name) => feedOf(planned, name));
    if (kind === 'sink') planned.push(sinkNode(id, defined(feeds[0], `the input of ${id}`)));
    else planned.push(bindOperator({ id, kind, config, engine, feeds, dialect, timeDomain }));
  }
  const places = sources.map((_, i) => i);
  const rules = dialectNamed(dialect);
  return {
    dialect: rules,
    timeDomain,
    seed: 1,
    end: rules.time.flushAtEnd ? 'flush' : 'none',
    nodes: planned.map((node, place) => ({ ...node, connected: connectedPorts(planned, place) })),
    sources: places,
  };
}

/** What a source of a graph gives. */
export function sourceType({ delayMs, changes = 'append', key }: GraphSource): StreamType {
  return { schema: scenarioSchema, changes, key: key ?? null, eventTime: true, delayMs };
}

export function graphSchemas({ sources }: GraphShape): readonly Schema[] {
  return sources.map(() => scenarioSchema);
}

export function outputName(id: string, port: OutputPortName): OutputName {
  return port === 'out' ? id : `${id}.${port}`;
}

function feedOf(planned: readonly PlannedNode[], name: OutputName): Feed {
  const [id = '', port = 'out'] = name.split('.');
  const fromNode = planned.findIndex((node) => node.id === id);
  assert(fromNode >= 0, () => `no node ${id} before the one that takes its rows`);
  const fromPort = port as OutputPortName;
  return { type: defined(planned[fromNode]!.outputs[fromPort], name), fromNode, fromPort };
}

function connectedPorts(planned: readonly PlannedNode[], place: number): ReadonlySet<OutputPortName> {
  return new Set(
    planned.flatMap(({ inputs }) =>
      inputs.filter(({ fromNode }) => fromNode === place).map(({ fromPort }) => fromPort),
    ),
  );
}
