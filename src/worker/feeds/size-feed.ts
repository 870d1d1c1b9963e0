import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { StateChart } from '../chart-protocol.ts';
import { SpanSeries } from './span-series.ts';

interface StateSize {
  readonly rows: number;
  readonly bytes: number;
}

/** How much a node keeps, as it stood after each round. Nothing while nothing was ever kept. */
export class SizeFeed {
  private rows: SpanSeries | null = null;
  private bytes: SpanSeries | null = null;
  private mostRows = 0;
  private mostBytes = 0;

  add(atMs: ProcessingTimeMs, size: StateSize): void {
    if (this.rows === null && size.rows === 0) return;
    (this.rows ??= new SpanSeries()).add(atMs, size.rows);
    (this.bytes ??= new SpanSeries()).add(atMs, size.bytes);
    this.mostRows = Math.max(this.mostRows, size.rows);
    this.mostBytes = Math.max(this.mostBytes, size.bytes);
  }

  /** Null while nothing was ever kept. */
  chart(): StateChart | null {
    if (this.rows === null || this.bytes === null) return null;
    return {
      rows: this.rows.figures(),
      bytes: this.bytes.figures(),
      mostRows: this.mostRows,
      mostBytes: this.mostBytes,
    };
  }
}
