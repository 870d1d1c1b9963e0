// Built and run by main.ts, once with each mutant planted: looks for a law or a recorded case that fails, and prints which
// as one line of JSON. What is looked at is the same each time.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { graphLaws } from '../../src/testing/graphs/graph-laws.ts';
import { graphTrials } from '../../src/testing/graphs/graphs.ts';
import { kindsUnder, trialsOf } from '../../src/testing/law-trials.ts';
import { laws } from '../../src/testing/laws.ts';
import { kernels } from '../../src/operators/kernels.ts';
import { readCases } from '../conformance/case.ts';
import { attempt, judge } from '../conformance/conform.ts';

const SEED = 20261;
const RUNS = { operators: 150, graphs: 250 };
const CASES = 'e2e/conformance/cases';

/** The first killer and what it found; null when there is none. */
interface Finding {
  readonly by: string;
  readonly found: string;
}

console.log(JSON.stringify(lawBroken() ?? (await caseFailed()) ?? graphLawBroken()));

function lawBroken(): Finding | null {
  for (const law of laws) {
    for (const kind of kindsUnder(law)) {
      const property = fc.property(trialsOf(law, kind), law.check);
      const found = counterexample(fc.check(property, { numRuns: RUNS.operators, seed: SEED, endOnFailure: true }));
      if (found !== null) return { by: `law ${law.number}`, found: `${kind}: ${found}` };
    }
  }
  return null;
}

function graphLawBroken(): Finding | null {
  for (const law of graphLaws) {
    const property = fc.property(graphTrials(law.logs), (trial) => law.check(trial, kernels));
    const found = counterexample(fc.check(property, { numRuns: RUNS.graphs, seed: SEED, endOnFailure: true }));
    if (found !== null) return { by: `law ${law.number}`, found: `graphs: ${found}` };
  }
  return null;
}

async function caseFailed(): Promise<Finding | null> {
  for (const file of readdirSync(CASES)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const cases = readCases(readFileSync(join(CASES, file), 'utf8'));
    if (typeof cases === 'string') throw new Error(`${file} ${cases}`);
    for (const each of cases) {
      const verdict = judge(each, await attempt(each));
      if (!verdict.passed) return { by: each.id, found: verdict.reason ?? '' };
    }
  }
  return null;
}

function counterexample<T>({ failed, errorInstance }: fc.RunDetails<T>): string | null {
  if (!failed) return null;
  return errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
}
