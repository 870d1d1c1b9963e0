import fc from 'fast-check';
import type { PlannedDocument } from '../../pipeline/live-edit.ts';
import { RunEdits } from '../../worker/edits/run-edits.ts';
import type { Run } from '../../worker/run.ts';
import { logOf } from '../log.ts';
import type { RecordedRunOptions } from '../recorded-run.ts';
import { recordedRun } from '../recorded-run.ts';
import type { GraphEdit } from './edited-graph.ts';
import { edited, graphEdits, plannedGraph } from './edited-graph.ts';
import type { Graph } from './graph.ts';
import { graphSchemas } from './graph.ts';

export interface EditStep {
  /** Entries that are taken before it. */
  readonly at: number;
  readonly edit: GraphEdit;
}

const step: fc.Arbitrary<EditStep> = fc.record({ at: fc.nat({ max: 30 }), edit: graphEdits });
export const editSteps = fc.uniqueArray(step, { minLength: 1, maxLength: 5, selector: ({ at }) => at });

export function runOfGraph(graph: Graph, how: RecordedRunOptions = {}, planned = plannedGraph(graph)): Run {
  const log = logOf(graph.entries, graphSchemas(graph));
  return recordedRun(planned.plan, log, { ...how, edits: new RunEdits(planned) });
}

export async function goTo(run: Run, seq: number): Promise<void> {
  run.seek(seq);
  while (!(await run.goOnTo(seq, 0)));
}

export interface EditedRun {
  readonly run: Run;
  /** By what each document was planned from; the first one's, then one for each edit that was made. */
  readonly graphs: ReadonlyMap<PlannedDocument['document'], Graph>;
}

/** Makes the edits, each further on than the last; calls `then` where the run goes on by `graph`. */
export async function editedRun(
  first: Graph,
  path: readonly EditStep[],
  how: RecordedRunOptions,
  then: (run: Run, graph: Graph, isPure: boolean) => Promise<void> = () => Promise.resolve(),
): Promise<EditedRun> {
  let graph = first;
  const planned = plannedGraph(first);
  const run = runOfGraph(first, how, planned);
  const graphs = new Map([[planned.document, first]]);
  let isPure = true;
  for (const { at, edit } of path.toSorted((a, b) => a.at - b.at)) {
    await goTo(run, at);
    await run.readAhead();
    const after = edited(graph, edit);
    if (after === null) continue;
    const document = plannedGraph(after);
    const change = run.change(document);
    if (change.reopen !== null) continue;
    graph = after;
    graphs.set(document.document, after);
    await goTo(run, run.seq + 1);
    if (change.fromHere.length > 0) isPure = false;
    await then(run, graph, isPure);
  }
  return { run, graphs };
}
