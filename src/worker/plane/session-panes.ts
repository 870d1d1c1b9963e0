import { PANE_GROWS, PANE_MERGES } from '../plane-protocol.ts';
import { DueList } from './due-list.ts';
import type { PaneFiring, PaneStretches } from './pane-stretches.ts';
import type { PaneTracker, TakenRow } from './pane-tracker.ts';
import type { RoundClock } from './round-clock.ts';
import { WindowLife } from './window-life.ts';

export interface SessionRules {
  readonly gapMs: number;
  /** Whether two sessions that are exactly one gap apart are one. */
  readonly touchingMerge: boolean;
  /** Whether a session ends with its last row, or a gap after it. */
  readonly endsWithLastRow: boolean;
  /** What the clock must have come to for a session to be let go of. */
  readonly goneAt: (endMs: number) => number;
}

interface Session {
  readonly number: number;
  readonly life: WindowLife;
}

/** Sessions of each key: they begin, grow and merge with the rows that come. */
export class SessionPanes implements PaneTracker {
  private readonly rules: SessionRules;
  private readonly stretches: PaneStretches;
  private readonly byKey = new Map<number, Session[]>();
  private readonly alive = new Map<number, Session>();
  private readonly due = new DueList();
  private numbers = 0;

  constructor(rules: SessionRules, stretches: PaneStretches) {
    this.rules = rules;
    this.stretches = stretches;
  }

  row(row: TakenRow): void {
    const { gapMs, endsWithLastRow, goneAt } = this.rules;
    const { timeMs, key } = row;
    const sessions = this.byKey.get(key) ?? [];
    let startMs = timeMs;
    let endMs = endsWithLastRow ? timeMs : timeMs + gapMs;
    const isAlive = ({ life }: Session): boolean => goneAt(life.endMs) > row.judgedMs;
    const met = sessions.filter((session) => isAlive(session) && this.meets(session.life, timeMs));
    for (const { life } of met) {
      startMs = Math.min(startMs, life.startMs);
      endMs = Math.max(endMs, life.endMs);
    }
    const only = met[0];
    if (met.length === 1 && only?.life.startMs === startMs && only.life.endMs === endMs) return;
    for (const session of met) {
      session.life.end(row, met.length === 1 ? PANE_GROWS : PANE_MERGES);
      this.alive.delete(session.number);
    }
    const life = new WindowLife({ startMs, endMs, key }, this.stretches, row);
    const own = { number: this.numbers++, life };
    this.alive.set(own.number, own);
    this.due.add(goneAt(endMs), own.number);
    this.byKey.set(key, [...sessions.filter((session) => !met.includes(session)), own]);
  }

  fired(firing: PaneFiring, clock: RoundClock): void {
    const { startMs, endMs } = firing;
    const session = this.byKey
      .get(firing.keyOf())
      ?.find(({ life }) => life.startMs === startMs && life.endMs === endMs);
    if (session === undefined) return;
    if (this.rules.goneAt(endMs) > clock.after(firing.seq)) session.life.fire(firing);
    else {
      session.life.fireLast(firing);
      this.forget(session);
    }
  }

  advance(clock: RoundClock): void {
    const { last } = clock;
    while (this.due.firstMs <= last) {
      const goneMs = this.due.firstMs;
      const session = this.alive.get(this.due.pop());
      if (session === undefined) continue;
      session.life.end(clock.momentOf(goneMs));
      this.forget(session);
    }
  }

  private meets(life: WindowLife, timeMs: number): boolean {
    const { gapMs, touchingMerge, endsWithLastRow } = this.rules;
    if (endsWithLastRow) return life.startMs <= timeMs + gapMs && life.endMs >= timeMs - gapMs;
    const endMs = timeMs + gapMs;
    return touchingMerge ? life.startMs <= endMs && timeMs <= life.endMs : life.startMs < endMs && timeMs < life.endMs;
  }

  private forget(session: Session): void {
    const { key } = session.life;
    this.alive.delete(session.number);
    const left = (this.byKey.get(key) ?? []).filter((one) => one !== session);
    if (left.length === 0) this.byKey.delete(key);
    else this.byKey.set(key, left);
  }
}
