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
import type { ExplainControl, Question, ReplayShare, TracedEvent, TracedResult } from '../explain-protocol.ts';
import type { Standing } from '../lab-protocol.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { LastEvents } from './last-events.ts';
import { ReplayProgress } from './replay-progress.ts';
import type { Nudge, Silence } from './silence-protocol.ts';
import { silenceOf } from './silence.ts';
import { yieldToMessages } from '../yield-to-messages.ts';

/** What is open in the engine's thread. */
export interface Opened {
  readonly run: Run;
}

/** Puts entries in where the run stands, and takes them. */
type PutIn = (entries: readonly ManualEntry[]) => Promise<Standing | null>;

const WORK_MS = 8;

/** Answers questions about the run that is open, as it stands when they are asked. */
export class Explainer implements ExplainControl {
  private readonly opened: () => Opened | null;
  private readonly putIn: PutIn;
  private readonly clock: RealClock;
  private readonly limits: Limits;
  private readonly asked = new Map<Question, Asking>();

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
    return this.answer('drop', place, (run) => explainDrop(run, place));
  }

  dropCures(evidence: DropEvidence): Promise<readonly Cure[]> {
    return this.answer('cures', evidence.place, (run) => curesByRuns(run, evidence));
  }

  lineageOf(place: ResultPlace): Promise<TracedResult | null> {
    return this.answer('lineage', place, async (run, whole): Promise<TracedResult | null> => {
      const lineage = await lineageOf(run, place);
      if (lineage === null) return null;
      const events = await loggedEvents(whole, lineage.events);
      return { lineage, events, witnesses: await loggedEvents(whole, lineage.witnesses) };
    });
  }

  effectsOf(seq: number): Promise<TracedEvent> {
    return this.answer('lineage', seq, async (run, whole): Promise<TracedEvent> => {
      const { results, total, ends } = await effectsOf(run, seq);
      const [event = null] = await loggedEvents(whole, [seq]);
      return { event, effects: { results, total, ends } };
    });
  }

  async explainSilence(nodeId: string): Promise<Silence> {
    const opened = this.opened();
    if (opened === null) return { kind: 'not-begun' };
    const { run } = opened;
    const { signal } = this.begin('silence').abort;
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

  async nudge(nudges: readonly Nudge[]): Promise<Standing | null> {
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
    const isKnown = ({ source, partition }: ManualEntry): boolean => {
      const place = plan.sources[source];
      const bound = place === undefined ? null : (plan.nodes[place]?.bound as { readonly partitions?: number });
      return bound !== null && partition < Math.max(1, bound.partitions ?? 1);
    };
    return entries.every(isKnown) ? this.putIn(entries) : null;
  }

  explainingProgress(question: Question): ReplayShare | null {
    return this.asked.get(question)?.progress.share ?? null;
  }

  cancelExplaining(question: Question): void {
    this.end(question);
  }

  /** Answers one question of a kind at a time; the same one asked twice is answered once. */
  private answer<Answer>(
    question: Question,
    about: unknown,
    find: (explained: ExplainedRun, run: Run) => Promise<Answer>,
  ): Promise<Answer> {
    const opened = this.opened();
    if (opened === null) return Promise.reject(new Error('No run is open.'));
    const { run } = opened;
    const key = JSON.stringify([about, run.seq]);
    const before = this.asked.get(question);
    if (before?.run === run && before.key === key) return before.answer as Promise<Answer>;
    const asking = this.begin(question);
    const { clock, limits } = this;
    const { signal } = asking.abort;
    const answer = find(explainedRun(run, { clock, limits, signal, progress: asking.progress }), run).finally(() => {
      if (this.asked.get(question) === asking) this.asked.delete(question);
    });
    Object.assign(asking, { run, key, answer });
    return answer;
  }

  private begin(question: Question): Asking {
    this.end(question);
    const asking: Asking = { abort: new AbortController(), progress: new ReplayProgress() };
    this.asked.set(question, asking);
    return asking;
  }

  private end(question: Question): void {
    this.asked.get(question)?.abort.abort();
    this.asked.delete(question);
  }
}

/** A question that is not answered yet. */
interface Asking {
  readonly abort: AbortController;
  readonly progress: ReplayProgress;
  readonly run?: Run;
  readonly key?: string;
  readonly answer?: Promise<unknown>;
}
