import type { TimeDomain } from '../../stream/node-definition.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Trigger } from '../shared/trigger.ts';
import type { WindowConfig, WindowEngine } from './config.ts';

interface Choice {
  readonly config: WindowConfig;
  readonly engine: WindowEngine;
  readonly dialect: Dialect;
  readonly timeDomain: TimeDomain;
}

/** The trigger that a window's emission and accumulation come to in its dialect. */
export function triggerOf(choice: Choice): Trigger {
  const { config, engine, dialect } = choice;
  if (engine.trigger !== undefined && dialect.windows.triggers.length > 0) return engine.trigger;
  const trigger = dialect.windows.machine === 'panes' ? paneTrigger(config) : flinkTrigger(choice);
  // Beam's mode of accumulation is no part of its triggers.
  const isPurging = config.accumulation === 'discarding' && dialect.windows.machine === 'triggers';
  return isPurging ? { on: 'purging', of: trigger } : trigger;
}

function flinkTrigger({ config, timeDomain }: Choice): Trigger {
  // countWindow(size, slide): CountTrigger(slide), and an evictor that keeps the last rows
  if (config.kind === 'count') {
    return config.everyRows === undefined
      ? { on: 'purging', of: { on: 'count', rows: config.countRows ?? 1 } }
      : { on: 'count', rows: config.everyRows };
  }
  if (config.emission === 'each-event') return { on: 'count', rows: 1 };
  // GlobalWindows.createWithEndOfStreamTrigger: the one window is complete when the input ends
  if (config.kind === 'global') return { on: 'end-of-stream' };
  if (config.emission === 'panes') return { on: 'end-of-window', ...early(config), ...late(config) };
  return { on: timeDomain === 'processing' ? 'processing-time' : 'event-time' };
}

function paneTrigger(config: WindowConfig): Trigger {
  if (config.emission === 'each-event') return { on: 'repeatedly', of: { on: 'count', rows: 1 } };
  if (config.emission === 'panes') return { on: 'end-of-window', ...early(config), ...late(config) };
  return { on: 'default' };
}

function early({ earlyEveryMs, earlyEveryRows }: WindowConfig): { readonly early?: Trigger } {
  if (earlyEveryRows > 0 && earlyEveryMs > 0) {
    const of = [
      { on: 'count' as const, rows: earlyEveryRows },
      { on: 'processing-delay' as const, delayMs: earlyEveryMs },
    ];
    return { early: { on: 'after-first', of } };
  }
  if (earlyEveryRows > 0) return { early: { on: 'count', rows: earlyEveryRows } };
  return earlyEveryMs > 0 ? { early: { on: 'processing-delay', delayMs: earlyEveryMs } } : {};
}

function late({ lateEveryMs }: WindowConfig): { readonly late: Trigger } {
  return { late: lateEveryMs > 0 ? { on: 'processing-delay', delayMs: lateEveryMs } : { on: 'count', rows: 1 } };
}
