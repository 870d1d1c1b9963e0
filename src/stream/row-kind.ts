/** What a row of a changelog does. The numbers are the values of a batch's `kinds` column. Flink: `RowKind`. */
export const INSERT = 0;
export const UPDATE_BEFORE = 1;
export const UPDATE_AFTER = 2;
export const DELETE = 3;

export type RowKind = typeof INSERT | typeof UPDATE_BEFORE | typeof UPDATE_AFTER | typeof DELETE;

/** As written in logs and results, indexed by `RowKind`. */
export const ROW_KIND_NAMES = ['+I', '-U', '+U', '-D'] as const;
export type RowKindName = (typeof ROW_KIND_NAMES)[number];

/** Which row kinds flow on an edge: only +I; keyed +I +U −D; or all four with the old row spelled out. */
export type Changes = 'append' | 'upsert' | 'retract';
