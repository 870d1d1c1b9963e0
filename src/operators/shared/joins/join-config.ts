import { z } from 'zod';

/** What becomes of rows without partner. `semi` and `anti` give left rows alone: those with a partner, those without. */
export const JOIN_KINDS = ['inner', 'left', 'right', 'full', 'semi', 'anti'] as const;
export type JoinKind = (typeof JOIN_KINDS)[number];

const keyColumns = z.array(z.string().max(200)).max(100).default([]);

/** The parameters that say when two rows match; every join has them, in these words. */
export const matchConfig = {
  leftKeys: keyColumns.meta({
    title: 'Left key',
    description: 'Columns of the left input that must equal those of the right, in the same order.',
    control: 'columns',
    input: 'left',
  }),
  rightKeys: keyColumns.meta({
    title: 'Right key',
    description: 'Columns of the right input, as many as on the left.',
    control: 'columns',
    input: 'right',
  }),
  residual: z.string().max(4096).default('').meta({
    title: 'Also if',
    description:
      'A further condition on the joined row: left columns, then right ones, those of a name that the left has as right_name. None when empty.',
    control: 'expression',
  }),
};

/** For joins that may take NULL for equal to NULL. */
export const nullSafeConfig = {
  nullSafeKeys: keyColumns.meta({
    title: 'NULL equals NULL',
    description: 'Columns of the left key in which NULL matches NULL; in the others it matches nothing.',
    control: 'columns',
    input: 'left',
    engineNames: { 'flink-sql': 'IS NOT DISTINCT FROM' },
  }),
};

export interface MatchConfig {
  readonly leftKeys: readonly string[];
  readonly rightKeys: readonly string[];
  readonly residual: string;
  readonly nullSafeKeys?: readonly string[];
}

/** Which rows of a join without partner are given out, the other side NULL. */
export function padsSide(kind: JoinKind): { readonly left: boolean; readonly right: boolean } {
  return { left: kind === 'left' || kind === 'full', right: kind === 'right' || kind === 'full' };
}
