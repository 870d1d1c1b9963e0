import type { Run } from '../worker/run.ts';
import { stateReport } from '../worker/state-report.ts';

const ROWS = 200;

/**
 * What the screen may ask of a run as it stands, as text: what two runs have alike shows alike. Sizes of state and the
 * watermarks of partitions over time are left out: they are looked at once a round, however long a round is.
 */
export function runPicture(run: Run): string {
  const { feeds, plan } = run;
  const nodes = feeds.nodes.map((node, index) => ({
    id: node.facts.node.id,
    rows: (['out', 'late', 'rejected'] as const).map((port) => node.rowsAt(port)?.table(ROWS) ?? null),
    results: node.newest?.rows(ROWS) ?? null,
    table: (['key', 'change'] as const).map((by) => node.table?.view(node.facts.node.id, { by }) ?? null),
    drops: [node.newestDrops.rows(ROWS), node.newestDrops.table(), node.newestDrops.seen, node.drops.chart()],
    rejections: node.newestRejections.rows(ROWS),
    charts: [node.resultChart(null), node.clocks(), feeds.lateness(index), node.latency?.chart() ?? null],
    clocks: [node.watermark, node.idle, feeds.waiting(index), feeds.maxEventTimeMs(index)],
    state: stateReport(run, plan.nodes[index]?.id ?? ''),
  }));
  const position = { seq: run.seq, taken: run.taken, atMs: run.processingTimeMs, ledger: [...run.ledger()] };
  return JSON.stringify({ position, nodes }, plain);
}

/** Numbers that JSON has no word for, and arrays of numbers. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, (item) => plain('', item));
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  if (value instanceof Set) return [...(value as Set<unknown>)];
  return value;
}

/** Where two pictures part, with what stands around it; null where they are alike. */
export function pictureDifference(actual: string, expected: string): string | null {
  if (actual === expected) return null;
  let at = 0;
  while (actual[at] === expected[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 160), at + 80);
  const node = /.*"id":"([^"]+)"/.exec(actual.slice(0, at))?.[1] ?? 'the run';
  return `${node}: …${around(actual)}… is not …${around(expected)}…`;
}
