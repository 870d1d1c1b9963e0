import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { Problem } from '../stream/problem.ts';
import type { Analysis } from './analyse.ts';
import type { NodeKind, PipelineDocument } from './document.ts';
import { atNode, nodeName } from './make-problem.ts';
import { growthForecast } from './state-forecast.ts';

/** Why a node's output has no watermark to speak of, and what to do about it. */
interface Silence {
  readonly why: (node: string) => string;
  readonly fix: string;
}

const STATES_NONE: Silence = {
  why: (node) => `${node} states no watermarks`,
  fix: 'Give that node a watermark strategy other than none.',
};

const IDLE_PARTITIONS: Silence = {
  why: (node) => `some partitions of ${node} never send, and never count as idle`,
  fix: 'Say in its watermark after how long a partition counts as idle.',
};

interface Cause {
  readonly index: number;
  readonly silence: Silence;
}

/** Nodes whose state has no end: because of what they are, or because nothing tells them how far time is. */
export function unboundedStateProblems(document: PipelineDocument, analysis: Analysis): readonly Problem[] {
  const silent = silenceProblems(document, analysis);
  const told = new Set(
    [...silent, ...analysis.problems].flatMap((found) => (found.code === CODE ? [found.nodeId] : [])),
  );
  return [...silent, ...growthProblems(document, analysis).filter(({ nodeId }) => !told.has(nodeId))];
}

const CODE = 'unbounded-state';

/**
 * Windows and joins that are never told how far event time is, because a node before them states no watermarks: they
 * fire nothing and forget nothing until the input ends, and on an endless one never.
 */
function silenceProblems(document: PipelineDocument, { graph, nodes }: Analysis): readonly Problem[] {
  const { time, windows } = dialectNamed(document.dialect);
  // Windows on the processing clock wait for the clock, Kafka's for the rows themselves.
  if (document.time.domain === 'processing' || windows.machine === 'stores') return [];
  /** By node, the one whose missing watermarks hold its output back. */
  const heldBackBy = new Map<number, Cause>();
  const problems: Problem[] = [];
  for (const index of graph.order) {
    const node = document.nodes[index];
    const definition = nodes[index]?.definition;
    if (node === undefined || !definition) continue;
    const states = statesWatermarks(definition.kind);
    const silence = states ? silenceOf(node.config, time.partitionWatermarks) : null;
    const before = (graph.incoming[index] ?? []).find(({ from }) => heldBackBy.has(from));
    const cause = states ? (silence === null ? undefined : { index, silence }) : heldBackBy.get(before?.from ?? -1);
    if (cause === undefined) continue;
    heldBackBy.set(index, cause);
    const waits = cause.index !== index && definition.stateful && definition.inputs.some((port) => port.needsEventTime);
    if (!waits) continue;
    const source = document.nodes[cause.index];
    const why = cause.silence.why(source === undefined ? 'a source' : nodeName(source));
    problems.push(
      atNode(document, index, {
        code: CODE,
        severity: 'warning',
        path: '',
        message: `${nodeName(node)} keeps all of its rows until the input ends: ${why}.`,
        fix: cause.silence.fix,
      }),
    );
  }
  return problems;
}

function statesWatermarks(kind: NodeKind): boolean {
  return kind.startsWith('source.') || kind === 'assign-timestamps';
}

/** As written in a configuration that may be faulty or leave things to the defaults. */
function silenceOf(config: Readonly<Record<string, unknown>>, hasPartitions: boolean): Silence | null {
  const { watermark } = config;
  const given = (name: string): unknown =>
    typeof watermark === 'object' && watermark !== null && Object.hasOwn(watermark, name)
      ? (watermark as Readonly<Record<string, unknown>>)[name]
      : null;
  if (given('strategy') === 'none') return STATES_NONE;
  const idlePartitions = Object.hasOwn(config, 'idlePartitions') ? Number(config['idlePartitions']) : 0;
  return hasPartitions && idlePartitions > 0 && !given('idleMs') ? IDLE_PARTITIONS : null;
}

/** Nodes that forget nothing as they are configured. */
function growthProblems(document: PipelineDocument, analysis: Analysis): readonly Problem[] {
  const { dialect, time } = document;
  return document.nodes.flatMap((node, index) => {
    const { definition, inputs, binding } = analysis.nodes[index] ?? {};
    if (!definition?.grows || !binding) return [];
    const config = definition.config.safeParse(node.config);
    const engine = definition.engine.safeParse(node.engine);
    const types = (inputs ?? []).flatMap(({ stream }) => stream?.type ?? []);
    if (!config.success || !engine.success) return [];
    const request = { config: config.data, engine: engine.data, inputs: types, dialect, timeDomain: time.domain };
    const growth = definition.grows(request);
    if (growth === null) return [];
    const forecast = growthForecast(document, analysis, { index, types, by: growth.by });
    return atNode(document, index, {
      code: CODE,
      severity: 'warning',
      path: '',
      message: `${nodeName(node)} keeps ${growth.what} for ever${forecast}.`,
      fix: growth.fix,
    });
  });
}
