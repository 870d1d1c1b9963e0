import type { FunctionDefinition } from './functions/definition.ts';
import { collectionFunctions } from './functions/collection-functions.ts';
import { numberFunctions } from './functions/number-functions.ts';
import { patternFunctions } from './functions/pattern-functions.ts';
import { rewrittenFunctions } from './functions/rewritten-functions.ts';
import { stringFunctions } from './functions/string-functions.ts';
import { syntaxFunctions } from './functions/syntax-functions.ts';
import { timeFunctions } from './functions/time-functions.ts';

/** All functions by name and alias, in capitals. Names come from users, so this is a Map and never a plain object. */
const REGISTRY = new Map<string, FunctionDefinition>();
for (const definition of [
  ...syntaxFunctions,
  ...patternFunctions,
  ...stringFunctions,
  ...numberFunctions,
  ...timeFunctions,
  ...collectionFunctions,
  ...rewrittenFunctions,
]) {
  for (const name of [definition.name, ...(definition.aliases ?? [])]) REGISTRY.set(name, definition);
}

/** Aggregates of Flink SQL, so that a user who writes one in a row expression is told where it belongs. */
const AGGREGATES = new Set(
  (
    'COUNT SUM AVG MIN MAX STDDEV STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP VARIANCE COLLECT LISTAGG FIRST_VALUE ' +
    'LAST_VALUE ROW_NUMBER RANK DENSE_RANK LAG LEAD NTILE ARRAY_AGG'
  ).split(' '),
);

/** `name` in capitals. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return REGISTRY.get(name);
}

/** Functions that can be called, sorted by name. */
export function listFunctions(): readonly FunctionDefinition[] {
  const visible = new Set([...REGISTRY.values()].filter((definition) => definition.hidden !== true));
  return [...visible].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names that can be called, aliases among them. */
export function functionNames(): readonly string[] {
  return listFunctions().flatMap((definition) => [definition.name, ...(definition.aliases ?? [])]);
}

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name);
}
