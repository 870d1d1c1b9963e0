import type { Problem } from '../stream/problem.ts';
import type { DocumentNode, PipelineDocument } from './document.ts';
import { nodeName } from './make-problem.ts';

/** Why a run of one document has other events than one of the other: nothing where they are the same ones. */
export function eventProblems(before: PipelineDocument, after: PipelineDocument): readonly Problem[] {
  const problems: Problem[] = [];
  if (before.run.seed !== after.run.seed) problems.push(otherEvents(null, 'Another seed makes other events.'));
  if (before.time.domain !== after.time.domain) {
    problems.push(otherEvents(null, 'With another time domain events have other times.'));
  }
  const sources = sourcesOf(after);
  const known = sourcesOf(before);
  for (const source of sources) {
    const own = known.find(({ id }) => id === source.id);
    if (own === undefined)
      problems.push(otherEvents(source, `${nodeName(source)} brings events that the run does not have.`));
    else if (eventText(own) !== eventText(source)) {
      problems.push(otherEvents(source, `${nodeName(source)} would give other events than the run has.`));
    }
  }
  for (const source of known) {
    if (sources.some(({ id }) => id === source.id)) continue;
    problems.push(otherEvents(null, `Without ${nodeName(source)} its events are missing.`));
  }
  const isSameOrder = sources.every(({ id }, i) => known[i]?.id === id);
  if (problems.length === 0 && !isSameOrder) problems.push(otherEvents(null, 'The sources stand in another order.'));
  return problems;
}

function sourcesOf({ nodes }: PipelineDocument): readonly DocumentNode[] {
  return nodes.filter(({ type }) => type.startsWith('source.'));
}

/** What a source's events depend on: all but its watermark; of a file, by what is ahead of its clock, when they come. */
function eventText({ type, typeVersion, config, engine }: DocumentNode): string {
  const { watermark, ...rest } = config;
  const { maxAheadMs = 0 } = (watermark ?? {}) as { readonly maxAheadMs?: unknown };
  const ahead = type === 'source.file' ? maxAheadMs : 0;
  return JSON.stringify([type, typeVersion, sorted(rest), ahead, sorted(engine)]);
}

function sorted(config: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function otherEvents(node: DocumentNode | null, message: string): Problem {
  return {
    code: 'other-events',
    severity: 'error',
    path: '',
    nodeId: node?.id ?? null,
    message,
    fix: 'Change what is done with the events instead: watermarks, expressions, windows, joins. For other events make a copy of the graph.',
  };
}
