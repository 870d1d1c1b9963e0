import type { NodeKind } from './document.ts';
import { LIMITS } from './limits.ts';

/** A readable id that is not taken: `filter`, `filter-2`; `generator` for `source.generator`. */
export function freshId(taken: Iterable<string>, kind: NodeKind): string {
  return freeId(new Set(taken), kind.replace(/^source\./, '').replace(/\./g, '-'));
}

/** `wanted` itself if nobody has it, else with the least number that makes it free. */
export function freeId(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  const numbered = /^(.*)-(\d{1,9})$/s.exec(wanted);
  const stem = (numbered?.[1] ?? wanted).slice(0, LIMITS.idChars - 10);
  for (let i = 2; ; i++) if (!taken.has(`${stem}-${i}`)) return `${stem}-${i}`;
}
