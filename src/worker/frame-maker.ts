import type { NodeLedger } from '../engine/ledger.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import type { WatermarkMs } from '../stream/time.ts';
import { NO_WATERMARK } from '../stream/time.ts';
import type { Pacing } from './pacing.ts';
import type { Clocks, EdgeStats, LedgerReport, NodeStats, RunPosition } from './protocol.ts';
import { Rates } from './rates.ts';
import { readShare } from './read-share.ts';
import type { Run } from './run.ts';

/** The figures of a frame, all of one moment. */
export interface Figures {
  readonly position: RunPosition;
  readonly clocks: Clocks;
  readonly nodes: readonly NodeStats[];
  readonly edges: readonly EdgeStats[];
}

export const NO_FIGURES: Figures = {
  position: { seq: 0, rows: 0, totalRows: null, progress: null, rowsPerSec: 0 },
  clocks: { maxEventTimeMs: null, watermarkMs: null, processingTimeMs: null },
  nodes: [],
  edges: [],
};

/** Reads a run's figures. Holds what rates need between two looks. */
export class FrameMaker {
  private readonly run: Run;
  readonly rates = new Rates();

  constructor(run: Run) {
    this.run = run;
  }

  figures(pacing: Pacing, realMs: number, isRunning: boolean): Figures {
    const { run, rates } = this;
    const ledger = run.ledger();
    const counts = new Map<string, number>();
    for (const [id, node] of ledger) for (const [port, rows] of emittedByPort(node)) counts.set(`${id}:${port}`, rows);
    const processingTimeMs = pacing.processingTimeMs(run.processingTimeMs);
    const rows = run.taken.reduce((sum, count) => sum + count, 0);
    if (isRunning && processingTimeMs !== null) {
      rates.sample({ realMs, processingMs: processingTimeMs, rows, counts });
    }
    const { maxEventTimeMs, watermarkMs } = sourceClocks(run);
    return {
      position: {
        seq: run.seq,
        rows,
        totalRows: totalRows(run),
        progress: readShare(run),
        rowsPerSec: isRunning ? rates.rowsPerSec() : 0,
      },
      clocks: { maxEventTimeMs, watermarkMs, processingTimeMs },
      nodes: run.plan.nodes.map((node, index) => this.nodeStats(index, node.id, ledger.get(node.id))),
      edges: this.edges(counts),
    };
  }

  private nodeStats(index: number, nodeId: string, ledger: NodeLedger | undefined): NodeStats {
    const { emitted: _kinds, ...fates } = ledger ?? EMPTY_LEDGER;
    const feed = this.run.feeds.nodes[index];
    return {
      nodeId,
      ...fates,
      emitted: Object.fromEntries(emittedByPort(ledger ?? EMPTY_LEDGER)),
      ratePerSec: this.rates.perSecond(`${nodeId}:out`),
      watermarkMs: shown(feed?.watermark ?? NO_WATERMARK),
      idle: feed?.idle ?? false,
      waiting: this.run.feeds.waiting(index),
    };
  }

  private edges(counts: ReadonlyMap<string, number>): readonly EdgeStats[] {
    const { nodes } = this.run.plan;
    return nodes.flatMap((node) =>
      node.inputs.map(({ port, fromNode, fromPort }) => {
        const from = nodes[fromNode]?.id ?? '';
        const name = `${from}:${fromPort}`;
        const feed = this.run.feeds.nodes[fromNode];
        return {
          edge: `${name}->${node.id}:${port}`,
          rows: counts.get(name) ?? 0,
          ratePerSec: this.rates.perSecond(name),
          watermarkMs: shown(feed?.watermark ?? NO_WATERMARK),
          idle: feed?.idle ?? false,
        };
      }),
    );
  }
}

const EMPTY_LEDGER: NodeLedger = {
  in: 0,
  used: 0,
  held: 0,
  late: 0,
  filtered: 0,
  unmatched: 0,
  rejected: 0,
  lateWindows: 0,
  stateRows: 0,
  stateBytes: 0,
  emitted: {},
};

function emittedByPort(node: NodeLedger): readonly (readonly [OutputPortName, number])[] {
  return Object.entries(node.emitted).map(([port, kinds]) => [
    port as OutputPortName,
    Object.values(kinds).reduce((sum, count) => sum + count, 0),
  ]);
}

function shown(watermark: WatermarkMs): WatermarkMs | null {
  return watermark === NO_WATERMARK ? null : watermark;
}

export function sourceClocks(run: Run): Pick<Clocks, 'maxEventTimeMs' | 'watermarkMs'> {
  let maxEventTimeMs: number | null = null;
  let least = Infinity;
  let hasActive = false;
  run.plan.sources.forEach((node, s) => {
    const max = run.feeds.sources[s]?.maxEventTimeMs ?? null;
    if (max !== null && (maxEventTimeMs === null || max > maxEventTimeMs)) maxEventTimeMs = max;
    const feed = run.feeds.nodes[node];
    if (feed === undefined || feed.idle) return;
    hasActive = true;
    least = Math.min(least, feed.watermark);
  });
  return { maxEventTimeMs, watermarkMs: hasActive ? shown(least) : null };
}

function totalRows(run: Run): number | null {
  if (run.isAtEnd) return run.taken.reduce((sum, count) => sum + count, 0);
  let total = 0;
  for (let s = 0; s < run.plan.sources.length; s++) {
    const source = run.log.progress(s);
    if (source.unit !== 'rows' || source.total === null) return null;
    total += source.total;
  }
  return total;
}

/** The outside contract's ledger. Infinite watermarks are texts. */
export function ledgerReport(run: Run): LedgerReport {
  const { dialect, end, seed } = run.plan;
  const watermark = sinkWatermark(run);
  return {
    run: {
      dialect: dialect.name,
      end,
      seed,
      entries: run.seq,
      watermark: Number.isFinite(watermark) ? watermark : String(watermark),
    },
    nodes: Object.fromEntries(run.ledger()),
  };
}

/** How far event time has come everywhere: the least watermark of the sinks, of all nodes where there is no sink. */
function sinkWatermark(run: Run): WatermarkMs {
  const { nodes } = run.feeds;
  const sinks = nodes.filter(({ facts }) => facts.isSink);
  return Math.min(...(sinks.length > 0 ? sinks : nodes).map(({ watermark }) => watermark));
}
