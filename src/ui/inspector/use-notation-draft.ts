import type { KeyboardEvent } from 'react';
import { settingProblems, trySetting } from '../../app/document-settings.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Notation } from './notations.ts';
import { currentValue } from './parameter-field-props.ts';
import type { DraftField } from './use-draft.ts';
import { useDraft } from './use-draft.ts';

interface NotationDraftOptions {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly notation: Notation;
  readonly value: unknown;
  /** An empty text takes the property away. */
  readonly isOptional?: boolean;
}

export interface NotationDraft extends DraftField {
  /** What the text in the field means; that of the document where it means nothing. */
  readonly meant: unknown;
  /** Enter applies what waits, Escape puts back what was there. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One line of text for a parameter. */
export function useNotationDraft(options: NotationDraftOptions): NotationDraft {
  const { nodeId, path, notation, value, isOptional = false } = options;
  const readText = (text: string): ReturnType<Notation['read']> =>
    isOptional && text.trim() === '' ? { value: undefined } : notation.read(text);
  const settledBy =
    (settle: typeof trySetting) =>
    (text: string): readonly Problem[] => {
      const read = readText(text);
      return 'value' in read ? settle(nodeId, path, read.value) : read.problems;
    };
  const field = useDraft({
    key: `${nodeId}:${path.join('.')}`,
    text: notation.write(value),
    current: () => notation.write(currentValue(nodeId, path)),
    submit: settledBy(trySetting),
    ...(notation.hasHalves === true ? { judge: settledBy(settingProblems) } : {}),
  });
  const read = readText(field.text);
  return {
    ...field,
    meant: 'value' in read ? read.value : value,
    onKeyDown: (event) => {
      if (event.key === 'Enter') field.commit();
      if (event.key === 'Escape' && field.takeBack()) event.preventDefault();
    },
  };
}
