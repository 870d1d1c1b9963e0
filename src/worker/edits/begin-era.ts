import { Engine } from '../../engine/engine.ts';
import type { Limits } from '../../engine/limits.ts';
import type { TravelProbe } from '../travel/travel-probe.ts';
import { RunFeeds } from '../feeds/run-feeds.ts';
import type { Era } from './run-edits.ts';

export interface Running {
  readonly engine: Engine;
  readonly feeds: RunFeeds;
}

/** What runs from the beginning of an era on, in place of what ran up to there, which is not used any more. */
export function beginEra(
  before: Running,
  { plan, begins }: Era,
  { limits, travel }: { readonly limits: Limits; readonly travel: TravelProbe },
): Running {
  const feeds = new RunFeeds(plan);
  feeds.goOnFrom(before.feeds, begins);
  const engine = new Engine(plan, travel.beside(plan, feeds), undefined, limits);
  engine.goOnFrom(before.engine, begins);
  return { engine, feeds };
}
