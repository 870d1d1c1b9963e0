import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';

/**
 * The knob of operators whose state is forgotten when nobody wrote to it. Flink: `StateTtlConfig`, OnCreateAndWrite and
 * NeverReturnExpired; by the processing clock.
 */
export const stateTtlEngine = {
  ttlMs: z
    .number()
    .int()
    .min(0)
    .max(DURATION_LIMIT_MS)
    .default(0)
    .meta({
      title: 'State time to live',
      description:
        'What is kept for a key is forgotten this long after it was last written, by the processing clock. 0 keeps it for ever.',
      unit: 'ms',
      control: 'duration',
      meaning: { text: 'after {} unwritten', atZero: 'kept for ever' },
      engineNames: { 'flink-sql': 'table.exec.state.ttl', 'flink-datastream': 'StateTtlConfig' },
    }),
};
