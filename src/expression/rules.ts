/** The rules in which the expressions of the dialects differ, as data. */
export interface ExpressionRules {
  /** What a comparison gives when one side is NULL; IS DISTINCT FROM has its own answer. */
  readonly comparedWithNull: 'null' | 'false';
  /** Whether GREATEST and LEAST pass over NULL. */
  readonly extremesSkipNulls: boolean;
  /** What becomes of an expression that fails for a row: the row is rejected, or the value is NULL. */
  readonly failing: 'reject' | 'null';
}

/** Those of the SQL standard, where no dialect says otherwise. */
export const SQL_RULES: ExpressionRules = { comparedWithNull: 'null', extremesSkipNulls: false, failing: 'reject' };
