import type { JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, numberOf, objectOf, textOf } from '../fields.ts';

/** A trigger of a case as the document writes it. */
export function triggerOf(trigger: JsonObject): JsonObject {
  const kind = textOf(trigger, 'kind');
  switch (kind) {
    case 'eventTime':
      return { on: 'event-time' };
    case 'processingTime':
      return { on: 'processing-time' };
    case 'endOfStream':
      return { on: 'end-of-stream' };
    case 'never':
    case 'default':
      return { on: kind };
    case 'count':
    case 'elementCountAtLeast':
      return { on: 'count', rows: numberOf(trigger, 'n') };
    case 'continuousEventTime':
      return { on: 'continuous-event-time', intervalMs: numberOf(trigger, 'interval') };
    case 'continuousProcessingTime':
      return { on: 'continuous-processing-time', intervalMs: numberOf(trigger, 'interval') };
    case 'afterProcessingTime':
      return { on: 'processing-delay', delayMs: numberOf(trigger, 'delay') };
    case 'purging':
    case 'repeatedly':
      return { on: kind, of: triggerOf(objectOf(trigger, 'of')) };
    case 'orFinally':
      return { on: 'or-finally', of: triggerOf(objectOf(trigger, 'of')), until: triggerOf(objectOf(trigger, 'until')) };
    case 'afterFirst':
      return { on: 'after-first', of: inner(trigger) };
    case 'afterAll':
      return { on: 'after-all', of: inner(trigger) };
    case 'afterEach':
      return { on: 'after-each', of: inner(trigger) };
    case 'afterEndOfWindow':
    case 'afterWatermarkPastEndOfWindow':
      return { on: 'end-of-window', ...side(trigger, 'early'), ...side(trigger, 'late') };
    default:
      throw new Inexpressible(`there is no trigger ${kind}`);
  }
}

function inner(trigger: JsonObject): readonly JsonObject[] {
  return listOf(trigger, 'of').filter(isObject).map(triggerOf);
}

function side(trigger: JsonObject, name: 'early' | 'late'): JsonObject {
  const of = trigger[name];
  return isObject(of) ? { [name]: triggerOf(of) } : {};
}
