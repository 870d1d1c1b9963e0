import type { EventRef } from './drop-evidence.ts';

/** Events that are remembered of each partition: as many as can wait for the clock at a time, and far more. */
const REMEMBERED = 4096;

/** Of each partition the events that were newer than all before them: any watermark follows from one of these. */
export class TimeRecords {
  private readonly partitions = new Map<string, EventRef[]>();

  add(event: EventRef): void {
    const name = `${String(event.partition)} ${event.sourceId}`;
    const records = this.partitions.get(name);
    if (records === undefined) this.partitions.set(name, [event]);
    else if (event.tsMs > (records.at(-1)?.tsMs ?? -Infinity)) {
      records.push(event);
      if (records.length > 2 * REMEMBERED) records.splice(0, REMEMBERED);
    }
  }

  /** The event of entry `seq`, where it was newer than those before it. */
  ofEntry(seq: number): EventRef | null {
    for (const records of this.partitions.values()) {
      const found = records.findLast((event) => event.seq <= seq);
      if (found?.seq === seq) return found;
    }
    return null;
  }

  /** The first event at this time that came before entry `beforeSeq`; null where there was none. */
  at(tsMs: number, beforeSeq: number): EventRef | null {
    let first: EventRef | null = null;
    for (const records of this.partitions.values()) {
      const found = records.find((event) => event.tsMs === tsMs && event.seq < beforeSeq);
      if (found !== undefined && (first === null || found.seq < first.seq)) first = found;
    }
    return first;
  }
}
