import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Case } from './case.ts';
import { readCases } from './case.ts';
import { attempt, judge } from './conform.ts';

const here = new URL('./', import.meta.url);
const root = new URL('../../', here);

interface Rule {
  readonly number: string;
  /** Ids of cases, or files with the title of a test. */
  readonly covers: readonly string[];
}

function rulesOf(page: string): readonly Rule[] {
  return [...page.matchAll(/^\| ([A-Z]\d+) *\|[^|]*\|([^|]*)\|$/gm)].map(([, number = '', cell = '']) => ({
    number,
    covers: [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  }));
}

const cases: ReadonlyMap<string, Case> = new Map(
  readdirSync(new URL('cases/', here), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const read = readCases(readFileSync(new URL(`cases/${name}`, here), 'utf8'));
      return typeof read === 'string' ? [] : read.map((each) => [each.id, each] as const);
    }),
);

/** Null when a test or a passing case of that name exists, else what is missing. */
async function missing(name: string): Promise<string | null> {
  const [path = '', title] = name.split(' › ');
  if (path.endsWith('.test.ts')) {
    const file = new URL(path, root);
    if (!existsSync(file)) return `there is no ${path}`;
    return title === undefined || readFileSync(file, 'utf8').includes(title) ? null : `${path} has no test “${title}”`;
  }
  const given = cases.get(name);
  if (given === undefined) return `there is no case ${name}`;
  const { passed, reason = '' } = judge(given, await attempt(given));
  return passed ? null : `${name} fails: ${reason}`;
}

const rules = rulesOf(readFileSync(new URL('COVERAGE.md', here), 'utf8'));

describe('every rule', () => {
  test('has a number of its own', () => {
    expect(rules.length).toBeGreaterThan(150);
    expect(new Set(rules.map(({ number }) => number)).size).toBe(rules.length);
  });

  test('is covered', () => {
    expect(rules.filter(({ covers }) => covers.length === 0)).toEqual([]);
  });

  test.each(rules)('$number is covered by what exists and passes', async ({ covers }) => {
    const found = await Promise.all(covers.map(missing));
    expect(found.filter((problem) => problem !== null)).toEqual([]);
  });
});

test('a name that covers nothing is found', async () => {
  expect(await missing('flink.ds.no.such.case')).toContain('there is no case');
  expect(await missing('src/engine/no-such.test.ts')).toContain('there is no');
  expect(await missing('src/engine/laws.test.ts › nothing of the kind')).toContain('has no test');
});
