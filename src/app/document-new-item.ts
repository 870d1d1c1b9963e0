import type { Field } from '../stream/types.ts';
import type { Parameter } from './document-parameters.ts';

/** What an item of a list begins with: its defaults, and where there are none something that can stand. */
export function newItem(
  parameters: readonly Parameter[],
  { columns, items }: { readonly columns: readonly Field[]; readonly items: readonly unknown[] },
): Readonly<Record<string, unknown>> {
  const first = columns.find(({ name }) => !items.some((item) => valueOf(item, 'column') === name)) ?? columns[0];
  const entries = parameters.flatMap(({ name, entry, meta, isOptional, initial }): [string, unknown][] => {
    if (isOptional) return [];
    if (initial !== undefined) return [[name, initial]];
    if (name === 'name') return [[name, freshItemName(items)]];
    if (meta.control === 'column' || meta.control === 'expression') return [[name, first?.name ?? '']];
    switch (entry.kind) {
      case 'text':
        return [[name, '']];
      case 'number':
        return [[name, 1]];
      case 'boolean':
        return [[name, false]];
      case 'choice':
        return [[name, entry.options[0]]];
      default:
        return [];
    }
  });
  return Object.fromEntries(entries);
}

/** A, B, C …, then with a number: what is added must not clash with what is there. */
function freshItemName(items: readonly unknown[]): string {
  const taken = new Set(items.map((item) => valueOf(item, 'name')));
  for (let i = 0; ; i++) {
    const letter = String.fromCharCode(65 + (i % 26));
    const name = i < 26 ? letter : `${letter}${String(Math.floor(i / 26))}`;
    if (!taken.has(name)) return name;
  }
}

function valueOf(item: unknown, name: string): unknown {
  return typeof item === 'object' && item !== null ? (item as Readonly<Record<string, unknown>>)[name] : undefined;
}
