import type { Completion as Item } from '../../expression/complete.ts';
import { completeExpression } from '../../expression/complete.ts';
import type { Field } from '../../stream/types.ts';

/** What could stand for the text from `from` to `to`, UTF-16 offsets. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Item[];
}

interface Caret {
  readonly at: number;
  /** Whether somebody asked: then all there is, else only what goes on from a word or a dot. */
  readonly isAsked: boolean;
}

/** Columns, fields of columns, functions and keywords that fit the name before the caret. */
export function completionAt(text: string, caret: Caret, columns: readonly Field[]): Completion | null {
  const { span, items } = completeExpression(text, caret.at, { fields: columns });
  const word = text.slice(span.from, caret.at);
  const goesOn = word !== '' || text.slice(0, caret.at).trimEnd().endsWith('.');
  if (!goesOn && !caret.isAsked) return null;
  const options = items.filter((item) => fits(item, word));
  return options.length === 0 ? null : { ...span, options };
}

/** Of the many functions and words of the language only those that begin so; none that is written out already. */
function fits({ kind, label }: Item, word: string): boolean {
  const [wanted, name] = [word.toUpperCase(), label.toUpperCase()];
  if (kind === 'column' || kind === 'field') return label !== word;
  return name.startsWith(wanted) && (kind === 'function' || name !== wanted);
}
