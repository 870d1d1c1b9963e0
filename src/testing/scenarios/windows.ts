import fc from 'fast-check';
import type { Trigger } from '../../operators/shared/trigger.ts';
import { aggregates, orderlyAggregates, summingAggregates } from './aggregates.ts';
import type { Choice } from './choice.ts';
import { fullSchema, windowedSchema } from './entries.ts';
import { flinkClockTrigger, flinkGlobalTrigger, flinkTrigger, paneTrigger } from './triggers.ts';

/** Windows of every dialect as random configurations. What a definition refuses is left out where it is used. */

type Config = Readonly<Record<string, unknown>>;

const sizes = fc.constantFrom(1, 4, 10, 25);
const lateness = fc.constantFrom(0, 0, 1, 3, 20);
const keys = fc.constantFrom([], ['k'], ['k', 'n'], ['b'], ['m', 'k', 'd']);

const tumbling = fc
  .record({ kind: fc.constant('tumbling'), sizeMs: sizes, offsetMs: fc.integer({ min: -3, max: 3 }) })
  .map((config) => ({ ...config, offsetMs: config.sizeMs > 3 ? config.offsetMs : 0 }));
const hopping = fc
  .record({
    kind: fc.constant('hopping'),
    sizeMs: sizes,
    advanceMs: fc.constantFrom(1, 2, 3, 5, 10, 12),
    offsetMs: fc.integer({ min: -2, max: 2 }),
  })
  .map((config) => ({ ...config, offsetMs: config.advanceMs > 2 ? config.offsetMs : 0 }));
const session = fc.record({ kind: fc.constant('session'), gapMs: fc.constantFrom(1, 3, 10) });
const cumulate = fc.record({
  kind: fc.constant('cumulate'),
  sizeMs: fc.constant(12),
  stepMs: fc.constantFrom(3, 4, 12),
  offsetMs: fc.integer({ min: -3, max: 3 }),
});
const sliding = fc.record({ kind: fc.constant('sliding'), sizeMs: fc.constantFrom(1, 4, 10) });
const global = fc.constant({ kind: 'global' });
const count = fc.record(
  { kind: fc.constant('count'), countRows: fc.constantFrom(1, 2, 3), everyRows: fc.constantFrom(1, 2, 4) },
  { requiredKeys: ['kind', 'countRows'] },
);
/** Without offset: not all dialects have one. */
const plainHopping = hopping.map(({ offsetMs: _, ...config }) => config);
const plainTumbling = tumbling.map(({ offsetMs: _, ...config }) => config);

/** Puts parts of a choice together; `settings` may set more than the configuration. */
function choices(
  shape: fc.Arbitrary<Config>,
  rest: fc.Arbitrary<Config>,
  settings: fc.Arbitrary<Omit<Choice, 'config'>>,
  list: fc.Arbitrary<readonly unknown[]> = aggregates,
): fc.Arbitrary<Choice> {
  return fc.tuple(shape, rest, settings, list).map(([window, config, setting, columns]) => {
    const { sizeMs, gapMs } = window as { readonly sizeMs?: number; readonly gapMs?: number };
    const shown = config['result'] === 'rows' ? {} : { aggregates: columns };
    return { gridMs: sizeMs ?? gapMs ?? 10, ...setting, config: { ...window, ...shown, ...config } };
  });
}

const accumulation = fc.constantFrom('accumulating', 'discarding');

const panes = fc.record(
  {
    emission: fc.constant('panes'),
    earlyEveryMs: fc.constantFrom(0, 50, 200),
    earlyEveryRows: fc.constantFrom(0, 1, 2),
    lateEveryMs: fc.constantFrom(0, 50, 300),
  },
  { requiredKeys: ['emission'] },
);

const flinkKinds = fc.oneof(tumbling, hopping, session);

function engine(trigger: fc.Arbitrary<Trigger>): fc.Arbitrary<Config> {
  return trigger.map((chosen) => ({ trigger: chosen }));
}

const datastream = { dialect: 'flink-datastream' as const };
const clocked = { ...datastream, needsClock: true };

