import type { Drop } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { rowToJson } from '../../stream/value.ts';
import type { SourceTimes } from '../../sources/source-times.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { DurationMs } from '../../stream/time.ts';
import { DELAY_PATH, LATENESS_PATH } from './cures-by-rule.ts';
import type { Cure, DropEvidence } from './drop-evidence.ts';
import { figureBelow } from './least-figure.ts';
import { erasOfNode, erasUpTo, indexOf, planAt } from './plan-eras.ts';
import type { ExplainedRun, SliceProbe } from './replaying.ts';
import { timeGiversOf } from './time-givers.ts';

/**
 * Finds the figure by running the graph with other ones: the least with which the row is kept. The figure before it was run
 * as well and drops the row. Figures that `evidence` has by rule are left out.
 */
export async function curesByRuns(run: ExplainedRun, evidence: DropEvidence): Promise<readonly Cure[]> {
  const { nodeId, seq } = evidence.place;
  const plan = planAt(run.eras, seq);
  const cures: Cure[] = [];
  for (const knob of knobsOf(plan, indexOf(plan, nodeId))) {
    if (evidence.cures.some(({ kind, nodeId: of }) => kind === knob.kind && of === knob.nodeId)) continue;
    const isKept = async (figureMs: DurationMs): Promise<boolean> => {
      const eras = run.replan(knob, figureMs);
      if (eras === null) return false;
      const watch = new RowWatch(evidence);
      await run.replay({
        eras: erasOfNode(erasUpTo(eras, seq), nodeId),
        probe: watch,
        entries: Math.min(run.entries, seq + 1),
      });
      return watch.isKept;
    };
    const search = { fromMs: knob.nowMs, guessMs: guessOf(knob, evidence), limitMs: DURATION_LIMIT_MS };
    const aboveMs = await figureBelow(isKept, search);
    if (aboveMs !== null) cures.push({ ...knob, aboveMs, byWindow: [], basis: 'runs' });
  }
  return cures;
}

/** What the figure would have to be if the row were judged by its window's end, or its own time, and nothing else. */
function guessOf({ kind, nodeId, nowMs }: Knob, evidence: DropEvidence): DurationMs {
  const { watermarkMs, tsMs, windows, stated } = evidence;
  if (watermarkMs === null) return nowMs;
  const heldMs = Math.max(...windows.map(({ endMs }) => endMs - 1), ...(windows.length === 0 ? [(tsMs ?? 0) + 1] : []));
  const own = kind === 'delay' ? stated.find((giver) => giver.nodeId === nodeId)?.watermarkMs : watermarkMs;
  return nowMs + (own ?? watermarkMs) - heldMs;
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

/** Whether a node takes the row of an entry that it dropped in the run that is explained: rows with other values do not count. */
class RowWatch implements SliceProbe {
  readonly keepsRounds = 0;
  private arrived = 0;
  private dropped = 0;
  private plan: Plan | null = null;
  private node = -1;
  private readonly evidence: DropEvidence;
  private readonly row: string;

  constructor(evidence: DropEvidence) {
    this.evidence = evidence;
    this.row = JSON.stringify(evidence.row);
  }

  get isKept(): boolean {
    return this.arrived > 0 && this.dropped <= this.evidence.alikeBefore;
  }

  era(plan: Plan): void {
    this.plan = plan;
    this.node = indexOf(plan, this.evidence.place.nodeId);
  }

  output(node: number, port: OutputPortName, batch: Batch): void {
    const { inputs = [] } = this.plan?.nodes[this.node] ?? {};
    if (!inputs.some(({ fromNode, fromPort }) => fromNode === node && fromPort === port)) return;
    const { seq } = this.evidence.place;
    for (let i = 0; i < rowCount(batch); i++) if (batch.seq[rowAt(batch, i)] === seq) this.arrived++;
  }

  drop(node: number, { batch, row, type, reason }: Drop): void {
    if (node !== this.node || batch.seq[row] !== this.evidence.place.seq || reason !== 'late') return;
    if (JSON.stringify(rowToJson(batch.columns, type.schema, row)) === this.row) this.dropped++;
  }
}
