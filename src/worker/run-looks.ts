import type { DropRecord, ResultRecord } from '../engine/result-records.ts';
import type { ResultTable } from './chart-protocol.ts';
import type { NodeFeed } from './feeds/node-feed.ts';
import { ledgerReport } from './frame-maker.ts';
import type { LedgerReport, RejectedRecord, RejectedRow, RowsPlace, StateReport } from './protocol.ts';
import type { Run } from './run.ts';
import { stateReport } from './state-report.ts';
import type { Overview } from './travel-protocol.ts';

export interface OpenRun {
  readonly run: Run | null;
  /** The run may be in the middle of a round, where its state cannot be looked at. */
  readonly hasFailed: boolean;
}

/** Answers what the page asks of a run once: the same moment as the last frame, or a later one. */
export class RunLooks {
  private readonly open: () => OpenRun;

  constructor(open: () => OpenRun) {
    this.open = open;
  }

  ledger(): LedgerReport {
    const { run } = this.open();
    if (run === null) throw new Error('No run is open.');
    return ledgerReport(run);
  }

  results(nodeId: string, limit: number): readonly ResultRecord[] {
    return this.feed(nodeId)?.newest?.rows(limit) ?? [];
  }

  rowsAt({ nodeId, port }: RowsPlace, limit: number): ResultTable | null {
    return this.feed(nodeId)?.rowsAt(port)?.table(limit) ?? null;
  }

  stateOf(nodeId: string): StateReport | null {
    const { run, hasFailed } = this.open();
    return run === null || hasFailed ? null : stateReport(run, nodeId);
  }

  drops(nodeId: string, limit: number): readonly DropRecord[] {
    return this.feed(nodeId)?.newestDrops.rows(limit) ?? [];
  }

  rejects(nodeId: string, limit: number): readonly RejectedRecord[] {
    return this.open().run?.rejects(nodeId).slice(0, limit) ?? [];
  }

  rejectedRows(nodeId: string, limit: number): readonly RejectedRow[] {
    return this.feed(nodeId)?.newestRejections.rows(limit) ?? [];
  }

  overview(): Overview | null {
    return this.open().run?.travel.overview.overview() ?? null;
  }

  /** Share of what an edit has to go through; null while none is under way. */
  editProgress(): number | null {
    return this.open().run?.rebuiltShare ?? null;
  }

  private feed(nodeId: string): NodeFeed | undefined {
    return this.open().run?.feeds.nodes.find((node) => node.facts.node.id === nodeId);
  }
}
