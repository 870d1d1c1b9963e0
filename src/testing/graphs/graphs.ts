import fc from 'fast-check';
import { Engine } from '../../engine/engine.ts';
import { planOfGraph } from './graph.ts';
import type { EntryOptions } from '../scenarios/entries.ts';
import { entriesOf } from '../scenarios/entries.ts';
import { buildGraph } from './build-graph.ts';
import type { Graph } from './graph.ts';
import { printGraph } from './print-graph.ts';
import { recipeOf } from './recipe.ts';

/** What a law for graphs is given. Prints as a literal that a kept case can hold. */
export interface GraphTrial {
  readonly graph: Graph;
  /** Numbers to choose places in the log by. */
  readonly picks: readonly number[];
}

/** `bounded` logs hold only rows that come no later than the watermark's delay, and ends. */
export type GraphLogs = 'any' | 'bounded';

const LOG: EntryOptions = { sources: 2, gridMs: 10, plain: false, maxLength: 30 };

/** Random graphs over random logs. */
export function graphTrials(_logs: GraphLogs = 'any'): fc.Arbitrary<GraphTrial> {
  return fc
    .tuple(recipeOf(), entriesOf(LOG), fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 6 }))
    .map(([recipe, entries, picks]) => printable({ graph: { ...buildGraph(recipe), entries }, picks }))
    .filter(({ graph }) => {
      try {
        new Engine(planOfGraph(graph));
        return true;
      } catch {
        return false;
      }
    });
}

function printable(trial: GraphTrial): GraphTrial {
  const text = (): string => `${printGraph(trial.graph)}\npicks: [${trial.picks.join(', ')}]`;
  return Object.defineProperty(trial, fc.toStringMethod, { value: text, enumerable: false });
}
