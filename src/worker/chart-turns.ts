import type { ChartUpdate, DropTable, ResultTable } from './chart-protocol.ts';
import type { NodeFeed } from './feeds/node-feed.ts';
import type { RunFeeds } from './feeds/run-feeds.ts';
import type { TableOrder, TableView } from './table-protocol.ts';

const PARTS = ['windows', 'clocks', 'drops', 'lateness', 'latency', 'state', 'results', 'table', 'drop-table'] as const;
type Part = (typeof PARTS)[number];

const BY_KEY: TableOrder = { by: 'key' };

/** Least real time between two updates of one chart. */
const PART_PAUSE_MS = 250;

export interface ChartParts {
  readonly charts: readonly ChartUpdate[];
  readonly results: ResultTable | null;
  readonly table: TableView | null;
  readonly drops: DropTable | null;
}

export const NO_PARTS: ChartParts = { charts: [], results: null, table: null, drops: null };

/**
 * Sends charts of the watched node in turns: one chart and one table a frame while the run goes on, all that changed when
 * it stands.
 */
export class ChartTurns {
  private nodeId: string | null = null;
  private column: string | null = null;
  private tableOrder: TableOrder = BY_KEY;
  private readonly sentAt = new Map<Part, number>();
  private readonly sentVersion = new Map<Part, number>();

  watch(nodeId: string | null): void {
    this.nodeId = nodeId;
    this.column = null;
    this.tableOrder = BY_KEY;
    this.reset();
  }

  choose(column: string | null): void {
    this.column = column;
    this.sentVersion.delete('windows');
    this.sentAt.delete('windows');
  }

  order(order: TableOrder): void {
    this.tableOrder = order;
    this.sentVersion.delete('table');
    this.sentAt.delete('table');
  }

  /** Everything counts as unsent. */
  reset(): void {
    this.sentAt.clear();
    this.sentVersion.clear();
  }

  take(feeds: RunFeeds, nowMs: number, isRunning: boolean): ChartParts {
    const index = feeds.nodes.findIndex((node) => node.facts.node.id === this.nodeId);
    const feed = feeds.nodes[index];
    if (feed === undefined) return NO_PARTS;
    const due = PARTS.filter((part) => this.sentVersion.get(part) !== version(part, feed, feeds));
    const turn = isRunning
      ? [
          ...this.nextTurn(due.filter(isTable), nowMs),
          ...this.nextTurn(
            due.filter((part) => !isTable(part)),
            nowMs,
          ),
        ]
      : due;
    let parts = NO_PARTS;
    for (const part of turn) {
      this.sentAt.set(part, nowMs);
      this.sentVersion.set(part, version(part, feed, feeds));
      parts = withPart(parts, part, {
        feeds,
        index,
        feed,
        column: this.column,
        tableOrder: this.tableOrder,
      });
    }
    return parts;
  }

  /** The part that has waited longest, if it has waited long enough. */
  private nextTurn(due: readonly Part[], nowMs: number): readonly Part[] {
    const at = (part: Part): number => this.sentAt.get(part) ?? -Infinity;
    const rested = due.filter((part) => nowMs - at(part) >= PART_PAUSE_MS);
    const first = rested.reduce<Part | null>(
      (best, part) => (best === null || at(part) < at(best) ? part : best),
      null,
    );
    return first === null ? [] : [first];
  }
}

function isTable(part: Part): boolean {
  return part === 'results' || part === 'table' || part === 'drop-table';
}

/** Differs when there is something new to draw. */
function version(part: Part, feed: NodeFeed, feeds: RunFeeds): number {
  switch (part) {
    case 'windows':
    case 'results':
      return feed.newest?.seen ?? 0;
    case 'table':
      return feed.table?.seen ?? 0;
    case 'clocks':
    case 'lateness':
    case 'latency':
    case 'state':
      return feeds.rounds;
    case 'drops':
    case 'drop-table':
      return feed.newestDrops.seen;
  }
}

interface Watched {
  readonly feeds: RunFeeds;
  readonly index: number;
  readonly feed: NodeFeed;
  readonly column: string | null;
  readonly tableOrder: TableOrder;
}

function withPart(parts: ChartParts, part: Part, watched: Watched): ChartParts {
  const { feeds, index, feed, column, tableOrder } = watched;
  const nodeId = feed.facts.node.id;
  const chart = (update: ChartUpdate): ChartParts => ({ ...parts, charts: [...parts.charts, update] });
  switch (part) {
    case 'windows':
      return chart({ nodeId, chart: part, data: feed.resultChart(column) });
    case 'clocks':
      return chart({ nodeId, chart: part, data: feeds.clocks(index) });
    case 'drops':
      return chart({ nodeId, chart: part, data: feed.drops.chart() });
    case 'lateness':
      return chart({ nodeId, chart: part, data: feeds.lateness(index) });
    case 'latency':
      return chart({ nodeId, chart: part, data: feed.latency?.chart() ?? null });
    case 'state':
      return chart({ nodeId, chart: part, data: feed.size.chart() });
    case 'results':
      return { ...parts, results: feed.newest?.table() ?? null };
    case 'table':
      return { ...parts, table: feed.table?.view(nodeId, tableOrder) ?? null };
    case 'drop-table':
      return { ...parts, drops: feed.newestDrops.table() };
  }
}
