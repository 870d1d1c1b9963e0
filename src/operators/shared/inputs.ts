import { defined } from '../../stream/assert.ts';
import type { StreamType } from '../../stream/batch.ts';

/** The stream at input `index`. The caller has seen to it that every needed input is connected. */
export function inputOf(inputs: readonly StreamType[], index: number): StreamType {
  return defined(inputs[index], `input ${index}`);
}

/** All change kinds: for operators that treat each row by itself. */
export const ANY_CHANGES = ['append', 'upsert', 'retract'] as const;
