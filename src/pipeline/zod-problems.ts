import type { z } from 'zod';
import type { Problem } from '../stream/problem.ts';
import { problem, shown } from './make-problem.ts';

type Issue = z.core.$ZodIssue;

/**
 * What a zod schema objects to, as problems. `value` is what was parsed; `base` leads to it from the document, as in
 * `nodes.2.config`. A choice between shapes reports the shape that came nearest.
 */
export function zodProblems(issues: readonly Issue[], value: unknown, base: string): readonly Problem[] {
  // Of two limits that one value breaks, as that of whole numbers and the definition's own, the last is the narrower.
  const byPlace = new Map<string, Problem>();
  for (const found of allProblems(issues, value, base)) byPlace.set(`${found.code} ${found.path}`, found);
  return [...byPlace.values()];
}

function allProblems(issues: readonly Issue[], value: unknown, base: string): readonly Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'invalid_union') {
      const nearest = issue.errors.reduce<readonly Issue[] | null>(
        (best, errors) => (best === null || errors.length < best.length ? errors : best),
        null,
      );
      if (nearest !== null && nearest.length > 0) return zodProblems(nearest, at(value, path), join(base, path));
    }
    const found = at(value, path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        problem({
          code: 'unknown-field',
          path: join(base, [...path, key]),
          message: `The field ${shown(key)} is not known here.`,
          fix: 'Remove it, or correct its name.',
        }),
      );
    }
    return [problem({ path: join(base, path), ...told(issue, path.at(-1) ?? 'value', found) })];
  });
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

function told(issue: Issue, name: string, found: unknown): Told {
  if (found === undefined) return { code: 'missing-field', message: `${name} is missing.`, fix: `Fill in ${name}.` };
  switch (issue.code) {
    case 'too_big':
      return tooFar(issue, name, found, { word: 'most', limit: issue.maximum });
    case 'too_small':
      return tooFar(issue, name, found, { word: 'least', limit: issue.minimum });
    case 'invalid_type': {
      const isNumber = typeof found === 'number';
      const wanted = issue.expected === 'int' ? 'a whole number' : (WANTED.get(issue.expected) ?? issue.expected);
      return {
        code: isNumber ? 'value-range' : 'value-type',
        message: `${name} is ${shown(found)}, not ${isNumber && wanted === 'a number' ? 'a finite number' : wanted}.`,
        fix: `Give ${wanted}.`,
      };
    }
    case 'invalid_value': {
      const choices = issue.values.map((choice) => String(choice)).join(', ');
      const message = `${name} is ${shown(found)}; it can be: ${choices}.`;
      return { code: 'value-choice', message, fix: `Choose one of: ${choices}.` };
    }
    default:
      return { code: 'value', message: `${name}: ${issue.message}.`, fix: `Correct ${name}.` };
  }
}

const WANTED: ReadonlyMap<string, string> = new Map([
  ['number', 'a number'],
  ['string', 'a text'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
]);

interface Bound {
  readonly word: 'most' | 'least';
  readonly limit: number | bigint;
}

function tooFar(issue: { readonly origin: string }, name: string, found: unknown, { word, limit }: Bound): Told {
  if (issue.origin === 'string') {
    const length = typeof found === 'string' ? found.length : 0;
    if (length === 0) return { code: 'value-empty', message: `${name} is empty.`, fix: `Fill in ${name}.` };
    const message = `${name} has ${length} characters; the limit is at ${word} ${limit}.`;
    return { code: 'value-too-long', message, fix: 'Shorten it.' };
  }
  if (issue.origin === 'array') {
    const message = `${name} has ${Array.isArray(found) ? found.length : 0} entries; the limit is at ${word} ${limit}.`;
    return { code: 'value-range', message, fix: word === 'most' ? 'Remove some.' : 'Add one.' };
  }
  const message = `${name} is ${shown(found)}; the limit is at ${word} ${limit}.`;
  return { code: 'value-range', message, fix: `Choose a value of at ${word} ${limit}.` };
}

function at(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}

function join(base: string, path: readonly string[]): string {
  return [...(base === '' ? [] : [base]), ...path].join('.');
}
