import type { Completion as Item } from '../../expression/complete.ts';
import { completeExpression } from '../../expression/complete.ts';
import type { Field } from '../../stream/types.ts';

/** Columns that could stand for the text from `from` to `to`, UTF-16 offsets. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Item[];
}

const OPTIONS_MAX = 8;

/** The columns, and fields of columns, that fit the name before the caret. */
export function completionAt(text: string, caret: number, columns: readonly Field[]): Completion | null {
  const { span, items } = completeExpression(text, caret, { fields: columns });
  const word = text.slice(span.from, caret);
  if (word === '') return null;
  const options = items.filter(({ kind, label }) => (kind === 'column' || kind === 'field') && label !== word);
  return options.length === 0 ? null : { ...span, options: options.slice(0, OPTIONS_MAX) };
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