/** Windows that overlap, over sums that slices may be merged of, as long as they are of whole numbers. */
const shared = (settings: Omit<Choice, 'config'>): fc.Arbitrary<Choice> =>
  choices(
    fc.oneof(tumbling, hopping, fc.constant({ kind: 'hopping', sizeMs: 12, advanceMs: 4 })),
    fc.record({ keys: fc.constantFrom(['k'], ['n'], ['k', 'n'], []) }),
    fc.constant(settings),
    summingAggregates,
  );

/** One sum of doubles by one key, without NULL: whole batches of it are counted and summed in one loop. */
const summed = choices(
  // 49 times 1 / 49 is not 1.
  fc.oneof(tumbling, hopping, fc.constant({ kind: 'tumbling', sizeMs: 49 })),
  fc.record({ keys: fc.constant(['k']), latenessMs: fc.constantFrom(0, 0, 3) }),
  fc.constant({ ...datastream, source: { schema: fullSchema } }),
  fc.constantFrom('CAST(n AS DOUBLE)', 'n / CAST(4 AS DOUBLE)', 'd').map((argument) => [
    { name: 'rows', function: 'count' },
    { name: 'sum', function: 'sum', argument },
  ]),
);

/** Sessions of few keys, so that rows of one batch extend, bridge and come late to the same ones. */
const crowdedSessions = choices(
  fc.record({ kind: fc.constant('session'), gapMs: fc.constantFrom(3, 10) }),
  fc.record({ keys: fc.constantFrom([], ['k']), latenessMs: fc.constantFrom(0, 3, 20) }),
  fc.constant(datastream),
);

const flinkDatastream: readonly fc.Arbitrary<Choice>[] = [
  crowdedSessions,
  crowdedSessions,
  crowdedSessions,
  summed,
  summed,
  summed,
  shared(datastream),
  shared(datastream),
  shared(datastream),
  choices(
    flinkKinds,
    fc.record({ keys, latenessMs: lateness, accumulation, emission: fc.constantFrom('on-close', 'each-event') }),
    fc.constant(datastream),
  ),
  choices(
    flinkKinds,
    fc.record({ keys, latenessMs: lateness }),
    engine(flinkTrigger).map((knobs) => ({ ...clocked, engine: knobs })),
  ),
  choices(
    fc.constant({ kind: 'session' }),
    fc.record({ keys, latenessMs: lateness, accumulation }),
    fc
      .constantFrom('n + 10', 'CASE WHEN n > 0 THEN n END', '10 / n')
      .map((gap) => ({ ...datastream, engine: { gap } })),
  ),
  choices(
    fc.oneof(flinkKinds),
    fc.tuple(panes, fc.record({ keys, latenessMs: lateness, accumulation })).map(merged),
    fc.constant(clocked),
  ),
  choices(count, fc.record({ keys }), fc.constant(datastream)),
  choices(
    global,
    fc.record({ keys }),
    engine(flinkGlobalTrigger).map((knobs) => ({ ...clocked, engine: knobs })),
  ),
  choices(
    fc.oneof(tumbling, hopping, session).map((config) => longer(config)),
    fc.record({ keys, accumulation, emission: fc.constantFrom('on-close', 'each-event') }),
    fc.constant({ ...clocked, timeDomain: 'processing' as const }),
  ),
  choices(
    fc.oneof(tumbling, session).map((config) => longer(config)),
    fc.record({ keys }),
    engine(flinkClockTrigger).map((knobs) => ({ ...clocked, engine: knobs, timeDomain: 'processing' as const })),
  ),
  choices(flinkKinds, fc.record({ keys, result: fc.constant('rows') }), fc.constant(datastream)),
  choices(
    fc.oneof(tumbling, session).map((config) => longer(config)),
    fc.tuple(panes, fc.record({ keys, accumulation })).map(merged),
    fc.constant({ ...clocked, timeDomain: 'processing' as const }),
  ),
  choices(
    fc.oneof(global, count),
    fc.record({ keys, accumulation, emission: fc.constantFrom('on-close', 'each-event') }),
    fc.constantFrom(datastream, { ...clocked, timeDomain: 'processing' as const }),
  ),
  choices(
    fc.oneof(tumbling, hopping),
    fc.record({ keys, latenessMs: lateness }),
    fc.constant({ ...clocked, engine: { trigger: { on: 'processing-time' } } }),
  ),
];

