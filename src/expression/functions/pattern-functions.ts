import { BOOLEAN, STRING } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { PatternError, likeMatcher } from '../like.ts';
import { compileRegex, type Matcher } from '../regex.ts';
import type { CallSite, FunctionDefinition, Scalar } from './definition.ts';
import { BadArgument, RowFailure } from './definition.ts';
import { define, number, text } from './helpers.ts';
import { tooLong } from './text-limits.ts';

const FIX = 'Write a pattern without look-around, back references and nested classes';

/**
 * What is made of a pattern, kept while the pattern stays the same. A constant one that is wrong is the checker's problem,
 * one that comes from a column fails its row. `key` are the arguments that it is made of.
 */
function cached<T>(
  site: CallSite,
  key: readonly number[],
  build: (args: readonly Value[]) => T,
): (args: readonly Value[]) => T | RowFailure {
  const constants = site.constants.map((value) => value ?? null);
  if (key.every((i) => site.constants[i] !== undefined)) {
    try {
      const built = build(constants);
      return () => built;
    } catch (error) {
      if (error instanceof PatternError) throw new BadArgument(key[0] ?? 0, error.message, FIX);
      throw error;
    }
  }
  let last: readonly Value[] = [];
  let result: T | RowFailure | null = null;
  return (args) => {
    if (result !== null && key.every((i) => last[i] === args[i])) return result;
    last = [...args];
    try {
      result = build(args);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      result = new RowFailure(error.message);
    }
    return result;
  };
}

function withRegex(site: CallSite, apply: (matcher: Matcher, args: readonly Value[]) => Value | RowFailure): Scalar {
  const matcherFor = cached(site, [1], (args) => compileRegex(text(args, 1)));
  return (args) => {
    const matcher = matcherFor(args);
    return matcher instanceof RowFailure ? matcher : apply(matcher, args);
  };
}

/** SIMILAR TO as a regular expression: % and _ as in LIKE, | * + ? { } ( ) [ ] as in a regular expression. */
function similarToRegex(pattern: string, escape: string | null): string {
  let regex = '';
  let inClass = false;
  const points = Array.from(pattern);
  for (let i = 0; i < points.length; i++) {
    const point = points[i] ?? '';
    if (point === escape) regex += quoted(points[++i] ?? '');
    else if (inClass) {
      inClass = point !== ']';
      regex += point;
    } else if (point === '%') regex += '(?:.|\\s)*';
    else if (point === '_') regex += '(?:.|\\s)';
    else if (point === '[') {
      inClass = true;
      regex += point;
    } else regex += '|*+?{}()'.includes(point) ? point : quoted(point);
  }
  return `^(?:${regex})$`;
}

function quoted(point: string): string {
  return /[A-Za-z0-9,]/.test(point) ? point : `\\${point}`;
}

function replaceAll(matcher: Matcher, s: string, by: string): string | RowFailure {
  let result = '';
  let at = 0;
  for (let from = 0; from <= s.length;) {
    const found = matcher.find(s, from);
    if (found === null) break;
    const [start = 0, end = 0] = found;
    result += s.slice(at, start) + by;
    const long = tooLong(result.length);
    if (long !== null) return long;
    at = end;
    from = end > start ? end : end + ((s.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return tooLong(result.length + s.length - at) ?? result + s.slice(at);
}

function like(
  name: 'LIKE' | 'SIMILAR TO',
  build: (pattern: string, escape: string | null) => (s: string) => boolean,
): FunctionDefinition {
  return {
    name,
    usage: `text ${name} pattern [ESCAPE character]`,
    docs: '',
    hidden: true,
    signatures: [
      {
        params: ['STRING', 'STRING', 'STRING'],
        optionalFrom: 2,
        returns: BOOLEAN,
        canFail: true,
        make: (site) => {
          const key = site.types.length > 2 ? [1, 2] : [1];
          const matcherFor = cached(site, key, (args) => build(text(args, 1), args.length > 2 ? text(args, 2) : null));
          return (args) => {
            const matches = matcherFor(args);
            return matches instanceof RowFailure ? matches : matches(text(args, 0));
          };
        },
      },
    ],
  };
}

export const patternFunctions: readonly FunctionDefinition[] = [
  like('LIKE', likeMatcher),
  like('SIMILAR TO', (pattern, escape) => {
    const matcher = compileRegex(similarToRegex(pattern, escape), pattern);
    return (s) => matcher.find(s)?.[1] === s.length;
  }),
  define('REGEXP', 'REGEXP(text, pattern)', 'Whether a regular expression is found anywhere in the text.', {
    params: ['STRING', 'STRING'],
    returns: BOOLEAN,
    canFail: true,
    make: (site) => withRegex(site, (matcher, args) => matcher.find(text(args, 0)) !== null),
  }),
  define(
    'REGEXP_EXTRACT',
    'REGEXP_EXTRACT(text, pattern [, group])',
    'The first match of a regular expression, or one of its groups; NULL where there is none.',
    {
      params: ['STRING', 'STRING', 'INTEGER'],
      optionalFrom: 2,
      returns: STRING,
      nullable: 'always',
      canFail: true,
      make: (site) =>
        withRegex(site, (matcher, args) => {
          const found = matcher.find(text(args, 0));
          const group = args.length > 2 ? number(args, 2) : 0;
          const [start = -1, end = -1] = found?.slice(group * 2, group * 2 + 2) ?? [];
          return group < 0 || start < 0 ? null : text(args, 0).slice(start, end);
        }),
    },
  ),
  define(
    'REGEXP_REPLACE',
    'REGEXP_REPLACE(text, pattern, by)',
    'Every match of a regular expression replaced by a text, taken as it is.',
    {
      params: ['STRING', 'STRING', 'STRING'],
      returns: STRING,
      canFail: true,
      make: (site) => withRegex(site, (matcher, args) => replaceAll(matcher, text(args, 0), text(args, 2))),
    },
  ),
];
