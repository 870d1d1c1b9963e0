import type { Contender } from '../job.ts';
import { fusedTumbling } from '../tumbling/fused.ts';
import { namedKeysOf, numberOf } from './names.ts';

/** By hand, over typed arrays: a dictionary's ids are as good as numbers, and results are in the same dictionary. */
export const fused: Contender = {
  name: 'fused',
  prepare: (workload) => {
    const { ids, dictionary } = namedKeysOf(workload);
    const numbers = new Int32Array(dictionary.length);
    const byId = { ...workload, key: ids };
    return fusedTumbling(byId, ({ key }, length) => {
      for (let i = 0; i < length; i++) numbers[i] = numberOf(dictionary[key[i]!]!);
      return numbers;
    });
  },
};