/** Lengths in which processing time goes on. */
function longer(config: Config): Config {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, typeof value === 'number' ? value * 20 : value]),
  );
}

function merged([a, b]: readonly [Config, Config]): Config {
  return { ...a, ...b };
}

const sql = { dialect: 'flink-sql' as const };
const groups = fc.oneof(
  { weight: 3, arbitrary: fc.record({ keys }) },
  {
    weight: 1,
    arbitrary: fc.record({
      keys: fc.constant(['k', 'n']),
      groupingSets: fc.constantFrom([['k'], ['n'], []], [['k', 'n'], ['k']], [['n', 'k']]),
      groupingId: fc.constant('gid'),
    }),
  },
);
const plainKeys = fc.record({ keys });
const sqlAligned = fc.oneof(tumbling, hopping, cumulate);

const changelog = { changes: 'retract' as const };
/** Rows that come with the columns of a window. */
const inherited = fc.constant({ kind: 'inherited' });
const groupWindow = { ...sql, engine: { api: 'group-window' } };

const flinkSql: readonly fc.Arbitrary<Choice>[] = [
  shared(sql),
  shared(sql),
  shared(sql),
  choices(sqlAligned, groups, fc.constant(sql)),
  choices(session, plainKeys, fc.constant(sql)),
  choices(sqlAligned, groups, fc.constant({ ...sql, source: changelog }), orderlyAggregates),
  choices(
    fc.oneof(sqlAligned, session).map((config) => longer(config)),
    plainKeys,
    fc.constant({ ...sql, timeDomain: 'processing' as const, needsClock: true }),
  ),
  choices(
    fc.oneof(sqlAligned, session),
    fc.tuple(plainKeys, fc.record({ latenessMs: lateness })).map(merged),
    fc.constant(groupWindow),
  ),
  choices(
    fc.oneof(sqlAligned, session),
    fc.tuple(plainKeys, fc.record({ latenessMs: lateness }), panes).map(([a, b, c]) => ({ ...a, ...b, ...c })),
    fc.constant({ ...groupWindow, needsClock: true }),
  ),
  choices(
    fc.oneof(sqlAligned, session),
    fc.record({ keys, result: fc.constant('rows') }),
    fc.constantFrom({}, changelog).map((source) => ({ ...sql, source })),
  ),
  choices(
    inherited,
    groups,
    fc.constantFrom({}, changelog).map((source) => ({ ...sql, source: { ...source, schema: windowedSchema } })),
    orderlyAggregates,
  ),
  choices(session, groups, fc.constant(sql), orderlyAggregates),
  choices(
    session,
    plainKeys,
    fc.constant({ ...sql, source: changelog }),
    fc.constant([{ name: 'rows', function: 'count' }]),
  ),
  choices(
    fc.oneof(sqlAligned, session),
    fc.record({ keys, latenessMs: lateness, accumulation: fc.constantFrom('accumulating', 'retracting') }),
    fc.constantFrom({}, changelog).map((source) => ({ ...groupWindow, source })),
    fc.constant([
      { name: 'rows', function: 'count' },
      { name: 'least', function: 'min', argument: 'n' },
    ]),
  ),
  choices(
    fc.oneof(sqlAligned, session).map((config) => longer(config)),
    fc.tuple(plainKeys, panes).map(merged),
    fc.constant({ ...groupWindow, timeDomain: 'processing' as const, needsClock: true }),
  ),
  choices(
    fc.oneof(sqlAligned, session).map((config) => longer(config)),
    fc.record({ keys, result: fc.constant('rows') }),
    fc.constant({ ...sql, timeDomain: 'processing' as const, needsClock: true }),
  ),
];

const stores = fc
  .tuple(fc.constantFrom(0, 1, 4, 30), fc.constantFrom(0, 0, 100))
  .map(([moreMs, emitIntervalMs]) => ({ moreMs, emitIntervalMs }));

