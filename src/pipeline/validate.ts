import { dialectNamed } from '../operators/dialects/dialects.ts';
import { NO_COLUMNS } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import type { Analysis } from './analyse.ts';
import { analyse } from './analyse.ts';
import { NODE_KINDS } from './faces.ts';
import type { PipelineDocument } from './document.ts';
import { edgeKey } from './document.ts';
import { fanOutProblems } from './fan-out.ts';
import { atNode, nodeName, problem, shown } from './make-problem.ts';
import { referenceProblems } from './references.ts';
import { unboundedStateProblems } from './unbounded-state.ts';

/** What a look at the data settles before the run: a warning here, and an error to `makePlan`. */
export const SETTLED_BY_DATA: ReadonlySet<string> = new Set([NO_COLUMNS]);

const remembered = new WeakMap<Analysis, readonly Problem[]>();

/**
 * Everything that keeps the document from running, and what will probably disappoint, as warnings. Nothing hides
 * anything else: behind a faulty node the rest is judged by the streams that are known.
 */
export function validate(document: PipelineDocument): readonly Problem[] {
  const analysis = analyse(document);
  const last = remembered.get(analysis);
  if (last !== undefined) return last;
  const problems = [
    ...referenceProblems(document),
    ...timeProblems(document, analysis),
    ...dialectProblems(document, analysis),
    ...typeProblems(document, analysis),
    ...portProblems(document, analysis),
    ...analysis.problems.map((found) => (SETTLED_BY_DATA.has(found.code) ? asWarning(found) : found)),
    ...fanOutProblems(document, analysis.graph),
    ...unboundedStateProblems(document, analysis),
    ...endProblems(document, analysis),
  ];
  remembered.set(analysis, problems);
  return problems;
}

function asWarning(found: Problem): Problem {
  return { ...found, severity: 'warning' };
}

/** A dialect without a processing clock has no joins on it; windows say so themselves, stateless nodes do not mind. */
function timeProblems(document: PipelineDocument, { nodes }: Analysis): readonly Problem[] {
  const { title, time } = dialectNamed(document.dialect);
  if (document.time.domain !== 'processing' || time.hasProcessingTime) return [];
  return document.nodes.flatMap((node, i) => {
    const definition = nodes[i]?.definition;
    if (!definition || definition.kind === 'window' || !definition.inputs.some((port) => port.needsEventTime))
      return [];
    return atNode(document, i, {
      code: 'time-domain-not-available',
      path: 'type',
      message: `${nodeName(node)}: ${title} has no ${definition.title.toLowerCase()} on the processing clock.`,
      fix: 'Choose event time or ingestion time.',
    });
  });
}

function dialectProblems(document: PipelineDocument, { nodes }: Analysis): readonly Problem[] {
  const { dialect } = document;
  return document.nodes.flatMap((node, i) => {
    const definition = nodes[i]?.definition;
    if (!definition || definition.dialects.includes(dialect)) return [];
    return atNode(document, i, {
      code: 'dialect-not-available',
      path: 'type',
      message: `${nodeName(node)}: ${dialectNamed(dialect).title} has no ${definition.title.toLowerCase()}.`,
      fix: `Choose another dialect (${definition.dialects.map((name) => dialectNamed(name).title).join(', ')}) or another node.`,
    });
  });
}

function typeProblems(document: PipelineDocument, { nodes }: Analysis): readonly Problem[] {
  return document.nodes.flatMap((node, i) => {
    if (nodes[i]?.definition) return [];
    const message = `There is no node type ${shown(node.type)}.`;
    const fix = `Use one of: ${NODE_KINDS.join(', ')}.`;
    return atNode(document, i, { code: 'unknown-node-type', path: 'type', message, fix });
  });
}

/** Edges at ports that their nodes do not have. */
function portProblems(document: PipelineDocument, { graph, nodes }: Analysis): readonly Problem[] {
  return document.edges.flatMap((edge, i) =>
    (['from', 'to'] as const).flatMap((end) => {
      const { node: id, port } = edge[end];
      const definition = nodes[graph.indexOf.get(id) ?? -1]?.definition;
      if (!definition) return [];
      const ports = (end === 'from' ? definition.outputs : definition.inputs).map(({ name }) => name as string);
      if (ports.includes(port)) return [];
      const side = end === 'from' ? 'output' : 'input';
      const has = ports.length === 0 ? `it has no ${side}s` : `its ${side}s are: ${ports.join(', ')}`;
      const message = `The edge ${edgeKey(edge)} uses the ${side} ${shown(port)} of ${id}; ${has}.`;
      const fix = 'Remove the edge, or draw it at another port.';
      return problem({ code: 'unknown-port', path: `edges.${i}.${end}.port`, nodeId: id, message, fix });
    }),
  );
}

/** Nothing to run, and results that nobody sees. */
function endProblems(document: PipelineDocument, { graph, nodes }: Analysis): readonly Problem[] {
  const hasSource = nodes.some((node) => node.definition?.group === 'sources');
  if (!hasSource) {
    const message = 'The graph has no source, so no event ever enters it.';
    return [problem({ code: 'no-source', path: 'nodes', message, fix: 'Add a generator or a file.' })];
  }
  return document.nodes.flatMap((node, i) => {
    const definition = nodes[i]?.definition;
    if (!definition || definition.outputs.length === 0 || (graph.outgoing[i] ?? []).length > 0) return [];
    return atNode(document, i, {
      code: 'leads-nowhere',
      severity: 'warning',
      path: '',
      message: `The rows of ${nodeName(node)} lead nowhere: nobody will see them.`,
      fix: 'Draw an edge from it to a sink.',
    });
  });
}
