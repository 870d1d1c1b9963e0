import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { DialectName } from '../stream/node-definition.ts';

/** A trigger as the document writes it: its name in `on`, its figures and the triggers inside it beside. */
export type TriggerRecord = Readonly<Record<string, unknown>> & { readonly on: string };

/** Names of the triggers that a dialect's engine has, in the order of the dialect's record. */
export function triggerNamesOf(dialect: DialectName): readonly string[] {
  return dialectNamed(dialect).windows.triggers;
}

export function isTrigger(value: unknown): value is TriggerRecord {
  return typeof value === 'object' && value !== null && typeof (value as { on?: unknown }).on === 'string';
}

/** What a trigger holds beside its name. `triggers` is a list, `trigger` one that must be there, `part` one that may. */
export type TriggerPart =
  | { readonly name: string; readonly title: string; readonly kind: 'rows' | 'duration' }
  | { readonly name: string; readonly title: string; readonly kind: 'trigger' | 'part' | 'triggers' };

const ROWS = [{ name: 'rows', title: 'rows', kind: 'rows' }] as const;
const INTERVAL = [{ name: 'intervalMs', title: 'every', kind: 'duration' }] as const;
const OF = [{ name: 'of', title: 'of', kind: 'trigger' }] as const;
const SEVERAL = [{ name: 'of', title: 'of', kind: 'triggers' }] as const;

const PARTS: Readonly<Record<string, readonly TriggerPart[]>> = {
  count: ROWS,
  'processing-delay': [{ name: 'delayMs', title: 'after', kind: 'duration' }],
  'continuous-event-time': INTERVAL,
  'continuous-processing-time': INTERVAL,
  purging: OF,
  repeatedly: OF,
  'after-first': SEVERAL,
  'after-all': SEVERAL,
  'after-each': SEVERAL,
  'or-finally': [...OF, { name: 'until', title: 'until', kind: 'trigger' }],
  'end-of-window': [
    { name: 'early', title: 'early', kind: 'part' },
    { name: 'late', title: 'late', kind: 'part' },
  ],
};

export function partsOf(name: string): readonly TriggerPart[] {
  return Object.hasOwn(PARTS, name) ? (PARTS[name] ?? []) : [];
}

/** A trigger of this name with figures to begin with; inside the first name that holds nothing itself. */
export function newTrigger(name: string, names: readonly string[]): TriggerRecord {
  const leaf = names.find((other) => partsOf(other).length === 0) ?? 'never';
  const parts = partsOf(name).flatMap(({ name: part, kind }): readonly (readonly [string, unknown])[] => {
    switch (kind) {
      case 'rows':
        return [[part, 10]];
      case 'duration':
        return [[part, 10_000]];
      case 'trigger':
        return [[part, { on: leaf }]];
      case 'triggers':
        return [[part, [{ on: leaf }]]];
      case 'part':
        return [];
    }
  });
  return { on: name, ...Object.fromEntries(parts) };
}
