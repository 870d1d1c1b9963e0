import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kernels } from '../operators/kernels.ts';
import { brokenKernels } from '../testing/broken-kernels.ts';
import { checkGraphLaws, lawSeed } from '../testing/graphs/check-graph-laws.ts';
import { graphLaws } from '../testing/graphs/graph-laws.ts';
import { graphTrials } from '../testing/graphs/graphs.ts';
import { keptCases } from '../testing/graphs/kept-cases.ts';

/** The others are in `graph-laws-of-rounds.test.ts` and `graph-laws-of-restoring.test.ts`. */
checkGraphLaws([4, 6, 7, 8]);

describe('graphs for which a law once failed', () => {
  test.each(keptCases)('$found', ({ graph, picks }) => {
    for (const law of graphLaws) if (law.logs === 'any') law.check({ graph, picks }, kernels);
  });
});

describe('a kernel that breaks a law is found in graphs', () => {
  test.each(brokenKernels)('$law: $fault', { timeout: 600_000 }, ({ law: number, registry }) => {
    const law = graphLaws.find((candidate) => candidate.number === number)!;
    const property = fc.property(graphTrials(law.logs), (trial) => law.check(trial, registry));
    expect(fc.check(property, { numRuns: 2000, seed: lawSeed, endOnFailure: true }).failed).toBe(true);
  });

  test('every law is one for graphs, too', () => {
    expect(graphLaws.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
