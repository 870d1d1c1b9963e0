import type { EventRef } from './drop-evidence.ts';

/** Events that are remembered of each partition: as many as can wait for the clock at a time, and far more. */
const REMEMBERED = 4096;

/** Of each partition the events that were newer than all before them: any watermark follows from one of these. */
export class TimeRecords {
  private readonly sources = new Map<string, Map<number, EventRef[]>>();

  /** Whether an event is newer than all before it. */
  isNewer({ sourceId, partition, tsMs }: Pick<EventRef, 'sourceId' | 'partition' | 'tsMs'>): boolean {
    const newest = this.sources.get(sourceId)?.get(partition)?.at(-1);
    return newest === undefined || tsMs > newest.tsMs;
  }

  add(event: EventRef): void {
    if (!this.isNewer(event)) return;
    const partitions = this.sources.get(event.sourceId) ?? new Map<number, EventRef[]>();
    this.sources.set(event.sourceId, partitions);
    const records = partitions.get(event.partition);
    if (records === undefined) partitions.set(event.partition, [event]);
    else {
      records.push(event);
      if (records.length > 2 * REMEMBERED) records.splice(0, REMEMBERED);
    }
  }

  private *partitions(): Generator<readonly EventRef[], void> {
    for (const partitions of this.sources.values()) yield* partitions.values();
  }

  /** The event of entry `seq`, where it was newer than those before it. */
  ofEntry(seq: number): EventRef | null {
    for (const records of this.partitions()) {
      const found = records.findLast((event) => event.seq <= seq);
      if (found?.seq === seq) return found;
    }
    return null;
  }

  /** The first event at this time that came before entry `beforeSeq`; null where there was none. */
  at(tsMs: number, beforeSeq: number): EventRef | null {
    let first: EventRef | null = null;
    for (const records of this.partitions()) {
      const found = records.find((event) => event.tsMs === tsMs && event.seq < beforeSeq);
      if (found !== undefined && (first === null || found.seq < first.seq)) first = found;
    }
    return first;
  }
}
