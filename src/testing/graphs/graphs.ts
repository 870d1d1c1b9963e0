import fc from 'fast-check';
import { entriesOf } from '../scenarios/entries.ts';
import { buildGraph } from './build-graph.ts';
import type { Graph } from './graph.ts';
import { inOrder, insensitive } from './insensitive.ts';
import { printGraph } from './print-graph.ts';
import { recipes } from './recipe.ts';
import { changedBy } from './source-settings.ts';

/** What a law for graphs is given. Prints as a literal that a kept case can hold. */
export interface GraphTrial {
  readonly graph: Graph;
  /** Numbers to choose places in the log by. */
  readonly picks: readonly number[];
}

/**
 * `bounded`: rows come no later than the watermark's delay, watermarks follow every event, and all operators give the same
 * final results for any such order; there is nothing in the log but rows and ends.
 */
export type GraphLogs = 'any' | 'bounded';

const LOG = { sources: 2, gridMs: 10, maxLength: 24 };

/** Random graphs over random logs. */
export function graphTrials(logs: GraphLogs): fc.Arbitrary<GraphTrial> {
  const plain = logs === 'bounded';
  const entries = fc.oneof(
    { weight: 2, arbitrary: entriesOf({ ...LOG, plain }) },
    { weight: 1, arbitrary: entriesOf({ ...LOG, plain, isQuiet: true }) },
  );
  const picks = fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 6 });
  return fc.tuple(recipes, entries, picks).map(([recipe, log, chosen]) => {
    const isBounded = logs === 'bounded';
    const wanted = isBounded ? insensitive(recipe) : recipe;
    const shape = buildGraph(wanted);
    return printable({
      graph: { ...shape, entries: isBounded ? inOrder(log, shape.sources.length) : changedBy(wanted, log, chosen) },
      picks: chosen,
    });
  });
}

function printable(trial: GraphTrial): GraphTrial {
  const text = (): string => `${printGraph(trial.graph)}\npicks: [${trial.picks.join(', ')}]`;
  return Object.defineProperty(trial, fc.toStringMethod, { value: text, enumerable: false });
}
