import type { ComparedNode, ComparedResult, ComparedSide } from '../../app/run-state.ts';
import { formatCount, formatTime, formatWindow } from '../theme/format.ts';

/** What differs, in a word or two. `a` and `b` are the engines' names. */
export function kindWords(kind: ComparedResult['kind'], a: string, b: string): string {
  switch (kind) {
    case 'only-a':
      return `only ${a}`;
    case 'only-b':
      return `only ${b}`;
    case 'value':
      return 'other values';
    case 'bounds':
      return 'other end';
    case 'emissions':
      return 'given out more often';
    case 'time':
      return 'other event time';
    case 'dropped-a':
      return `dropped by ${a} alone`;
    case 'dropped-b':
      return `dropped by ${b} alone`;
  }
}

export function placeWords({ key, window, a, b }: ComparedResult): string {
  const parts = Object.values(key ?? {}).map(text);
  if (window !== null) parts.push(formatWindow(...window));
  const side = a ?? b;
  if (parts.length === 0 && side?.tsMs !== undefined && side.tsMs !== null) parts.push(formatTime(side.tsMs));
  return parts.join(' · ');
}

/** What one of them gave out: the columns that differ, or all of a result that only one has. */
export function sideWords(side: ComparedSide | null, { kind, columns, key }: ComparedResult): string {
  if (side === null) return '—';
  if (kind === 'emissions') return `${formatCount(side.emissions)} ×`;
  if (kind === 'time') return formatTime(side.tsMs);
  if (kind === 'bounds') return formatTime(side.windowEndMs);
  const names = columns.length > 0 ? columns : Object.keys(side.row).filter((name) => key === null || !(name in key));
  return names.map((name) => `${name} ${text(side.row[name])}`).join(', ');
}

/** One sentence on a node. */
export function nodeWords(node: ComparedNode, a: string, b: string): string {
  const { results, dropped, differing, unexplained, uncompared } = node;
  const [inA, inB] = results;
  const counts = `${a} ${formatCount(inA)} results, ${b} ${formatCount(inB)}; dropped ${formatCount(dropped[0])} and ${formatCount(dropped[1])}.`;
  const same = differing === 0 ? 'No difference. ' : `${formatCount(differing)} differences. `;
  const open = unexplained === 0 ? '' : ` ${formatCount(unexplained)} without a known rule.`;
  const left = uncompared === 0 ? '' : ` ${formatCount(uncompared)} were too many to compare.`;
  return same + counts + open + left;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
