import type { Json, JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { numberOf, numberOr, objectOf, textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import { aggregateNames, aggregatesOf, withComposed } from './aggregates.ts';
import type { Named } from './columns.ts';
import { columnOf, namedOf, withGroups, withValues } from './columns.ts';
import { WINDOWEND, WINDOWSTART } from './hidden.ts';
import type { Pipeline, Relation, WindowNames } from './relation.ts';

/** What the product calls them. */
const START = 'window_start';
const END = 'window_end';
const OWN: WindowNames = { start: START, end: END };

/** The figures of a `window`. */
function figures(window: JsonObject): JsonObject {
  const type = textOf(window, 'type');
  const offset = numberOr(window, 'offsetMs', 0);
  const offsetMs = offset === 0 ? {} : { offsetMs: offset };
  switch (type) {
    case 'tumbling':
      return { kind: type, sizeMs: numberOf(window, 'sizeMs'), ...offsetMs };
    case 'hopping':
      return { kind: type, sizeMs: numberOf(window, 'sizeMs'), advanceMs: numberOf(window, 'advanceMs'), ...offsetMs };
    case 'cumulate':
      return { kind: type, sizeMs: numberOf(window, 'sizeMs'), stepMs: numberOf(window, 'stepMs'), ...offsetMs };
    case 'session':
      return { kind: type, gapMs: numberOf(window, 'gapMs') };
    case 'inherited':
      return { kind: type };
    default:
      throw new Inexpressible(`there are no ${type} windows`);
  }
}

/** `windowAggregate` */
export function addWindowAggregate(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const window = objectOf(step, 'window');
  const isInherited = window['type'] === 'inherited';
  const groups = groupsOf(pipeline, step, isInherited ? input : null);
  const more = isInherited ? boundsOf(input) : [];
  const source = withGroups(pipeline, { id, groups, more }, { ...input, node: withValues(pipeline, id, input) });
  const aggregates = aggregatesOf(pipeline, step);
  const config = {
    ...figures(window),
    keys: groups.map(({ as }) => as),
    ...groupingSets(step),
    ...emissionOf(pipeline, step),
    aggregates,
  };
  const updates = step['emit'] === 'final-with-late-updates';
  pipeline.add({ id, type: 'window', config, engine: updates ? { api: 'group-window' } : {} }, source);
  const grouped = [...groups.map(({ as }) => as), ...groupingColumn(step)];
  const columns = [...grouped, ...aggregateNames(step)];
  const node = withComposed(pipeline, id, step);
  if (pipeline.isKsql) return withPseudoColumns(pipeline, node, columns);
  return named(pipeline, step, { node, columns, hidden: [], window: OWN });
}

/** What rows are grouped by beside the window itself, which is that of `heir` where windows are inherited. */
function groupsOf(pipeline: Pipeline, step: JsonObject, heir: Relation | null): readonly Named[] {
  const groups = namedOf(pipeline, step, 'groupBy');
  if (heir?.window === null || heir === null) return groups;
  const { columns, window } = heir;
  const bounds = [window.start, window.end, 'window_time'];
  return groups.filter(({ expr }) => !bounds.includes(columnOf(expr, columns) ?? ''));
}

/** What calls inherited bounds as the product wants them. */
function boundsOf(input: Relation): readonly JsonObject[] {
  if (input.window === null) throw new Inexpressible('the input has no windows to inherit');
  const { start, end } = input.window;
  return [
    ...(start === START ? [] : [{ name: START, expression: quoted(start) }]),
    ...(end === END ? [] : [{ name: END, expression: quoted(end) }]),
  ];
}

function groupingSets({ groupingSets: sets, groupingIdColumn }: JsonObject): JsonObject {
  if (!Array.isArray(sets)) return {};
  const groupingId = typeof groupingIdColumn === 'string' ? { groupingId: groupingIdColumn } : {};
  return { groupingSets: sets as readonly Json[], ...groupingId };
}

function groupingColumn({ groupingIdColumn }: JsonObject): readonly string[] {
  return typeof groupingIdColumn === 'string' ? [groupingIdColumn] : [];
}

function emissionOf({ isKsql }: Pipeline, step: JsonObject): JsonObject {
  const window = objectOf(step, 'window');
  if (isKsql) {
    const emission = step['emit'] === 'final' ? 'on-close' : 'each-event';
    return { emission, latenessMs: numberOr(window, 'graceMs', 0) };
  }
  return { latenessMs: numberOr(window, 'allowedLatenessMs', 0) };
}

/** ksqlDB tells the window of a row by pseudo columns. */
function withPseudoColumns(pipeline: Pipeline, id: string, columns: readonly string[]): Relation {
  const isAsked = JSON.stringify(pipeline.given.pipeline['steps']).includes('WINDOW');
  if (!isAsked) return { node: id, columns, hidden: [], window: OWN };
  const epoch = "TIMESTAMP '1970-01-01 00:00:00'";
  const node = pipeline.compute(`${id}-pseudo`, id, [
    { name: WINDOWSTART, expression: `TIMESTAMPDIFF(MILLISECOND, ${epoch}, ${START})` },
    { name: WINDOWEND, expression: `TIMESTAMPDIFF(MILLISECOND, ${epoch}, ${END})` },
  ]);
  return { node, columns, hidden: [WINDOWSTART, WINDOWEND], window: OWN };
}

/** `windowAssign`: every row with the columns of its windows. */
export function addWindowAssign(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const partitionBy = Array.isArray(step['partitionBy']) ? (step['partitionBy'] as readonly Json[]) : [];
  const config = { ...figures(objectOf(step, 'window')), keys: partitionBy, result: 'rows' };
  pipeline.add({ id, type: 'window', config }, input.node);
  return named(pipeline, step, { node: id, columns: input.columns, hidden: input.hidden, window: OWN });
}

/** Gives the window columns the names that the step says, and only those that it has. */
function named(pipeline: Pipeline, step: JsonObject, relation: Relation): Relation {
  const wanted = step['windowColumns'];
  if (!isObject(wanted)) return relation;
  const expressions: Readonly<Record<string, string>> = {
    [START]: START,
    [END]: END,
    window_time: `TIMESTAMPADD(MILLISECOND, -1, ${END})`,
  };
  const computed: JsonObject[] = [];
  const names: string[] = [];
  for (const [own, name] of Object.entries(wanted)) {
    if (typeof name !== 'string') continue;
    names.push(name);
    const isThere = own === name && (own !== 'window_time' || step['op'] === 'windowAssign');
    if (!isThere) computed.push({ name, expression: expressions[own] ?? own });
  }
  const node =
    computed.length === 0 ? relation.node : pipeline.compute(`${relation.node}-bounds`, relation.node, computed);
  const nameOf = (own: string): string => (typeof wanted[own] === 'string' ? wanted[own] : own);
  const window = { start: nameOf(START), end: nameOf(END) };
  return { ...relation, node, columns: [...relation.columns, ...names], window };
}
