import { ENTRY_ROW } from '../../stream/log-slice.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import type { Holder } from './silence-protocol.ts';

/** The last event of each partition of each source, by `source partition`. */
export class LastEvents {
  private readonly events = new Map<string, NonNullable<Holder['last']>>();

  add(slice: LogSlice): void {
    slice.rows.forEach((batch, source) => {
      const seen = new Set<number>();
      for (let row = (batch?.length ?? 0) - 1; row >= 0 && batch !== null; row--) {
        const seq = batch.seq[row] ?? 0;
        const i = seq - slice.firstSeq;
        const partition = slice.partition === null ? 0 : (slice.partition[i] ?? 0);
        if (slice.kinds[i] !== ENTRY_ROW || seen.has(partition)) continue;
        seen.add(partition);
        const last = { seq, tsMs: batch.ts[row] ?? Number.NaN, atMs: slice.at[i] ?? Number.NaN };
        this.events.set(nameOf(source, partition), last);
        if (slice.partition === null) break;
      }
    });
  }

  /** Of a source with one partition, or of one of several. */
  of(source: number, partition: number | null): Holder['last'] {
    return this.events.get(nameOf(source, partition ?? 0)) ?? null;
  }
}

function nameOf(source: number, partition: number): string {
  return `${String(source)} ${String(partition)}`;
}
