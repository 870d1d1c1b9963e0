import type { Graph } from './graph.ts';

/** A graph and its log as a literal that a kept case can hold: one line a source, a node, an entry. */
export function printGraph({ dialect, timeDomain, sources, nodes, entries }: Graph): string {
  return [
    '{',
    `  dialect: '${dialect}',`,
    `  timeDomain: '${timeDomain}',`,
    ...list('sources', sources),
    ...list('nodes', nodes),
    ...list('entries', entries),
    '}',
  ].join('\n');
}

function list(name: string, items: readonly unknown[]): readonly string[] {
  if (items.length === 0) return [`  ${name}: [],`];
  return [`  ${name}: [`, ...items.map((item) => `    ${literal(item)},`), '  ],'];
}

/** A value as TypeScript writes it; JSON has neither NaN nor whole numbers beyond 2^53. */
function literal(value: unknown): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return Number.isNaN(value) ? 'Number.NaN' : String(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return fields.length === 0 ? '{}' : `{ ${fields.map(([name, field]) => `${name}: ${literal(field)}`).join(', ')} }`;
}
