import type { Problem } from '../../stream/problem.ts';
import type { Field } from '../../stream/types.ts';
import type { FieldIds } from './field.tsx';

export interface ExpressionInputProps {
  readonly label: string;
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly columns: readonly Field[];
  readonly placeholder?: string;
  readonly ids?: FieldIds;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}
