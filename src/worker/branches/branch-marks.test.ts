import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { lateEvents } from '../../pipeline/templates/late-events.ts';
import { sessions } from '../../pipeline/templates/sessions.ts';
import type { BranchMarks } from '../branch-protocol.ts';
import { SIDE_BOTH, SIDE_BRANCH, SIDE_RUN } from '../branch-protocol.ts';
import type { PlainRun } from '../../testing/branch-run.ts';
import { changed, compare, opened, plainRun } from '../../testing/branch-run.ts';

interface Told {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
}

function toldWindows(run: PlainRun, nodeId: string, byKey: boolean): readonly Told[] {
  const found = new Map<string, Told & { lines: string[] }>();
  for (const line of run.results.get(nodeId) ?? []) {
    const [, keys, window] = JSON.parse(line) as [string, Record<string, unknown> | null, [number, number]];
    const key = byKey ? JSON.stringify(Object.values(keys ?? {})) : '[]';
    const name = `${key} ${String(window)}`;
    const told = found.get(name) ?? { key, startMs: window[0], endMs: window[1], lines: [] };
    told.lines.push(line);
    found.set(name, told);
  }
  return [...found.values()];
}

/** No other of its key has it within. */
function isFinal(one: Told, all: readonly Told[]): boolean {
  return !all.some(
    (other) => other !== one && other.key === one.key && other.startMs <= one.startMs && other.endMs >= one.endMs,
  );
}

function expectedWindows(sides: readonly [PlainRun, PlainRun], nodeId: string, merges: boolean): readonly string[] {
  const [run, branch] = sides.map((side) => {
    const all = toldWindows(side, nodeId, merges);
    return new Map(
      all
        .filter((one) => !merges || isFinal(one, all))
        .map((one) => [`${one.key} ${String(one.startMs)} ${String(one.endMs)}`, one.lines.join()]),
    );
  }) as [Map<string, string>, Map<string, string>];
  const names = new Set([...run.keys(), ...branch.keys()]);
  return [...names]
    .filter((name) => run.get(name) !== branch.get(name))
    .map((name) => `${name} ${String(run.has(name) ? (branch.has(name) ? SIDE_BOTH : SIDE_RUN) : SIDE_BRANCH)}`);
}

function toldNames({ windows }: BranchMarks, hasSides: boolean): readonly string[] {
  return Array.from(windows.startMs, (startMs, i) => {
    const key = windows.keys[windows.key[i]!]!;
    return `${key} ${String(startMs)} ${String(windows.endMs[i])} ${hasSides ? String(windows.sides[i]) : ''}`.trim();
  });
}

function windowChanged(document: PipelineDocument, config: Readonly<Record<string, unknown>>): PipelineDocument {
  return changed(document, (kind, own) => (kind === 'window' ? { ...own, ...config } : own));
}

const figures = fc.record({
  gapMs: fc.constantFrom(4_000, 9_000, 10_000, 11_000, 30_000),
  latenessMs: fc.constantFrom(0, 3_000, 20_000),
});

test('marks are all sessions that one side alone has, or with other results, and every row that one side alone drops', async () => {
  const property = fc.asyncProperty(
    fc.tuple(figures, figures),
    fc.nat({ max: 1_000 }),
    fc.integer({ min: 50, max: 1_850 }),
    async ([one, two], seed, seq) => {
      const own = windowChanged({ ...sessions.document, run: { ...sessions.document.run, seed } }, one);
      const other = windowChanged(own, two);
      const { session, desk } = await opened(own);
      await session.seek({ to: { by: 'seq', seq }, plays: false });
      expect(await desk.openBranch({ id: 'b', document: other, fromSeq: null })).toEqual({ kind: 'open' });
      const { node, seq: entries } = await compare(desk, 'visits');
      const { marks } = node!;
      const sides = [await plainRun(own, { entries }), await plainRun(other, { entries })] as const;
      expect(toldNames(marks, true).toSorted()).toEqual(expectedWindows(sides, 'visits', true).toSorted());
      const [run, branch] = sides.map((side) => side.drops.get('visits') ?? []) as [number[], number[]];
      expect([...marks.kept]).toEqual(run.filter((dropped) => !branch.includes(dropped)));
      expect([...marks.dropped]).toEqual(branch.filter((dropped) => !run.includes(dropped)));
      expect(marks.windows.atMs.every((atMs) => atMs <= sides[0].untilMs)).toBe(true);
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

test('more than the differences that are told one by one are marked', async () => {
  const own = changed(lateEvents.document, (kind, config) =>
    kind === 'source.generator' ? { ...config, events: 20_000 } : config,
  );
  const other = windowChanged(own, { latenessMs: 20_000 });
  const { session, desk } = await opened(own);
  await session.seek({ to: { by: 'seq', seq: 1e9 }, plays: false });
  await desk.openBranch({ id: 'b', document: other, fromSeq: null });
  const { node } = await compare(desk, 'counts');
  const [run, branch] = [await plainRun(own, {}), await plainRun(other, {})];
  const dropped = new Set(branch.drops.get('counts') ?? []);
  const kept = run.drops.get('counts')!.filter((seq) => !dropped.has(seq));
  expect(kept.length).toBeGreaterThan(200);
  expect([...node!.marks.kept]).toEqual(kept);
  expect(toldNames(node!.marks, false).toSorted()).toEqual(
    expectedWindows([run, branch], 'counts', false)
      .map((name) => name.slice(0, -2))
      .toSorted(),
  );
  expect(node!.marks.left).toBe(0);
});
