import type { Cure, DropEvidence, DropPlace } from '../../engine/explain/drop-evidence.ts';
import { curesByRuns } from '../../engine/explain/cures-by-runs.ts';
import { explainDrop } from '../../engine/explain/explain-drop.ts';
import type { ExplainedRun } from '../../engine/explain/replaying.ts';
import type { Limits } from '../../engine/limits.ts';
import { DEFAULT_LIMITS } from '../../engine/limits.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import type { ExplainControl } from '../explain-protocol.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { replanOf } from './replan.ts';
import { replayBeside } from './replay-beside.ts';

/** What is open in the engine's thread. */
export interface Opened {
  readonly run: Run;
  readonly document: PipelineDocument;
}

/** Answers questions about the run that is open, as it stands when they are asked. */
export class Explainer implements ExplainControl {
  private readonly opened: () => Opened | null;
  private readonly clock: RealClock;
  private readonly limits: Limits;
  private readonly asked = new Map<string, AbortController>();

  constructor(opened: () => Opened | null, clock: RealClock, limits: Limits = DEFAULT_LIMITS) {
    this.opened = opened;
    this.clock = clock;
    this.limits = limits;
  }

  explainDrop(place: DropPlace): Promise<DropEvidence | null> {
    this.end('cures');
    return explainDrop(this.about('drop'), place);
  }

  dropCures(evidence: DropEvidence): Promise<readonly Cure[]> {
    return curesByRuns(this.about('cures'), evidence);
  }

  cancelExplaining(): void {
    for (const question of [...this.asked.keys()]) this.end(question);
  }

  /** The run, for one question of a kind at a time. */
  private about(question: string): ExplainedRun {
    this.end(question);
    const asking = new AbortController();
    this.asked.set(question, asking);
    const opened = this.opened();
    if (opened === null) throw new Error('No run is open.');
    const { run, document } = opened;
    const { clock, limits } = this;
    return {
      plan: run.plan,
      entries: run.seq,
      replay: replayBeside(run, { clock, limits, signal: asking.signal }),
      replan: replanOf(document),
    };
  }

  private end(question: string): void {
    this.asked.get(question)?.abort();
    this.asked.delete(question);
  }
}