/** The store keeps windows as long as Kafka demands at least. Watermark delays count as grace, up to 20 ms. */
function kafka(dialect: 'kafka-streams' | 'ksqldb', shape: fc.Arbitrary<Config>): fc.Arbitrary<Choice> {
  const rest = fc.record({
    keys: fc.constantFrom([], ['k'], ['k', 'n'], ['b']),
    latenessMs: lateness,
    emission: fc.constantFrom('on-close', 'each-event'),
  });
  return fc
    .tuple(choices(shape, rest, fc.constant({ dialect })), stores, fc.boolean())
    .map(([choice, store, isKept]) => {
      const {
        sizeMs = 0,
        gapMs = 0,
        latenessMs,
        kind,
      } = choice.config as {
        readonly sizeMs?: number;
        readonly gapMs?: number;
        readonly latenessMs: number;
        readonly kind: string;
      };
      const leastMs = (kind === 'sliding' ? 2 * sizeMs : sizeMs + gapMs) + latenessMs + 20;
      const { moreMs, emitIntervalMs } = store;
      return { ...choice, engine: { emitIntervalMs, ...(isKept ? { retentionMs: leastMs + moreMs } : {}) } };
    });
}

const kafkaStreams: readonly fc.Arbitrary<Choice>[] = [
  kafka('kafka-streams', fc.oneof(plainTumbling, plainHopping)),
  kafka('kafka-streams', session),
  kafka('kafka-streams', sliding),
  kafka('kafka-streams', fc.oneof(plainTumbling, plainHopping, session, sliding)).map(joining),
  kafka('ksqldb', fc.oneof(plainTumbling, plainHopping, session)),
];

/** Joined texts that begin with one of their own, as aggregators with an initializer do. */
function joining(choice: Choice): Choice {
  const joined = { name: 'joined', function: 'string-agg', argument: 'k', separator: '+' };
  const config = { ...(choice.config as Config), aggregates: [joined] };
  return { ...choice, config, engine: { ...(choice.engine as Config), initials: { joined: '0' } } };
}

const behaviour = fc.constantFrom('fire-always', 'fire-if-non-empty');
const beamEngine = fc.record({ onTime: behaviour, closing: behaviour });
const beamKinds = fc.oneof(tumbling, hopping, session);
const beamRest = fc.record({ keys, latenessMs: lateness, accumulation });
const beamClocked = { dialect: 'beam' as const, needsClock: true };

const beam: readonly fc.Arbitrary<Choice>[] = [
  choices(
    beamKinds,
    fc.tuple(beamRest, fc.record({ emission: fc.constantFrom('on-close', 'each-event') })).map(merged),
    beamEngine.map((knobs) => ({ dialect: 'beam' as const, engine: knobs })),
  ),
  choices(
    beamKinds,
    fc.tuple(beamRest, panes).map(merged),
    beamEngine.map((knobs) => ({ ...beamClocked, engine: knobs })),
  ),
  choices(
    fc.oneof(beamKinds, global),
    beamRest,
    fc.tuple(beamEngine, paneTrigger).map(([knobs, trigger]) => ({ ...beamClocked, engine: { ...knobs, trigger } })),
  ),
  choices(
    beamKinds,
    fc.tuple(beamRest, panes).map(merged),
    fc
      .tuple(beamEngine, fc.constantFrom('earliest', 'latest'))
      .map(([knobs, timestamps]) => ({ ...beamClocked, engine: { ...knobs, timestamps } })),
  ),
  choices(
    global,
    fc.tuple(beamRest, panes).map(merged),
    beamEngine.map((knobs) => ({ ...beamClocked, engine: knobs })),
  ),
];

export const windowChoice: fc.Arbitrary<Choice> = fc.oneof(
  fc.oneof(...flinkDatastream),
  fc.oneof(...flinkSql),
  fc.oneof(...kafkaStreams),
  fc.oneof(...beam),
);

/**
 * Windows that say once what they have, all of it, when they are complete. Kafka's stores may lose it. Flink's sessions take
 * a row that is exactly a gap behind them, but are complete 1 ms before it: another row of its time may close them first.
 */
export const finalWindow: fc.Arbitrary<Choice> = fc.oneof(
  choices(
    fc.oneof(tumbling, hopping, global),
    fc.record({ keys, latenessMs: lateness }),
    fc.constant(datastream),
    orderlyAggregates,
  ),
  choices(sqlAligned, groups, fc.constant(sql), orderlyAggregates),
  choices(
    beamKinds,
    fc.record({ keys, latenessMs: lateness }),
    fc.constant({ dialect: 'beam' as const }),
    orderlyAggregates,
  ),
);
