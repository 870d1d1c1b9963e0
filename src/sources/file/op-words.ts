import type { RowKind } from '../../stream/row-kind.ts';
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../stream/row-kind.ts';

const WORDS: readonly (readonly [RowKind, readonly string[]])[] = [
  [INSERT, ['+i', 'i', 'insert', 'c', 'create', 'r', 'read', 'snapshot']],
  [UPDATE_BEFORE, ['-u', 'ub', 'update_before']],
  [UPDATE_AFTER, ['+u', 'ua', 'u', 'update', 'update_after', 'false']],
  [DELETE, ['-d', 'd', 'delete', 'true']],
];

const KINDS: ReadonlyMap<string, RowKind> = new Map(
  WORDS.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)),
);

/**
 * What an operation in a file means, however large its letters are; null when it means nothing. Flink writes `+I`, Debezium
 * `c`, `u`, `d` and `r` (a row of a snapshot), a flattened Debezium record `__deleted: "true"` or `"false"`.
 */
export function opNamed(word: string): RowKind | null {
  return KINDS.get(word.trim().toLowerCase()) ?? null;
}
