import type { Actual, Translated } from './adapter.ts';
import type { Case } from './case.ts';
import { Inexpressible, isQuery, isVector, withoutExpectation } from './case.ts';
import { vectorDifference } from './compare.ts';
import type { Graph } from './graph.ts';
import { rowsDifference } from './queries/compare-rows.ts';
import { translateQuery } from './queries/translate-query.ts';
import { runGraph } from './run-graph.ts';
import { translateVector } from './vectors/translate-vector.ts';

/** What became of a case before anybody looked at its expectation. */
export interface Attempt {
  readonly id: string;
  /** Null for a case that is no graph, or could not be made one. */
  readonly graph: Graph | null;
  /** Null where the case broke off. */
  readonly actual: Actual | null;
  /** Why it broke off. */
  readonly fault: string | null;
}

/** Runs a case with its expectation removed. Never throws: what goes wrong is the attempt's fault. */
export async function attempt(given: Case): Promise<Attempt> {
  const { id } = given;
  let graph: Graph | null = null;
  try {
    const translated = translate(withoutExpectation(given));
    graph = translated.graph;
    const actual = translated.graph === null ? translated.call() : translated.read(await runGraph(translated.graph));
    return { id, graph, actual, fault: null };
  } catch (error) {
    return { id, graph, actual: null, fault: reasonOf(error) };
  }
}

function translate(given: Case): Translated {
  if (isVector(given)) return translateVector(given);
  if (isQuery(given)) return translateQuery(given);
  throw new Inexpressible('the case has neither an operator nor a pipeline');
}

function reasonOf(error: unknown): string {
  if (error instanceof Inexpressible) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export interface Verdict {
  readonly id: string;
  readonly passed: boolean;
  readonly reason?: string;
}

/** Compares. A case without expectation has passed when it ran to its end. */
export function judge(stated: Case, { id, actual, fault }: Attempt): Verdict {
  if (actual === null) return { id, passed: false, reason: fault ?? 'nothing came' };
  let difference: string | null;
  try {
    difference = differenceIn(stated, actual);
  } catch (error) {
    difference = reasonOf(error);
  }
  return difference === null ? { id, passed: true } : { id, passed: false, reason: difference };
}

function differenceIn(stated: Case, actual: Actual): string | null {
  if (isVector(stated)) return vectorDifference(stated, actual);
  return isQuery(stated) ? rowsDifference(stated, actual.outputs) : null;
}
