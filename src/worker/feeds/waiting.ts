import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Waiting } from '../protocol.ts';
import type { NodeFeed } from './node-feed.ts';
import type { NodeFacts } from './plan-facts.ts';

interface RunView {
  readonly plan: Plan;
  readonly facts: readonly NodeFacts[];
  readonly nodes: readonly NodeFeed[];
}

/** What closes the window of `node` that ends at `endMs`: which source is behind, and which event it must bring. */
export function waitingFor({ plan, facts, nodes }: RunView, node: number, endMs: EventTimeMs): Waiting {
  const { grid, graceMs, sources, hasOtherTime } = defined(facts[node], 'node');
  // Kafka's windows close when stream time is past their grace.
  const firesAtMs = plan.dialect.windows.fireAt(endMs) + graceMs;
  const behind = sources
    .map((s) => defined(plan.sources[s], 'source'))
    .filter((source) => {
      const feed = nodes[source];
      return feed !== undefined && !feed.idle && feed.watermark < firesAtMs;
    })
    .sort((a, b) => (nodes[a]?.watermark ?? 0) - (nodes[b]?.watermark ?? 0));
  const last = behind[0];
  const delayMs = last === undefined ? null : (facts[last]?.delayMs ?? null);
  const isKnown = behind.length === 1 && delayMs !== null && !hasOtherTime;
  return {
    windowStartMs: endMs - (grid?.sizeMs ?? 0),
    windowEndMs: endMs,
    firesAtMs,
    // A watermark is its event's time less a fixed figure, in every dialect.
    neededEventTimeMs: isKnown ? firesAtMs - plan.dialect.time.boundedWatermark(0, delayMs) : null,
    sourceId: last === undefined ? null : (plan.nodes[last]?.id ?? null),
  };
}
