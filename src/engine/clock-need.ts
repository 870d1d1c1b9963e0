import { clockHorizonMs } from '../operators/shared/watermark-generator.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { DurationMs } from '../stream/time.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';

export { TICK_MS } from '../stream/log-slice.ts';

/** What any node's bound may say of the clock: by itself, or by how it states watermarks. */
interface ClockNeed {
  readonly clockHorizonMs?: DurationMs | null;
  readonly watermark?: WatermarkConfig;
}

/**
 * How long after each row of the log the clock must go on ticking for this plan; null when no node needs the clock. What
 * one node does on a tick may set off the wait of a node further down, so that the waits add up.
 */
export function clockHorizonOf(plan: Plan): DurationMs | null {
  let totalMs: DurationMs | null = null;
  for (const node of plan.nodes) {
    const { watermark, clockHorizonMs: ownMs = null } = (node.bound ?? {}) as ClockNeed;
    const needMs = watermark === undefined ? ownMs : clockHorizonMs(watermark);
    if (needMs !== null) totalMs = (totalMs ?? 0) + needMs;
  }
  return totalMs;
}
