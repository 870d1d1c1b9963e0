import { PANE_EARLY, PANE_ON_TIME } from '../../stream/batch.ts';
import { PANE_CLOSES, PANE_ENDS_EARLY, PANE_ENDS_LATE, PANE_ENDS_ON_TIME } from '../plane-protocol.ts';
import type { Moment, PaneFiring, PaneStretches } from './pane-stretches.ts';

/** So many early results of one window are told apart; a newer one then takes the place of the last. */
const MOST_EARLY = 64;

/** A window from its first row until it is let go of, told as one stretch after the other. */
export class WindowLife {
  readonly startMs: number;
  readonly endMs: number;
  readonly key: number;
  private readonly stretches: PaneStretches;
  private current: number;
  private newestEarly = -1;
  private early = 0;

  constructor(
    bounds: { readonly startMs: number; readonly endMs: number; readonly key: number },
    stretches: PaneStretches,
    moment: Moment,
  ) {
    this.startMs = bounds.startMs;
    this.endMs = bounds.endMs;
    this.key = bounds.key;
    this.stretches = stretches;
    this.current = stretches.begin({ ...bounds, hasFired: false }, moment);
  }

  fire(firing: PaneFiring): void {
    if (firing.timing === PANE_EARLY && ++this.early > MOST_EARLY) {
      this.stretches.retell(this.newestEarly, firing);
      return;
    }
    if (firing.timing === PANE_EARLY) this.newestEarly = this.current;
    const hasFired = this.stretches.at(this.current)?.hasFired === true || firing.timing !== PANE_EARLY;
    this.stretches.end(this.current, endOf(firing.timing), firing, firing);
    const { startMs, endMs, key } = this;
    this.current = this.stretches.begin({ startMs, endMs, key, hasFired }, firing);
  }

  /** The last result, with which the window is over. */
  fireLast(firing: PaneFiring): void {
    this.stretches.end(this.current, endOf(firing.timing), firing, firing);
  }

  end(moment: Moment, why: number = PANE_CLOSES): void {
    this.stretches.end(this.current, why, moment);
  }
}

function endOf(timing: number): number {
  if (timing === PANE_EARLY) return PANE_ENDS_EARLY;
  return timing === PANE_ON_TIME ? PANE_ENDS_ON_TIME : PANE_ENDS_LATE;
}
