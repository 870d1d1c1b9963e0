import type { JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import { HAS_VALUE } from './hidden.ts';
import { fromKsql } from './ksql-expression.ts';
import type { Pipeline, Relation } from './relation.ts';

export interface Named {
  readonly as: string;
  readonly expr: string;
}

export function namedOf({ isKsql }: Pipeline, step: JsonObject, name: string): readonly Named[] {
  return listOf(step, name)
    .filter(isObject)
    .map((column) => {
      const expr = textOf(column, 'expr');
      return { as: textOf(column, 'as'), expr: isKsql ? fromKsql(expr) : expr };
    });
}

/** The column that an expression is, without its quotes; null when it is more than a column. */
export function columnOf(expression: string, columns: readonly string[]): string | null {
  const bare = /^"(.*)"$/.exec(expression.trim())?.[1]?.replaceAll('""', '"') ?? expression.trim();
  return columns.includes(bare) ? bare : null;
}

/** `filter` */
export function addFilter(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const where = pipeline.isKsql ? fromKsql(textOf(step, 'where')) : textOf(step, 'where');
  pipeline.add({ id, type: 'filter', config: { predicate: where } }, withValues(pipeline, id, input));
  return { ...input, node: id, hidden: input.hidden.filter((name) => name !== HAS_VALUE) };
}

/** ksqlDB's filters, aggregations and joins drop records without a value. */
export function withValues(pipeline: Pipeline, id: string, input: Relation): string {
  if (!input.hidden.includes(HAS_VALUE)) return input.node;
  const filter = `${id}-values`;
  pipeline.add({ id: filter, type: 'filter', config: { predicate: quoted(HAS_VALUE) } }, input.node);
  return filter;
}

interface Grouping {
  readonly id: string;
  readonly groups: readonly Named[];
  /** What else is to be computed. */
  readonly more: readonly JsonObject[];
}

/** Puts in front of a grouping what computes its groups. */
export function withGroups(pipeline: Pipeline, { id, groups, more }: Grouping, input: Relation): string {
  const computed = groups.flatMap(({ as, expr }) => {
    if (columnOf(expr, input.columns) === as) return [];
    if (input.columns.includes(as)) throw new Inexpressible(`the group ${as} hides a column of its name`);
    return [{ name: as, expression: expr }];
  });
  const columns = [...computed, ...more];
  return columns.length === 0 ? input.node : pipeline.compute(`${id}-groups`, input.node, columns);
}

/** `project`: the columns that it lists, and what is known of each record beside them. */
export function addProject(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const listed = namedOf(pipeline, step, 'columns');
  const hidden = input.hidden.filter((name) => !listed.some(({ as }) => as === name));
  const columns = [
    ...listed.map(({ as, expr }) => ({ name: as, expression: expr })),
    ...hidden.map((name) => ({ name, expression: quoted(name) })),
  ];
  pipeline.add({ id, type: 'map', config: { columns, keep: 'listed' } }, input.node);
  const node = withTimes(pipeline, step, id);
  return { node, columns: listed.map(({ as }) => as), hidden, window: windowBehind(listed, input) };
}

/** Records get their time from a column where the step says so; those with a time before 1970 are dropped. */
function withTimes(pipeline: Pipeline, step: JsonObject, id: string): string {
  const { timestampColumn, timestampFormat } = step;
  if (typeof timestampColumn !== 'string') return id;
  if (timestampFormat !== undefined) throw new Inexpressible('a record time in a text column of a projection');
  const time = quoted(timestampColumn);
  const filter = `${id}-since-1970`;
  const assign = `${id}-time`;
  pipeline.add({ id: filter, type: 'filter', config: { predicate: `${time} >= 0` } }, id);
  const config = { time, watermark: { strategy: 'per-event', delayMs: 0 } };
  pipeline.add({ id: assign, type: 'assign-timestamps', config }, filter);
  return assign;
}

/** What the window columns are called behind a projection; null when it leaves one away. */
function windowBehind(listed: readonly Named[], { window, columns }: Relation): Relation['window'] {
  if (window === null) return null;
  const nameOf = (column: string): string | undefined =>
    listed.find(({ expr }) => columnOf(expr, columns) === column)?.as;
  const start = nameOf(window.start);
  const end = nameOf(window.end);
  return start === undefined || end === undefined ? null : { start, end };
}

/** `rekey`: a record's key is what its columns say; only a key that is no column yet has to be computed. */
export function addRekey(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const added = listOf(step, 'by')
    .filter(isObject)
    .filter(({ as, expr }) => columnOf(String(expr), input.columns) !== as)
    .map(({ as, addColumn }) => ({ name: String(as), isColumn: addColumn === true }));
  const groups = namedOf(pipeline, step, 'by');
  const node = withGroups(pipeline, { id, groups, more: [] }, input);
  const names = (isColumn: boolean): readonly string[] =>
    added.filter((each) => each.isColumn === isColumn).map(({ name }) => name);
  return { ...input, node, columns: [...input.columns, ...names(true)], hidden: [...input.hidden, ...names(false)] };
}

/** `union`: the first input's names are those of all. */
export function addUnion(pipeline: Pipeline, id: string, inputs: readonly [Relation, ...Relation[]]): Relation {
  pipeline.add({ id, type: 'union', config: {} }, ...inputs.map(({ node }) => node));
  return { ...inputs[0], node: id };
}
