import type { DataType } from '../../stream/types.ts';
import { BOOLEAN, INT, STRING } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { compareValues } from '../compare-values.ts';
import { sameExprType } from '../coercion.ts';
import type { ExprType } from '../expr-type.ts';
import { exprTypeName } from '../expr-type.ts';
import type { CallSite, FunctionDefinition, Scalar } from './definition.ts';
import { BadArgument, RowFailure } from './definition.ts';
import { define, signature, text } from './helpers.ts';
import { tooLong } from './text-limits.ts';

const TEXTS: DataType = { kind: 'ARRAY', element: STRING };

function items(args: readonly Value[], i = 0): readonly Value[] {
  return args[i] as readonly Value[];
}

/** An item that is looked for must have the type of those that are there. */
function ofOneType<T>({ types: [array, item] }: CallSite, scalar: T): T {
  if (array?.kind === 'ARRAY' && item !== undefined && item.kind !== 'NULL' && !sameExprType(array.element, item)) {
    const wanted = exprTypeName(array.element);
    throw new BadArgument(1, `The array holds ${wanted}, this is ${exprTypeName(item)}.`, `Write CAST(… AS ${wanted})`);
  }
  return scalar;
}

function elementOf(types: readonly ExprType[]): ExprType {
  const [type] = types;
  return type?.kind === 'ARRAY' ? type.element : { kind: 'NULL' };
}

function arrayOf(types: readonly ExprType[]): ExprType {
  return types[0] ?? TEXTS;
}

function arrayType(type: ExprType | undefined): DataType {
  return type?.kind === 'ARRAY' ? type : TEXTS;
}

function same(a: Value, b: Value): boolean {
  return a === null || b === null ? a === b : compareValues(a, b) === 0;
}

function extreme(wanted: -1 | 1): Scalar {
  return (args) => {
    let best: Value = null;
    for (const item of items(args)) {
      if (item !== null && (best === null || Math.sign(compareValues(item, best)) === wanted)) best = item;
    }
    return best;
  };
}

function distinct(list: readonly Value[]): Value[] {
  const kept: Value[] = [];
  for (const item of list) if (!kept.some((other) => same(other, item))) kept.push(item);
  return kept;
}

/** Most items of which every choice can be taken. */
const CUBE_LIMIT = 12;

/** Choices in the order of binary numbers, the last item as the lowest digit. An item that is NULL is left away anyhow. */
function cube(list: readonly Value[]): Value | RowFailure {
  if (list.length > CUBE_LIMIT) return new RowFailure(`the array has ${list.length} items, the limit is ${CUBE_LIMIT}`);
  return list.reduce<readonly (readonly Value[])[]>(
    (choices, item) =>
      choices.flatMap((choice) =>
        item === null
          ? [[...choice, null]]
          : [
              [...choice, null],
              [...choice, item],
            ],
      ),
    [[]],
  );
}

