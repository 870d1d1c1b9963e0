import type { Fates } from '../operator.ts';
import type { Reference } from '../reference.ts';
import { noFates } from '../reference.ts';

/** Takes every row. */
export function sinkReference(): Reference {
  const fates: Fates = noFates();
  return {
    row: () => {
      fates.used++;
      return [];
    },
    watermark: () => [],
    fates: () => fates,
  };
}
