import { assert } from '../../stream/assert.ts';
import type { TimeDomain } from '../../stream/node-definition.ts';
import type { Trigger } from '../shared/trigger.ts';
import {
  AfterFirstTrigger,
  EndOfWindow,
  EndOfWindowByClock,
  EndOfWindowWithLate,
  PurgingTrigger,
} from './flink-composite-triggers.ts';
import { ContinuousEventTimeTrigger, ContinuousProcessingTimeTrigger } from './flink-continuous-triggers.ts';
import {
  CountTrigger,
  DelayTrigger,
  EndOfStreamTrigger,
  EventTimeTrigger,
  PeriodicTrigger,
  ProcessingTimeTrigger,
} from './flink-leaf-triggers.ts';
import type { FlinkTrigger, TriggerContext } from './flink-trigger.ts';
import { NeverTrigger } from './flink-trigger.ts';

/** The tree as running triggers, and how many marks they keep in a pane. */
export function flinkTrigger(
  trigger: Trigger,
  timeDomain: TimeDomain,
  context: TriggerContext,
): { readonly trigger: FlinkTrigger; readonly marks: number } {
  const slots = new Slots();
  return { trigger: compile(trigger, { timeDomain, context, slots }), marks: slots.count };
}

interface Surroundings {
  readonly timeDomain: TimeDomain;
  readonly context: TriggerContext;
  readonly slots: Slots;
}

/** A mark by its name: as in Flink, triggers of one tree that name their state alike share it. */
class Slots {
  private readonly names: Map<string, number>;
  private readonly scope: string;

  constructor(names = new Map<string, number>(), scope = '') {
    this.names = names;
    this.scope = scope;
  }

  of(name: string): number {
    const slot = this.names.get(this.scope + name) ?? this.names.size;
    this.names.set(this.scope + name, slot);
    return slot;
  }

  /** Slots of the same panes for a trigger that Flink does not have: it shares none with others. */
  apart(scope: string): Slots {
    return new Slots(this.names, `${this.scope}${scope} `);
  }

  get count(): number {
    return this.names.size;
  }
}

function compile(trigger: Trigger, around: Surroundings): FlinkTrigger {
  const { context, slots, timeDomain } = around;
  switch (trigger.on) {
    case 'event-time':
      return new EventTimeTrigger(context);
    case 'processing-time':
      return new ProcessingTimeTrigger(context);
    case 'end-of-stream':
      return new EndOfStreamTrigger(context);
    case 'never':
      return new NeverTrigger();
    case 'count':
      return new CountTrigger(trigger.rows, slots.of(`count-${trigger.rows}`));
    case 'processing-delay':
      return new DelayTrigger(context, trigger.delayMs, slots.of('timeout'));
    case 'continuous-event-time':
      return new ContinuousEventTimeTrigger(context, trigger.intervalMs, slots.of('fire-time'));
    case 'continuous-processing-time':
      return new ContinuousProcessingTimeTrigger(
        context,
        trigger.intervalMs,
        slots.of('fire-time'),
        timeDomain === 'processing',
      );
    case 'purging':
      return new PurgingTrigger(compile(trigger.of, around));
    case 'end-of-window': {
      const early = trigger.early === undefined ? new NeverTrigger() : compilePart(trigger.early, around);
      if (timeDomain === 'processing') return new EndOfWindowByClock(context, early);
      // EventTimeTriggers.withLateFirings: firing with every late element is what it does anyway
      const { late } = trigger;
      if (late === undefined || (late.on === 'count' && late.rows === 1)) return new EndOfWindow(context, early);
      return new EndOfWindowWithLate(context, { early, late: compilePart(late, around) }, slots.of('fired-on-time'));
    }
    case 'default':
    case 'repeatedly':
    case 'after-first':
    case 'after-all':
    case 'after-each':
    case 'or-finally':
      assert(false, 'a trigger of the dialect');
  }
}

/** What fires before or after the end of a window, again and again. */
function compilePart(trigger: Trigger, around: Surroundings): FlinkTrigger {
  const { context, slots } = around;
  switch (trigger.on) {
    case 'processing-delay':
      return new PeriodicTrigger(context, trigger.delayMs, slots.of(`every-${trigger.delayMs}`));
    case 'after-first':
      return new AfterFirstTrigger(
        trigger.of.map((part, i) => compilePart(part, { ...around, slots: slots.apart(`first ${i}`) })),
      );
    default:
      return compile(trigger, around);
  }
}
