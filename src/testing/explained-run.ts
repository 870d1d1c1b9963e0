import { EraReplay } from '../engine/explain/era-replay.ts';
import type { ExplainedRun, Replaying } from '../engine/explain/replaying.ts';
import { cutSlice } from '../sources/log/cut-slice.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { graphSchemas, planOfGraph } from './graphs/graph.ts';
import type { Graph } from './graphs/graph.ts';
import { logOf } from './log.ts';
import type { Scenario } from './scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from './scenario.ts';

/** Entries a round has at most, so that what is looked for stands in several of them. */
const ROUND = 3;

/** Replays a log that lies in memory. */
export function replayingOf(log: LogSlice, round = ROUND): Replaying {
  return (request) => {
    const replay = new EraReplay(request);
    const { entries } = request;
    for (let from = 0; from < entries; from += round) {
      replay.take(cutSlice(log, from, Math.min(entries, from + round)));
    }
    return Promise.resolve(0);
  };
}

type Change = (nodeId: string, path: readonly string[], value: number) => Plan;

export interface ExplainedPlan extends ExplainedRun {
  readonly plan: Plan;
  readonly log: LogSlice;
}

function erasOfPlan(plan: Plan): ExplainedRun['eras'] {
  return [{ fromSeq: 0, plan, begins: new Set() }];
}

function explained(plan: Plan, log: LogSlice, change: Change): ExplainedPlan {
  const replan: ExplainedRun['replan'] = ({ nodeId, path }, value) => {
    try {
      return erasOfPlan(change(nodeId, path, value));
    } catch {
      return null;
    }
  };
  return { plan, log, eras: erasOfPlan(plan), entries: log.length, replay: replayingOf(log), replan };
}

/** A scenario with the figure at `path` of one of its nodes changed. */
export function withFigure(scenario: Scenario, nodeId: string, path: readonly string[], value: number): Scenario {
  const [part = '', first = '', second] = path;
  if (nodeId === OPERATOR_ID) {
    const settings = (part === 'engine' ? scenario.engine : scenario.config) as Readonly<Record<string, unknown>>;
    const inner = settings[first] as Readonly<Record<string, unknown>> | undefined;
    const changed = { ...settings, [first]: second === undefined ? value : { ...inner, [second]: value } };
    return { ...scenario, [part]: changed };
  }
  const sources = scenario.sources.map((source, i) =>
    `source-${String(i)}` === nodeId
      ? { ...source, watermark: { ...source.watermark, [second ?? first]: value } }
      : source,
  );
  return { ...scenario, sources };
}

export function explainedScenario(scenario: Scenario): ReturnType<typeof explained> {
  const log = logOf(scenario.entries, schemasOf(scenario));
  return explained(planOf(scenario), log, (...figure) => planOf(withFigure(scenario, ...figure)));
}

/** A graph with the figure at `path` of one of its nodes changed. */
export function graphWithFigure(graph: Graph, nodeId: string, path: readonly string[], value: number): Graph {
  const [part = '', first = '', second] = path;
  const nodes = graph.nodes.map((node) => {
    if (node.id !== nodeId) return node;
    const settings = (part === 'engine' ? node.engine : node.config) as Readonly<Record<string, unknown>>;
    const inner = settings[first] as Readonly<Record<string, unknown>> | undefined;
    return { ...node, [part]: { ...settings, [first]: second === undefined ? value : { ...inner, [second]: value } } };
  });
  const sources = graph.sources.map((source, i) =>
    `source-${String(i)}` === nodeId ? { ...source, [second ?? first]: value } : source,
  );
  return { ...graph, nodes, sources };
}

export function explainedGraph(graph: Graph): ReturnType<typeof explained> {
  const log = logOf(graph.entries, graphSchemas(graph));
  return explained(planOfGraph(graph), log, (...figure) => planOfGraph(graphWithFigure(graph, ...figure)));
}
