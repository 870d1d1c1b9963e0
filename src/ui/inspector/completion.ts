import type { Field } from '../../stream/types.ts';

/** Columns that could stand for the word from `from` to `to`, UTF-16 offsets. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Field[];
}

const OPTIONS_MAX = 8;

/** The columns whose names go on from the word before the caret. */
export function completionAt(text: string, caret: number, columns: readonly Field[]): Completion | null {
  const word = /[A-Za-z_][A-Za-z0-9_]*$/.exec(text.slice(0, caret))?.[0] ?? '';
  if (word === '') return null;
  const wanted = word.toLowerCase();
  const options = columns.filter(({ name }) => name.toLowerCase().startsWith(wanted) && name !== word);
  return options.length === 0 ? null : { from: caret - word.length, to: caret, options: options.slice(0, OPTIONS_MAX) };
}

/** As SQL writes it: a name that is not a plain word stands in backticks. */
export function quotedName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}

export interface TextPart {
  readonly text: string;
  readonly isFaulty: boolean;
}

/** Cuts a text at the spans of its mistakes. A mistake at the end, where nothing stands, marks the last letter. */
export function markedParts(
  text: string,
  spans: readonly { readonly from: number; readonly to: number }[],
): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(end, Math.min(from, text.length - 1));
    const stop = Math.min(text.length, Math.max(start + 1, to));
    if (stop <= start) continue;
    parts.push({ text: text.slice(end, start), isFaulty: false }, { text: text.slice(start, stop), isFaulty: true });
    end = stop;
  }
  return [...parts, { text: text.slice(end), isFaulty: false }];
}
