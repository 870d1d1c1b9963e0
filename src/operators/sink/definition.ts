import { z } from 'zod';
import type { OperatorDefinition } from '../operator.ts';
import { sinkFace } from './face.ts';

const config = z.strictObject({
  view: z.enum(['chart', 'table']).default('table').meta({
    title: 'Show as',
    description: 'How the results are shown: a chart over event time, or a table of the newest rows.',
  }),
});

export type SinkConfig = z.infer<typeof config>;

/** Where results end. Rows are visible once the sink's epoch is committed. */
export const sinkDefinition: OperatorDefinition<'sink', SinkConfig, null> = {
  ...sinkFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: (sink) => sink.view,
  suggest: () => ({ view: 'table' }),
  bind: () => ({ ok: true, value: { outputs: {}, bound: null }, problems: [] }),
};
