import type { NodeStreams } from '../../pipeline/analyse.ts';
import type { Findings } from './analysis.ts';

export interface FindingsSlice {
  readonly findings: Findings;
  /** Whether it is all that was found. */
  readonly isWhole: boolean;
}

/**
 * The next step from what the screen knows of a document to what was found: the problems at once, and of the nodes that are
 * drawn anew by it as many as may be.
 */
export function nextFindings(known: Findings, found: Findings, most: number): FindingsSlice {
  const news = [...found.lines.keys()].filter((id) => isNews(known, found, id));
  if (news.length <= most) return { findings: found, isWhole: true };
  const part = news.slice(0, most);
  return {
    findings: {
      problems: found.problems,
      streams: withParts(known.streams, found.streams, part),
      lines: withParts(known.lines, found.lines, part),
    },
    isWhole: false,
  };
}

function withParts<Value>(
  known: ReadonlyMap<string, Value>,
  found: ReadonlyMap<string, Value>,
  ids: readonly string[],
): ReadonlyMap<string, Value> {
  const parts = ids.flatMap((id): (readonly [string, Value])[] => {
    const value = found.get(id);
    return value === undefined ? [] : [[id, value]];
  });
  return new Map([...known, ...parts]);
}

function isNews(known: Findings, found: Findings, id: string): boolean {
  return known.lines.get(id) !== found.lines.get(id) || !isSame(known.streams.get(id), found.streams.get(id));
}

/** By the types themselves: one that nobody changed is the same object. */
function isSame(a: NodeStreams | undefined, b: NodeStreams | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const types = ({ inputs, outputs }: NodeStreams): readonly unknown[] => [
    ...inputs.map(({ type }) => type),
    ...Object.values(outputs),
  ];
  const [before, after] = [types(a), types(b)];
  return before.length === after.length && before.every((type, i) => type === after[i]);
}
