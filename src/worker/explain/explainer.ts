import type { Cure, DropEvidence, DropPlace } from '../../engine/explain/drop-evidence.ts';
import { curesByRuns } from '../../engine/explain/cures-by-runs.ts';
import { explainDrop } from '../../engine/explain/explain-drop.ts';
import type { ExplainedRun } from '../../engine/explain/replaying.ts';
import type { Limits } from '../../engine/limits.ts';
import { DEFAULT_LIMITS } from '../../engine/limits.ts';
import type { ManualEntry } from '../../sources/log/log.ts';
import { ENTRY_STATUS, ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import { effectsOf } from '../../engine/lineage/effects.ts';
import type { ResultPlace } from '../../engine/lineage/lineage.ts';
import { lineageOf } from '../../engine/lineage/lineage.ts';
import { explainedRun } from './explained-run.ts';
import { loggedEvents } from './logged-events.ts';
import type { ExplainControl, TracedEvent, TracedResult } from '../explain-protocol.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { LastEvents } from './last-events.ts';
import type { Nudge, Silence } from './silence-protocol.ts';
import { silenceOf } from './silence.ts';
import { yieldToMessages } from '../yield-to-messages.ts';

/** What is open in the engine's thread. */
export interface Opened {
  readonly run: Run;
}

/** Puts entries in where the run stands, and takes them. */
type PutIn = (entries: readonly ManualEntry[]) => Promise<number | null>;

const WORK_MS = 8;

/** Answers questions about the run that is open, as it stands when they are asked. */
export class Explainer implements ExplainControl {
  private readonly opened: () => Opened | null;
  private readonly putIn: PutIn;
  private readonly clock: RealClock;
  private readonly limits: Limits;
  private readonly asked = new Map<string, AbortController>();

  constructor(
    { opened, putIn }: { readonly opened: () => Opened | null; readonly putIn: PutIn },
    clock: RealClock,
    limits: Limits = DEFAULT_LIMITS,
  ) {
    this.opened = opened;
    this.putIn = putIn;
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

  async lineageOf(place: ResultPlace): Promise<TracedResult | null> {
    const run = this.opened()?.run;
    const lineage = await lineageOf(this.about('lineage'), place);
    if (lineage === null || run === undefined) return null;
    const events = await loggedEvents(run, lineage.events);
    return { lineage, events, witnesses: await loggedEvents(run, lineage.witnesses) };
  }

  async effectsOf(seq: number): Promise<TracedEvent> {
    const run = this.opened()?.run;
    const effects = await effectsOf(this.about('lineage'), seq);
    const [event = null] = run === undefined ? [] : await loggedEvents(run, [seq]);
    return { event, effects };
  }

  async explainSilence(nodeId: string): Promise<Silence> {
    const opened = this.opened();
    if (opened === null) return { kind: 'not-begun' };
    const { run } = opened;
    const signal = this.begin('silence');
    const silence = silenceOf(run, nodeId);
    const told = silence.kind === 'one-sided' ? silence.because : silence;
    if (told.kind !== 'waits' || told.holders.length === 0) return silence;
    const last = await this.lastEvents(run, signal);
    const sources = run.plan.sources.map((index) => run.plan.nodes[index]?.id);
    const holders = told.holders.map((holder) => ({
      ...holder,
      last: last.of(sources.indexOf(holder.sourceId), holder.partition),
    }));
    const filled = { ...told, holders };
    return silence.kind === 'one-sided' ? { ...silence, because: filled } : filled;
  }

  private async lastEvents(run: Run, signal: AbortSignal): Promise<LastEvents> {
    const last = new LastEvents();
    let yieldAt = this.clock() + WORK_MS;
    for await (const slice of run.slices(0, run.seq)) {
      last.add(slice);
      if (this.clock() < yieldAt) continue;
      await yieldToMessages();
      signal.throwIfAborted();
      yieldAt = this.clock() + WORK_MS;
    }
    return last;
  }

  async nudge(nudges: readonly Nudge[]): Promise<number | null> {
    const opened = this.opened();
    if (opened === null) throw new Error('No run is open.');
    const { plan } = opened.run;
    const entries = nudges.map((nudge): ManualEntry => {
      const source = plan.sources.findIndex((index) => plan.nodes[index]?.id === nudge.sourceId);
      const { partition } = nudge;
      return nudge.kind === 'idle'
        ? { kind: ENTRY_STATUS, source, partition, payload: 1 }
        : { kind: ENTRY_WATERMARK, source, partition, payload: nudge.watermarkMs };
    });
    return this.putIn(entries.filter(({ source }) => source >= 0));
  }

  cancelExplaining(): void {
    for (const question of [...this.asked.keys()]) this.end(question);
  }

  /** The run, for one question of a kind at a time. */
  private about(question: string): ExplainedRun {
    const signal = this.begin(question);
    const opened = this.opened();
    if (opened === null) throw new Error('No run is open.');
    const { clock, limits } = this;
    return explainedRun(opened.run, { clock, limits, signal });
  }

  private begin(question: string): AbortSignal {
    this.end(question);
    const asking = new AbortController();
    this.asked.set(question, asking);
    return asking.signal;
  }

  private end(question: string): void {
    this.asked.get(question)?.abort();
    this.asked.delete(question);
  }
}
