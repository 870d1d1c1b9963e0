// Built and run by main.ts, once as the engine is and once with each mutant planted: looks for a law or a recorded case that
// fails. What is looked at is the same each time, but for the cases named in the file of the first argument, which fail
// anyway; the operator in whose folder the file of the second argument lies is looked at first.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { graphLaws } from '../../src/testing/graphs/graph-laws.ts';
import { graphTrials } from '../../src/testing/graphs/graphs.ts';
import { kindsUnder, trialsOf } from '../../src/testing/law-trials.ts';
import { laws } from '../../src/testing/laws.ts';
import { operatorDefinitions } from '../../src/operators/definitions.ts';
import { kernels } from '../../src/operators/kernels.ts';
import type { OperatorKind } from '../../src/operators/operator.ts';
import { readCases } from '../conformance/case.ts';
import { attempt, judge } from '../conformance/conform.ts';

const SEED = 20261;
const RUNS = { operators: 150, graphs: 300 };
/** Of law 4, which finds most. */
const RUNS_BY_REFERENCE = { stateful: 1000, windows: 5000, graphs: 1500 };
const CASES = 'e2e/conformance/cases';

/** The first killer and what it found. */
interface Finding {
  readonly by: string;
  readonly found: string;
}

/** The laws in the order in which they find most. */
const ORDER = [4, 3, 5, 7, 8, 2, 9, 1, 6];

const [skipped, mutated = ''] = process.argv.slice(2);
const isMutated = (kind: OperatorKind): boolean => mutated.includes(`/operators/${kind.replace('.', '-')}/`);

if (skipped === undefined) {
  const failing: string[] = [];
  for await (const { by } of failingCases(new Set())) failing.push(by);
  console.log(JSON.stringify({ finding: lawBroken(ORDER), failing }));
} else {
  const skip = new Set(JSON.parse(readFileSync(skipped, 'utf8')) as readonly string[]);
  const [first, ...rest] = ORDER;
  console.log(
    JSON.stringify({ finding: ownLawBroken() ?? lawBroken([first!]) ?? (await firstCase(skip)) ?? lawBroken(rest) }),
  );
}

/** The laws for the operator whose own code is mutated. */
function ownLawBroken(): Finding | null {
  for (const number of ORDER) {
    const finding = operatorLawBroken(number, isMutated);
    if (finding !== null) return finding;
  }
  return null;
}

function lawBroken(numbers: readonly number[]): Finding | null {
  for (const number of numbers) {
    const finding = operatorLawBroken(number, () => true) ?? graphLawBroken(number);
    if (finding !== null) return finding;
  }
  return null;
}

function operatorLawBroken(number: number, isAsked: (kind: OperatorKind) => boolean): Finding | null {
  const law = laws.find((candidate) => candidate.number === number)!;
  for (const kind of kindsUnder(law).filter(isAsked)) {
    const property = fc.property(trialsOf(law, kind), law.check);
    const isLong = number === 4 && operatorDefinitions[kind].stateful;
    const long = kind === 'window' ? RUNS_BY_REFERENCE.windows : RUNS_BY_REFERENCE.stateful;
    const numRuns = isLong ? long : RUNS.operators;
    const found = counterexample(fc.check(property, { numRuns, seed: SEED, endOnFailure: true }));
    if (found !== null) return { by: `law ${number}`, found: `${kind}: ${found}` };
  }
  return null;
}

function graphLawBroken(number: number): Finding | null {
  const law = graphLaws.find((candidate) => candidate.number === number)!;
  const property = fc.property(graphTrials(law.logs), (trial) => law.check(trial, kernels));
  const found = counterexample(
    fc.check(property, {
      numRuns: number === 4 ? RUNS_BY_REFERENCE.graphs : RUNS.graphs,
      seed: SEED,
      endOnFailure: true,
    }),
  );
  return found === null ? null : { by: `law ${number}`, found: `graphs: ${found}` };
}

async function firstCase(skip: ReadonlySet<string>): Promise<Finding | null> {
  for await (const finding of failingCases(skip)) return finding;
  return null;
}

async function* failingCases(skip: ReadonlySet<string>): AsyncGenerator<Finding> {
  const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  for (const file of files.sort()) {
    const cases = readCases(readFileSync(join(CASES, file), 'utf8'));
    if (typeof cases === 'string') throw new Error(`${file} ${cases}`);
    for (const each of cases) {
      if (skip.has(each.id)) continue;
      const verdict = judge(each, await attempt(each));
      if (!verdict.passed) yield { by: each.id, found: verdict.reason ?? '' };
    }
  }
}

function counterexample<T>({ failed, errorInstance }: fc.RunDetails<T>): string | null {
  if (!failed) return null;
  return errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
}
