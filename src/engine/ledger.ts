import type { Batch } from '../stream/batch.ts';
import { rowAt, rowCount } from '../stream/batch.ts';
import type { OutputPortName } from '../stream/node-definition.ts';
import { ROW_KIND_NAMES } from '../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../stream/state-codec.ts';
import type { Fates, StateSize } from '../operators/operator.ts';

const FATES = ['used', 'held', 'late', 'filtered', 'unmatched', 'rejected', 'lateWindows'] as const;

/** Ports in the order in which snapshots hold them. */
const PORTS = ['out', 'late', 'rejected'] as const satisfies readonly OutputPortName[];

/** What one node did with its rows, as the outside contract writes it. */
export interface NodeLedger extends Readonly<Fates> {
  readonly in: number;
  readonly emitted: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly stateRows: number;
  readonly stateBytes: number;
}

/** The counters of one node. `in` is always the sum of the fates; `lateWindows` stands beside it. */
export class NodeCounters {
  in = 0;
  readonly fates: Fates = { used: 0, held: 0, late: 0, filtered: 0, unmatched: 0, rejected: 0, lateWindows: 0 };
  /** Rows emitted, by index of the port in `PORTS` times 4 plus row kind. */
  private readonly emitted = new Float64Array(PORTS.length * 4);
  /** Rows emitted on all ports. */
  emittedRows = 0;

  countEmitted(port: OutputPortName, batch: Batch): void {
    const base = PORTS.indexOf(port) * 4;
    const count = rowCount(batch);
    this.emittedRows += count;
    if (batch.kinds === null) {
      this.emitted[base]! += count;
      return;
    }
    for (let i = 0; i < count; i++) this.emitted[base + batch.kinds[rowAt(batch, i)]!]!++;
  }

  read(size: StateSize): NodeLedger {
    const emitted: Record<string, Record<string, number>> = {};
    PORTS.forEach((port, p) => {
      ROW_KIND_NAMES.forEach((kind, k) => {
        const count = this.emitted[p * 4 + k]!;
        if (count > 0) (emitted[port] ??= {})[kind] = count;
      });
    });
    return { in: this.in, ...this.fates, emitted, stateRows: size.rows, stateBytes: size.bytes };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.in);
    for (const fate of FATES) writer.f64(this.fates[fate]);
    for (const count of this.emitted) writer.f64(count);
  }

  restore(reader: StateReader): void {
    this.in = reader.f64();
    for (const fate of FATES) this.fates[fate] = reader.f64();
    for (let i = 0; i < this.emitted.length; i++) this.emitted[i] = reader.f64();
    this.emittedRows = this.emitted.reduce((sum, count) => sum + count, 0);
  }
}

/** How far the fates are from adding up to `in`; 0 when the ledger balances. */
export function imbalance(node: NodeLedger): number {
  return node.in - (node.used + node.held + node.late + node.filtered + node.unmatched + node.rejected);
}