const arrays: readonly FunctionDefinition[] = [
  define(
    'CARDINALITY',
    'CARDINALITY(array | map)',
    'How many items.',
    signature(['ARRAY'], INT, (args) => items(args).length),
    signature(['MAP'], INT, (args) => (args[0] as ReadonlyMap<string, Value>).size),
  ),
  define(
    'ELEMENT',
    'ELEMENT(array)',
    'The only item; NULL of an empty array; fails the row when there are more.',
    signature(
      ['ARRAY'],
      elementOf,
      (args) =>
        items(args).length > 1 ? new RowFailure(`the array has ${items(args).length} items`) : (items(args)[0] ?? null),
      {
        nullable: 'always',
        canFail: true,
      },
    ),
  ),
  define('ARRAY_CONTAINS', 'ARRAY_CONTAINS(array, item)', 'Whether the item is in it.', {
    params: ['ARRAY', 'any'],
    returns: BOOLEAN,
    make: (site) => ofOneType(site, (args) => items(args).some((item) => same(item, args[1] ?? null))),
  }),
  define('ARRAY_POSITION', 'ARRAY_POSITION(array, item)', 'Where the item first is, 1 first; 0 if it is not.', {
    params: ['ARRAY', 'any'],
    returns: INT,
    make: (site) => ofOneType(site, (args) => items(args).findIndex((item) => same(item, args[1] ?? null)) + 1),
  }),
  define(
    'ARRAY_DISTINCT',
    'ARRAY_DISTINCT(array)',
    'Each item once, in order.',
    signature(['ARRAY'], arrayOf, (args) => distinct(items(args))),
  ),
  define(
    'ARRAY_REVERSE',
    'ARRAY_REVERSE(array)',
    'Back to front.',
    signature(['ARRAY'], arrayOf, (args) => [...items(args)].reverse()),
  ),
  define(
    'ARRAY_CUBE',
    'ARRAY_CUBE(array)',
    'The array with every choice of its items left away, for NULL; most left away first.',
    signature(
      ['ARRAY'],
      ([type]) => ({ kind: 'ARRAY', element: arrayType(type) }),
      (args) => cube(items(args)),
      {
        canFail: true,
      },
    ),
  ),
  define(
    'ARRAY_MAX',
    'ARRAY_MAX(array)',
    'The largest item that is not NULL.',
    signature(['ARRAY'], elementOf, extreme(1), { nullable: 'always' }),
  ),
  define(
    'ARRAY_MIN',
    'ARRAY_MIN(array)',
    'The smallest item that is not NULL.',
    signature(['ARRAY'], elementOf, extreme(-1), { nullable: 'always' }),
  ),
  define(
    'ARRAY_JOIN',
    'ARRAY_JOIN(array, separator [, null text])',
    'Texts with a separator between them; NULL items are left out or replaced.',
    {
      params: ['ARRAY', 'STRING', 'STRING'],
      optionalFrom: 2,
      returns: STRING,
      canFail: true,
      make: ({ types }) => {
        if (elementOf(types).kind !== 'STRING')
          throw new BadArgument(0, 'ARRAY_JOIN joins texts.', 'Write CAST(… AS ARRAY<STRING>)');
        return (args) => {
          const shown = items(args)
            .map((item) => (item ?? (args.length > 2 ? args[2] : null)) as string | null)
            .filter((item) => item !== null);
          return (
            tooLong(shown.reduce((sum, item) => sum + item.length + text(args, 1).length, 0)) ??
            shown.join(text(args, 1))
          );
        };
      },
    },
  ),
];

const maps: readonly FunctionDefinition[] = [
  define(
    'MAP_KEYS',
    'MAP_KEYS(map)',
    'Its keys.',
    signature(['MAP'], TEXTS, (args) => [...(args[0] as ReadonlyMap<string, Value>).keys()]),
  ),
  define(
    'MAP_VALUES',
    'MAP_VALUES(map)',
    'Its values.',
    signature(
      ['MAP'],
      ([type]) => ({ kind: 'ARRAY', element: type?.kind === 'MAP' ? type.value : STRING }),
      (args) => [...(args[0] as ReadonlyMap<string, Value>).values()],
    ),
  ),
  define(
    'STR_TO_MAP',
    "STR_TO_MAP(text [, ',' [, '=']])",
    'A text of pairs as a map; a pair without a sign has the value NULL.',
    signature(
      ['STRING', 'STRING', 'STRING'],
      { kind: 'MAP', value: STRING },
      (args) => {
        const sign = args.length > 2 ? text(args, 2) : '=';
        const entries = new Map<string, Value>();
        for (const pair of text(args, 0).split(args.length > 1 ? text(args, 1) : ',')) {
          const at = pair.indexOf(sign);
          if (at < 0) entries.set(pair, null);
          else entries.set(pair.slice(0, at), pair.slice(at + sign.length));
        }
        return entries;
      },
      { optionalFrom: 1 },
    ),
  ),
  define(
    'SPLIT',
    'SPLIT(text, separator)',
    'The parts between separators, as an array.',
    signature(['STRING', 'STRING'], TEXTS, (args) =>
      text(args, 1) === '' ? Array.from(text(args, 0)) : text(args, 0).split(text(args, 1)),
    ),
  ),
];

export const collectionFunctions: readonly FunctionDefinition[] = [...arrays, ...maps];
