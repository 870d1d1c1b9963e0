import { z } from 'zod';
import { DIALECTS } from '../../stream/node-definition.ts';
import type { OperatorDefinition } from '../operator.ts';
import { ANY_CHANGES } from '../shared/inputs.ts';

const config = z.strictObject({
  view: z.enum(['chart', 'table']).default('table').meta({
    title: 'Show as',
    description: 'How the results are shown: a chart over event time, or a table of the newest rows.',
  }),
});

export type SinkConfig = z.infer<typeof config>;

/** Where results end. Rows are visible once the sink's epoch is committed. */
export const sinkDefinition: OperatorDefinition<'sink', SinkConfig, null> = {
  kind: 'sink',
  version: 1,
  title: 'Sink',
  group: 'sinks',
  stateful: false,
  summary: 'Collects results for the charts, the table and the output file.',
  config,
  engine: z.strictObject({}),
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [],
  dialects: DIALECTS,
  orderSensitive: false,
  describe: (sink) => sink.view,
  suggest: () => ({ view: 'table' }),
  bind: () => ({ ok: true, value: { outputs: {}, bound: null }, problems: [] }),
};
