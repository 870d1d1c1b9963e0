import type { DialectName } from '../../stream/node-definition.ts';
import type { PictureName } from './help-pictures.ts';

/** What an operator does, what the engines call it, and a picture of it. */
export interface OperatorHelp {
  readonly rule: string;
  /** In place of `rule` where an engine goes by another one. */
  readonly ruleIn?: Readonly<Partial<Record<DialectName, string>>>;
  /** Shown for the dialects that have the operator. */
  readonly names: Readonly<Partial<Record<DialectName, string>>>;
  readonly picture: PictureName;
}
