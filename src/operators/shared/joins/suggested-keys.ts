import type { StreamType } from '../../../stream/batch.ts';
import { sameType } from '../../../stream/types.ts';
import type { MatchConfig } from './join-config.ts';

/** Keys for a join that was just dropped: the first text column that both inputs have by the same name, none without one. */
export function suggestedKeys(inputs: readonly StreamType[]): Pick<MatchConfig, 'leftKeys' | 'rightKeys'> {
  const shared = inputs[0]?.schema.fields.find((field) =>
    inputs[1]?.schema.fields.some(
      (other) => other.name === field.name && field.type.kind === 'STRING' && sameType(other.type, field.type),
    ),
  )?.name;
  const keys = shared === undefined ? [] : [shared];
  return { leftKeys: keys, rightKeys: keys };
}
