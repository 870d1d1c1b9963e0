import type { Drop } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { DurationMs } from '../../stream/time.ts';
import { timeGiversOf, upstreamOf } from './ancestors.ts';
import { DELAY_PATH, LATENESS_PATH } from './cures-by-rule.ts';
import type { Cure, DropEvidence } from './drop-evidence.ts';
import type { ExplainedRun, SliceProbe } from './replaying.ts';

/**
 * Finds the figure by running the graph with other ones: the least with which the row is kept. The figure before it was run
 * as well and drops the row. Figures that `evidence` has by rule are left out.
 */
export async function curesByRuns(run: ExplainedRun, evidence: DropEvidence): Promise<readonly Cure[]> {
  const { nodeId, seq } = evidence.place;
  const node = run.plan.nodes.findIndex(({ id }) => id === nodeId);
  const behindMs = Math.max(0, (evidence.watermarkMs ?? 0) - (evidence.tsMs ?? 0));
  const cures: Cure[] = [];
  for (const knob of knobsOf(run.plan, node)) {
    if (evidence.cures.some(({ kind, nodeId: of }) => kind === knob.kind && of === knob.nodeId)) continue;
    const isKept = async (figureMs: DurationMs): Promise<boolean> => {
      const plan = run.replan(knob.nodeId, knob.path, figureMs);
      if (plan === null) return false;
      const upstream = upstreamOf(plan, node);
      const watch = new RowWatch(upstream.plan, upstream.node, evidence);
      await run.replay({ plan: upstream.plan, probe: watch, entries: Math.min(run.entries, seq + 1) });
      return watch.isKept;
    };
    const aboveMs = await threshold(isKept, knob.nowMs, behindMs);
    if (aboveMs !== null) cures.push({ ...knob, aboveMs, byWindow: [], basis: 'runs' });
  }
  return cures;
}

/** The figure beyond which the answer is yes, from `nowMs` on, where it is no; null where no figure makes it so. */
async function threshold(
  isKept: (figureMs: DurationMs) => Promise<boolean>,
  nowMs: DurationMs,
  stepMs: DurationMs,
): Promise<DurationMs | null> {
  let low = nowMs;
  let high = Math.min(DURATION_LIMIT_MS, nowMs + stepMs + 1);
  while (!(await isKept(high))) {
    if (high >= DURATION_LIMIT_MS) return null;
    low = high;
    high = Math.min(DURATION_LIMIT_MS, nowMs + (high - nowMs) * 8);
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (await isKept(middle)) high = middle;
    else low = middle;
  }
  return low;
}

type Knob = Pick<Cure, 'kind' | 'nodeId' | 'path' | 'nowMs'>;

function knobsOf(plan: Plan, node: number): readonly Knob[] {
  const knobs: Knob[] = [];
  const givers = timeGiversOf(plan, node);
  // Rows that a firing makes would come with other entries under another delay: nothing tells that they are the same.
  for (const giver of givers.isPlain ? givers.nodes : []) {
    const { id = '', bound } = plan.nodes[giver] ?? {};
    const { watermark } = bound as SourceTimes;
    if (watermark.strategy === 'none') continue;
    knobs.push({ kind: 'delay', nodeId: id, path: DELAY_PATH, nowMs: watermark.delayMs });
  }
  const { id = '', kind, bound } = plan.nodes[node] ?? {};
  const { latenessMs } = (bound ?? {}) as { readonly latenessMs?: unknown };
  const path = kind === 'join.interval' ? (['engine', 'latenessMs'] as const) : LATENESS_PATH;
  if (typeof latenessMs === 'number') knobs.push({ kind: 'lateness', nodeId: id, path, nowMs: latenessMs });
  return knobs;
}

/** Whether a node takes the rows of an entry, as many of them as it dropped in the run that is explained. */
class RowWatch implements SliceProbe {
  readonly keepsRounds = 0;
  private arrived = 0;
  private dropped = 0;
  private readonly plan: Plan;
  private readonly node: number;
  private readonly evidence: DropEvidence;

  constructor(plan: Plan, node: number, evidence: DropEvidence) {
    this.plan = plan;
    this.node = node;
    this.evidence = evidence;
  }

  get isKept(): boolean {
    return this.arrived > 0 && this.dropped <= this.evidence.place.nth;
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const { inputs = [] } = this.plan.nodes[this.node] ?? {};
    if (!inputs.some(({ fromNode, fromPort }) => fromNode === node && fromPort === port)) return;
    const { seq } = this.evidence.place;
    for (let i = 0; i < rowCount(batch); i++) if (batch.seq[rowAt(batch, i)] === seq) this.arrived++;
  }

  drop(node: number, { batch, row, reason }: Drop): void {
    if (node === this.node && batch.seq[row] === this.evidence.place.seq && reason === 'late') this.dropped++;
  }
}
