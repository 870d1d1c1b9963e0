import type { Dialect } from '../../operators/dialects/dialect.ts';
import { AGGREGATE_FUNCTIONS, AGGREGATE_FUNCTION_INFO } from '../../operators/shared/aggregates/functions.ts';
import type { Trigger } from '../../operators/shared/trigger.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Schema } from '../../stream/types.ts';
import type { WindowChoice } from './recipe.ts';

export interface WindowSettings {
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: Readonly<Record<string, unknown>>;
}

const SIZES_MS = [4, 10, 12, 24];
const PARTS_MS = [2, 4, 3, 7];
/** Event times crowd around multiples of 10: many sessions are bridged by a row that comes later. */
const GAPS_MS = [3, 8, 10, 12];

/** A window over these columns. The dialect may still object: not all that it has goes together. */
export function windowSettings(choice: WindowChoice, schema: Schema, dialect: Dialect): WindowSettings {
  const { windows: rules } = dialect;
  const sizeMs = SIZES_MS[choice.size]!;
  const partMs = PARTS_MS[choice.part]!;
  const kind = at(rules.kinds, choice.kind);
  // Only updates with every event can be held back.
  const updates = rules.machine === 'stores' && choice.trigger % 2 === 1;
  const emission = updates ? 'each-event' : at(rules.emissions, choice.emission);
  const trigger = triggerOf(choice, rules.triggers);
  const config = {
    kind,
    ...figures(kind, { sizeMs, partMs, gapMs: GAPS_MS[choice.part]!, offsetMs: rules.hasOffset ? choice.offsetMs : 0 }),
    keys: keys(choice, schema),
    latenessMs: choice.latenessMs,
    ...(choice.isRows && rules.machine === 'triggers'
      ? { result: 'rows' }
      : { emission, accumulation: at(rules.accumulations, choice.accumulation) }),
    ...(emission === 'panes' ? { earlyEveryRows: choice.part } : {}),
    aggregates: [
      { name: freeName('rows', schema.fields), function: 'count' },
      ...aggregates(choice.aggregates, schema),
    ],
  };
  return { config, engine: { ...knobs(choice, dialect.name), ...(trigger === null ? {} : { trigger }) } };
}

function knobs({ knob }: WindowChoice, dialect: DialectName): Readonly<Record<string, unknown>> {
  switch (dialect) {
    case 'flink-sql':
      return knob % 2 === 1 ? { api: 'group-window' } : {};
    case 'kafka-streams':
    case 'ksqldb':
      return knob < 6 ? {} : knob === 6 ? { emitIntervalMs: 150 } : { retentionMs: 60 };
    case 'beam':
      return at([{}, {}, { onTime: 'fire-if-non-empty' }, { closing: 'fire-always' }, { timestamps: 'latest' }], knob);
    default:
      return {};
  }
}

/** The result has bounds of its own, under the same names as those that rows came with. */
function keys({ keys: chosen }: WindowChoice, { fields }: Schema): readonly string[] {
  const names = chosen.map((key) => at(fields, key).name);
  return [...new Set(names)].filter((name) => name !== 'window_start' && name !== 'window_end');
}

interface Lengths {
  readonly sizeMs: number;
  readonly partMs: number;
  readonly gapMs: number;
  readonly offsetMs: number;
}

function figures(kind: string, { sizeMs, partMs, gapMs, offsetMs }: Lengths): Readonly<Record<string, number>> {
  switch (kind) {
    case 'hopping':
      return { sizeMs, advanceMs: partMs, offsetMs: Math.abs(offsetMs) < partMs ? offsetMs : 0 };
    case 'cumulate':
      return { sizeMs, stepMs: sizeMs % partMs === 0 ? partMs : sizeMs, offsetMs };
    case 'session':
      return { gapMs };
    case 'sliding':
      return { sizeMs };
    case 'count':
      return partMs > sizeMs ? { countRows: 3 } : { countRows: 3, everyRows: partMs };
    case 'tumbling':
      return { sizeMs, offsetMs };
    default:
      return {};
  }
}

/** Deviations depend on the order in which doubles are added up: that order is the kernels' own. */
export const FUNCTIONS = AGGREGATE_FUNCTIONS.filter((name) => !name.startsWith('stddev') && !name.startsWith('var'));

function aggregates(chosen: WindowChoice['aggregates'], { fields }: Schema): readonly unknown[] {
  return chosen.map(({ function: pick, column, isDistinct, isFiltered }, i) => {
    const name = at(FUNCTIONS, pick);
    const { takes, needs } = AGGREGATE_FUNCTION_INFO[name];
    const filtered = at(fields, column + 1).name;
    return {
      name: freeName(`a${i}`, fields),
      function: name,
      argument: at(fields, column).name,
      ...(needs.includes('percentile') ? { percentile: 0.3 } : {}),
      ...(needs.includes('limit') ? { limit: 2 } : {}),
      // No engine joins distinct texts of sessions that are merged.
      ...(isDistinct && takes.includes('distinct') && name !== 'string-agg' ? { distinct: true } : {}),
      ...(isFiltered ? { filter: `${filtered} IS NOT NULL` } : {}),
    };
  });
}

/** A column's name that may become a result beside the input's. */
export function freeName(name: string, fields: Schema['fields']): string {
  return fields.some((field) => field.name === name) ? freeName(`${name}_`, fields) : name;
}

/** Most windows have the trigger of their emission. */
function triggerOf({ trigger, size }: WindowChoice, names: readonly Trigger['on'][]): Trigger | null {
  const choices: readonly Trigger[] = [
    { on: 'count', rows: size + 1 },
    { on: 'purging', of: { on: 'count', rows: size + 1 } },
    { on: 'continuous-event-time', intervalMs: 5 },
    { on: 'repeatedly', of: { on: 'count', rows: size + 1 } },
    { on: 'after-first', of: [{ on: 'count', rows: 2 }, { on: 'end-of-window' }] },
    {
      on: 'repeatedly',
      of: {
        on: 'after-first',
        of: [
          { on: 'count', rows: 3 },
          { on: 'processing-delay', delayMs: 100 },
        ],
      },
    },
  ];
  const chosen = choices[trigger - 10];
  return chosen !== undefined && names.includes(chosen.on) ? chosen : null;
}

export function at<T>(list: readonly T[], pick: number): T {
  return list[pick % list.length]!;
}
