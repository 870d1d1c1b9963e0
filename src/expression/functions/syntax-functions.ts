import type { DataType } from '../../stream/types.ts';
import { DATE, STRING, TIME, TIMESTAMP } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { DAY_MS, addMonths, addMonthsToDays } from '../civil-time.ts';
import type { ExprType } from '../expr-type.ts';
import type { FunctionDefinition } from './definition.ts';
import { joined } from './text-limits.ts';

function elementOf(type: ExprType | undefined): ExprType {
  if (type?.kind === 'ARRAY') return type.element;
  return type?.kind === 'MAP' ? type.value : { kind: 'NULL' };
}

function asData(type: ExprType | undefined): DataType {
  return type === undefined || type.kind === 'INTERVAL' || type.kind === 'NULL' || type.kind === 'UNKNOWN'
    ? STRING
    : type;
}

function hidden(name: string, usage: string, signatures: FunctionDefinition['signatures']): FunctionDefinition {
  return { name, usage, docs: '', signatures, hidden: true };
}

/** What syntax other than a call stands for. */
export const syntaxFunctions: readonly FunctionDefinition[] = [
  hidden('||', 'text || text', [
    {
      params: ['STRING', 'STRING'],
      returns: STRING,
      canFail: true,
      make: () => (args) => joined(args as readonly string[]),
    },
  ]),
  hidden('ITEM', 'array[1], map[key]', [
    {
      params: ['ARRAY', 'INTEGER'],
      returns: (types) => elementOf(types[0]),
      nullable: 'always',
      make: () => (args) => (args[0] as readonly Value[])[Number(args[1]) - 1] ?? null,
    },
    {
      params: ['MAP', 'STRING'],
      returns: (types) => elementOf(types[0]),
      nullable: 'always',
      make: () => (args) => (args[0] as ReadonlyMap<string, Value>).get(args[1] as string) ?? null,
    },
  ]),
  hidden('ARRAY', 'ARRAY[…]', [
    {
      params: [],
      rest: 'any',
      returns: (types) => ({ kind: 'ARRAY', element: asData(types[0]) }),
      nulls: 'called',
      nullable: 'never',
      make: () => (args) => [...args],
    },
  ]),
  hidden('MAP', 'MAP[…]', [
    {
      params: [],
      rest: 'any',
      returns: (types) => ({ kind: 'MAP', value: asData(types[1]) }),
      nulls: 'called',
      nullable: 'never',
      make: () => (args) => {
        const entries = new Map<string, Value>();
        // A NULL key is dropped: a MAP of Tidemark has only texts as keys.
        for (let i = 0; i + 1 < args.length; i += 2)
          if (args[i] !== null) entries.set(args[i] as string, args[i + 1] ?? null);
        return entries;
      },
    },
  ]),
  hidden('ADD_MONTHS', 'time + INTERVAL', [
    {
      params: ['DATE', 'INTERVAL'],
      returns: DATE,
      make: () => (args) => addMonthsToDays(Number(args[0]), Number(args[1])),
    },
    {
      params: ['TIMESTAMP', 'INTERVAL'],
      returns: TIMESTAMP,
      make: () => (args) => addMonths(Number(args[0]), Number(args[1])),
    },
  ]),
  hidden('ADD_DAYS', 'date + INTERVAL', [
    {
      params: ['DATE', 'INTERVAL'],
      returns: DATE,
      make: () => (args) => Number(args[0]) + Math.trunc(Number(args[1]) / DAY_MS),
    },
  ]),
  hidden('ADD_TO_TIME', 'time + INTERVAL', [
    {
      params: ['TIME', 'INTERVAL'],
      returns: TIME,
      make: () => (args) => {
        const sum = Number(args[0]) + Number(args[1]);
        return sum - Math.floor(sum / DAY_MS) * DAY_MS;
      },
    },
  ]),
];
