import type { ResultDifference, ResultSet } from '../../engine/comparing/result-set.ts';
import { compareResults } from '../../engine/comparing/result-set.ts';
import type {
  Both,
  BranchComparison,
  BranchDifference,
  BranchDifferenceKind,
  BranchLatency,
  BranchNode,
  BranchNodeDetail,
  BranchQuestion,
} from '../branch-protocol.ts';
import type { ClockChart } from '../chart-protocol.ts';
import type { NodeFeed } from '../feeds/node-feed.ts';
import { branchMarks } from './branch-marks.ts';
import type { SideRun } from './side-run.ts';

/** Differences of a kind that are told. */
const TOLD_MAX = 200;

interface Compared {
  readonly run: SideRun;
  readonly branch: SideRun;
  readonly affected: ReadonlySet<string>;
  readonly isSameLog: boolean;
}

interface NodeDifferences {
  readonly results: readonly ResultDifference[];
  readonly drops: readonly ResultDifference[];
}

const NONE: NodeDifferences = { results: [], drops: [] };

export function compareSides(sides: Compared, { id, nodeId, column }: BranchQuestion): BranchComparison {
  const { run, branch } = sides;
  const ids = new Set([...run.plan.nodes, ...branch.plan.nodes].map((node) => node.id));
  const found = new Map([...ids].map((each) => [each, differencesOf(sides, each)]));
  const first = [...found].find(([, { results, drops }]) => results.length + drops.length > 0)?.[0] ?? null;
  const asked = nodeId ?? first;
  return {
    id,
    seq: run.seq,
    processingTimeMs: run.processingTimeMs,
    isSameLog: sides.isSameLog,
    nodes: [...ids].map((each) => nodeOf(sides, each, found.get(each) ?? NONE)),
    node: asked === null ? null : detailOf(sides, { id, nodeId: asked, column }, found.get(asked) ?? NONE),
    limit: branch.limit,
  };
}

function differencesOf({ run, branch }: Compared, nodeId: string): NodeDifferences {
  const [a, b] = [run.results.of(nodeId), branch.results.of(nodeId)];
  if (a === null || b === null) return NONE;
  return { results: compareResults(a.results, b.results), drops: compareResults(a.drops, b.drops) };
}

function nodeOf({ run, branch, affected }: Compared, nodeId: string, { results, drops }: NodeDifferences): BranchNode {
  const count = (list: readonly ResultDifference[], kind: ResultDifference['kind']): number =>
    list.reduce((sum, difference) => sum + (difference.kind === kind ? 1 : 0), 0);
  const sets = [run, branch].map((side) => side.results.of(nodeId));
  const both = <Value>(read: (side: SideRun) => Value): Both<Value> => [read(run), read(branch)];
  const rows = (set: ResultSet | undefined): number => set?.rows ?? 0;
  return {
    nodeId,
    ledger: both((side) => side.ledger().get(nodeId) ?? null),
    isAffected: affected.has(nodeId),
    results: [rows(sets[0]?.results), rows(sets[1]?.results)],
    drops: [rows(sets[0]?.drops), rows(sets[1]?.drops)],
    onlyRun: count(results, 'only-a'),
    onlyBranch: count(results, 'only-b'),
    different: count(results, 'different'),
    droppedOnlyRun: count(drops, 'only-a'),
    droppedOnlyBranch: count(drops, 'only-b'),
    uncompared: sets.reduce((sum, set) => sum + (set?.results.uncompared ?? 0) + (set?.drops.uncompared ?? 0), 0),
    latency: both((side) => latencyOf(feedOf(side, nodeId))),
    mostState: both((side) => mostStateOf(feedOf(side, nodeId))),
  };
}

function feedOf({ feeds }: SideRun, nodeId: string): NodeFeed | null {
  return feeds.nodes.find(({ facts }) => facts.node.id === nodeId) ?? null;
}

function latencyOf(feed: NodeFeed | null): BranchLatency | null {
  const chart = feed?.latency?.chart();
  const figures = chart?.fromEnd ?? chart?.fromEvent ?? null;
  if (figures === null) return null;
  const by = chart?.fromEnd === null ? 'event-time' : 'window-end';
  return { by, p50Ms: figures.p50Ms, p99Ms: figures.p99Ms };
}

function mostStateOf(feed: NodeFeed | null): { readonly rows: number; readonly bytes: number } | null {
  const chart = feed?.size.chart() ?? null;
  return chart === null ? null : { rows: chart.mostRows, bytes: chart.mostBytes };
}

function detailOf(
  { run, branch, isSameLog }: Compared,
  { nodeId, column }: BranchQuestion & { readonly nodeId: string },
  { results, drops }: NodeDifferences,
): BranchNodeDetail {
  const feeds = [feedOf(run, nodeId), feedOf(branch, nodeId)] as const;
  return {
    nodeId,
    differences: told([
      ...results.map((difference) => differenceOf(difference, RESULT_KINDS)),
      ...drops.map((difference) => differenceOf(difference, DROP_KINDS)),
    ]),
    marks: branchMarks({ run, branch, isSameLog, nodeId, results, drops }),
    windows: [feeds[0]?.resultChart(column) ?? null, feeds[1]?.resultChart(column) ?? null],
    drops: [feeds[0]?.drops.chart() ?? null, feeds[1]?.drops.chart() ?? null],
    clocks: [clocksOf(run, nodeId), clocksOf(branch, nodeId)],
  };
}

function clocksOf({ feeds }: SideRun, nodeId: string): ClockChart | null {
  const node = feeds.nodes.findIndex(({ facts }) => facts.node.id === nodeId);
  return node < 0 ? null : feeds.clocks(node);
}

type Kinds = Readonly<Record<ResultDifference['kind'], BranchDifferenceKind>>;

const RESULT_KINDS: Kinds = { 'only-a': 'only-run', 'only-b': 'only-branch', different: 'different' };
/** Dropped rows are alike or not: none is another one than it was. */
const DROP_KINDS: Kinds = {
  'only-a': 'dropped-only-run',
  'only-b': 'dropped-only-branch',
  different: 'dropped-only-branch',
};

function differenceOf({ kind, a, b, columns }: ResultDifference, kinds: Kinds): BranchDifference {
  const one = a ?? b;
  const rowOf = (row: typeof a): BranchDifference['run'] =>
    row === null ? null : { seq: row.seq, tsMs: row.ts, row: row.row };
  return {
    kind: kinds[kind],
    key: one?.key ?? null,
    window: one?.window ?? null,
    pane: one?.pane ?? null,
    run: rowOf(a),
    branch: rowOf(b),
    columns,
  };
}

function told(differences: readonly BranchDifference[]): readonly BranchDifference[] {
  const counts = new Map<BranchDifferenceKind, number>();
  return differences.filter(({ kind }) => {
    const before = counts.get(kind) ?? 0;
    counts.set(kind, before + 1);
    return before < TOLD_MAX;
  });
}
