import type { StreamType } from '../../stream/batch.ts';
import type { OperatorKind } from '../../operators/operator.ts';
import { at, freeName } from './window-config.ts';

export interface LatestChoice {
  readonly column: number;
  readonly form: number;
}

export interface LatestSettings {
  readonly kind: OperatorKind;
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: Readonly<Record<string, unknown>>;
}

/**
 * What keeps the latest, the first or the best of the rows of a key, and what adds up those before each row; from the chosen
 * one on.
 */
export function latestSettings(
  { column, form }: LatestChoice,
  { schema, windowed }: StreamType,
): readonly LatestSettings[] {
  const { fields } = schema;
  const keys = [at(fields, column).name];
  const ordered = at(fields, column + form + 1).name;
  const orderBy = [{ column: ordered, descending: form % 2 === 0 }];
  const isByTime = column % 2 === 0;
  const frame = at(['rows-unbounded', 'range-unbounded', 'rows', 'range'], column);
  const choices: readonly LatestSettings[] = [
    {
      kind: 'aggregate',
      config: {
        keys,
        aggregates: [
          { name: freeName('total', fields), function: 'count' },
          { name: freeName('most', fields), function: 'max', argument: at(fields, form).name },
        ],
      },
      engine: {},
    },
    {
      kind: 'dedup',
      config: { keys, keep: form % 2 === 0 ? 'first' : 'last', orderBy: isByTime ? 'event-time' : 'arrival' },
      engine: {},
    },
    {
      kind: 'top-n',
      config: {
        keys,
        orderBy,
        from: form % 5 === 4 ? 2 : 1,
        to: 1 + (form % 3),
        rankColumn: form < 6 ? freeName('place', fields) : '',
        perWindow: windowed !== undefined,
      },
      engine: {},
    },
    {
      kind: 'over',
      config: {
        keys,
        orderBy: isByTime ? 'event-time' : 'arrival',
        frame,
        precedingRows: 2,
        precedingMs: 12,
        aggregates: [{ name: freeName('before', fields), function: 'count' }],
        lags: frame.endsWith('unbounded') ? [{ name: freeName('former', fields), argument: ordered }] : [],
      },
      engine: {},
    },
  ];
  return choices.map((_, i) => at(choices, form + i));
}
