import type { StateLook } from '../stream/state-look.ts';
import type { Schema } from '../stream/types.ts';
import { BIGINT, STRING, field } from '../stream/types.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import { logOf } from './log.ts';
import { entriesFrom } from './notation.ts';
import type { Scenario } from './scenario.ts';
import { OPERATOR_ID, planOf, schemasOf } from './scenario.ts';
import { runLog } from './transcript.ts';

/** Of a key `k` and a value `v`. */
export const lookSchema: Schema = { fields: [field('k', STRING), field('v', BIGINT)] };

export type LookSetting = Omit<Scenario, 'sources' | 'entries' | 'config'> & {
  readonly config: Readonly<Record<string, unknown>>;
  readonly sources?: readonly Partial<Scenario['sources'][number]>[];
};

/** What an operator keeps once all entries of a log in stream notation were taken. */
export function lookAfter(log: string, { sources = [{}], ...setting }: LookSetting, most = 50): StateLook {
  const watermark = watermarkConfig.parse({ strategy: 'none', delayMs: 0 });
  const all = sources.map((source) => ({ schema: lookSchema, watermark, ...source }));
  const entries = entriesFrom(
    log,
    all.map((source) => source.schema),
  );
  const scenario: Scenario = { ...setting, sources: all, entries };
  const plan = planOf(scenario);
  const { engine } = runLog(plan, logOf(entries, schemasOf(scenario)));
  return engine.look(
    plan.nodes.findIndex(({ id }) => id === OPERATOR_ID),
    most,
  )!;
}
