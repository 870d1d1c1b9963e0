import type { JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, textOf } from '../fields.ts';
import { withValues } from './columns.ts';
import { fromKsql } from './ksql-expression.ts';
import type { Pipeline, Relation } from './relation.ts';

/** What a table function goes through, in the words of the document. */
const ARRAYS: Readonly<Record<string, (argument: string) => string>> = {
  EXPLODE: (array) => array,
  UNNEST: (array) => array,
  CUBE_EXPLODE: (array) => `ARRAY_CUBE(${array})`,
};

/** `flatMap`: rows for the elements of arrays, side by side. Records without a value have none. */
export function addFlatMap(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const columns = listOf(step, 'functions')
    .filter(isObject)
    .map((each) => {
      const fn = textOf(each, 'fn');
      const array = ARRAYS[fn.toUpperCase()];
      const [argument, ...others] = listOf(each, 'args').map(String);
      if (array === undefined || argument === undefined || others.length > 0)
        throw new Inexpressible(`not available: the table function ${fn}`);
      return { name: textOf(each, 'as'), expression: array(pipeline.isKsql ? fromKsql(argument) : argument) };
    });
  const source = withValues(pipeline, id, input);
  pipeline.add({ id, type: 'flat-map', config: { columns, keep: 'all' } }, source);
  const names = columns.map(({ name }) => name);
  const kept = input.columns.filter((name) => !names.includes(name));
  return { ...input, node: id, columns: [...kept, ...names] };
}
