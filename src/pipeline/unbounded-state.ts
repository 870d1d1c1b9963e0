import type { Problem } from '../stream/problem.ts';
import type { Analysis } from './analyse.ts';
import type { NodeKind, PipelineDocument } from './document.ts';
import { atNode, nodeName } from './make-problem.ts';

/**
 * Windows and joins that are never told how far event time is, because a node before them states no watermarks: they
 * fire nothing and forget nothing until the input ends, and on an endless one never.
 */
export function unboundedStateProblems(document: PipelineDocument, { graph, nodes }: Analysis): readonly Problem[] {
  // Windows there wait for the clock.
  if (document.time.domain === 'processing') return [];
  /** By node, the one whose missing watermarks hold its output back. */
  const heldBackBy = new Map<number, number>();
  const problems: Problem[] = [];
  for (const index of graph.order) {
    const node = document.nodes[index];
    const definition = nodes[index]?.definition;
    if (node === undefined || !definition) continue;
    const strategy = statesWatermarks(definition.kind) ? watermarkStrategy(node.config) : null;
    const before = (graph.incoming[index] ?? []).find(({ from }) => heldBackBy.has(from));
    const cause = strategy === null ? heldBackBy.get(before?.from ?? -1) : strategy === 'none' ? index : undefined;
    if (cause === undefined) continue;
    heldBackBy.set(index, cause);
    const waits = cause !== index && definition.stateful && definition.inputs.some((port) => port.needsEventTime);
    if (!waits) continue;
    const source = document.nodes[cause];
    problems.push(
      atNode(document, index, {
        code: 'unbounded-state',
        severity: 'warning',
        path: '',
        message: `${nodeName(node)} keeps all of its rows until the input ends: ${source === undefined ? 'a source' : nodeName(source)} states no watermarks.`,
        fix: 'Give that node a watermark strategy other than none.',
      }),
    );
  }
  return problems;
}

function statesWatermarks(kind: NodeKind): boolean {
  return kind.startsWith('source.') || kind === 'assign-timestamps';
}

/** As written in a configuration that may be faulty or leave it to the default. */
function watermarkStrategy({ watermark }: Readonly<Record<string, unknown>>): unknown {
  const isGiven = typeof watermark === 'object' && watermark !== null && Object.hasOwn(watermark, 'strategy');
  return isGiven ? (watermark as { readonly strategy: unknown }).strategy : 'default';
}
