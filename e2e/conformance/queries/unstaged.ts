import type { Json, JsonObject, QueryCase } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, objectOf, textOf } from '../fields.ts';

/**
 * A case whose queries ran one after the other, each over the whole input, as one whose graph runs all at once: what the
 * first branch of the union reads stands in the log before what the second one reads. A stream of several branches is read
 * once by each.
 */
export function unstaged(given: QueryCase): QueryCase {
  if (given['execution'] !== 'staged') return given;
  const steps = listOf(given.pipeline, 'steps').filter(isObject);
  const unions = steps.filter(({ op }) => op === 'union');
  const [union] = unions;
  if (union === undefined || unions.length > 1)
    throw new Inexpressible('queries one after the other, and not one union');
  const branches = listOf(union, 'inputs').map((end, i) =>
    branchOf(given, steps, { end: String(end), suffix: `#${i}` }),
  );
  const inBranch = new Set(branches.flatMap(({ former }) => former));
  const behind = steps.filter((step) => step !== union && !inBranch.has(textOf(step, 'id')));
  return {
    ...given,
    pipeline: {
      ...given.pipeline,
      streams: Object.assign({}, ...branches.map(({ streams }) => streams)) as JsonObject,
      steps: [
        ...branches.flatMap((branch) => branch.steps),
        { ...union, inputs: branches.map(({ end }) => end) },
        ...behind,
      ],
    },
    inputs: branches.flatMap(({ inputs }) => inputs),
  };
}

interface Branch {
  readonly end: string;
  readonly streams: JsonObject;
  readonly steps: readonly JsonObject[];
  readonly inputs: readonly JsonObject[];
  /** What the steps were called. */
  readonly former: readonly string[];
}

/** Everything before one input of the union under names of its own. */
function branchOf(
  given: QueryCase,
  steps: readonly JsonObject[],
  { end, suffix }: { readonly end: string; readonly suffix: string },
): Branch {
  const wanted = new Set<string>();
  const open = [end];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (wanted.has(name)) continue;
    wanted.add(name);
    const step = steps.find(({ id }) => id === name);
    if (step !== undefined) open.push(...listOf(step, 'inputs').map(String));
  }
  const own = (name: Json | undefined): string => `${String(name)}${suffix}`;
  const before = steps.filter((step) => wanted.has(textOf(step, 'id')));
  const streams = Object.entries(objectOf(given.pipeline, 'streams')).filter(([name]) => wanted.has(name));
  return {
    end: own(end),
    streams: Object.fromEntries(streams.map(([name, stream]) => [own(name), stream])),
    steps: before.map((step) => ({ ...step, id: own(step['id']), inputs: listOf(step, 'inputs').map(own) })),
    inputs: given.inputs
      .filter(({ stream }) => wanted.has(String(stream)))
      .map((input) => ({ ...input, stream: own(input['stream']) })),
    former: before.map((step) => textOf(step, 'id')),
  };
}
