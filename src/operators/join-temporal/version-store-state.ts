import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs } from '../../stream/time.ts';
import type { KernelOutput } from '../operator.ts';
import { storedRows } from '../shared/state-contents.ts';
import type { StateKind } from '../shared/state-contents.ts';
import { TimerHeap } from '../shared/state/timer-heap.ts';
import type { TemporalRows } from './temporal-rows-state.ts';
import { versionAt } from './versions.ts';
import type { TableRow, Version } from './versions.ts';

const VERSION_BYTES = 40;

/**
 * The versions of a table by key, for as long as its history goes back. Kafka: `RocksDBVersionedStore`. Stream time is that
 * of the table's own changes.
 */
export class VersionStore {
  private readonly rows: TemporalRows;
  private readonly historyMs: DurationMs;
  /** By key number, in order of the keys' first arrival; versions by time, one each. */
  private readonly cells = new Map<number, Version[]>();
  /** Keys by the time from which on one of their versions is replaced by the next. */
  private readonly endings = new TimerHeap();
  private streamTimeMs: EventTimeMs = -1;

  constructor(rows: TemporalRows) {
    this.rows = rows;
    this.historyMs = rows.bound.historyRetentionMs;
  }

  look(most: number): StateKind {
    const head = { what: 'versions of right rows', order: 'of the keys that came first', count: this.size };
    return storedRows(head, this.rows.right, this.versions(), most);
  }

  private *versions(): Generator<Version> {
    for (const versions of this.cells.values()) yield* versions;
  }

  get size(): number {
    return this.rows.right.rows;
  }

  get bytes(): number {
    return this.rows.right.bytes + this.size * VERSION_BYTES;
  }

  /** Whether a change of this time comes too late to be put. */
  isExpired(timeMs: EventTimeMs): boolean {
    return timeMs < this.streamTimeMs - this.historyMs;
  }

  put(key: number, version: Version, out: KernelOutput): void {
    const { timeMs } = version;
    this.streamTimeMs = Math.max(this.streamTimeMs, timeMs);
    let versions = this.cells.get(key);
    if (versions === undefined) {
      this.rows.keys.hold(key);
      versions = [];
      this.cells.set(key, versions);
    }
    const before = versionAt(versions, timeMs);
    const isSame = before >= 0 && versions[before]!.timeMs === timeMs;
    if (isSame) this.rows.drop(versions[before]!, out);
    versions.splice(isSame ? before : before + 1, isSame ? 1 : 0, version);
    if (!isSame && before >= 0) this.endings.push(timeMs, key);
    const next = versions[(isSame ? before : before + 1) + 1];
    if (!isSame && next !== undefined) this.endings.push(next.timeMs, key);
    this.sweep(out);
  }

  /** Forgets versions that were replaced longer ago than the history goes back: nobody sees them any more. */
  private sweep(out: KernelOutput): void {
    const oldest = this.streamTimeMs - this.historyMs;
    while (this.endings.firstTime <= oldest) {
      const versions = this.cells.get(this.endings.pop())!;
      while (versions.length > 1 && versions[1]!.timeMs <= oldest) this.rows.drop(versions.shift()!, out);
    }
  }

  /** What was valid at a time. Beyond the history only the latest version of a key can tell. */
  find(key: number, timeMs: EventTimeMs): TableRow | null {
    const versions = this.cells.get(key);
    if (versions === undefined) return null;
    const at = versionAt(versions, timeMs);
    if (at < 0 || (at < versions.length - 1 && this.isExpired(timeMs))) return null;
    const version = versions[at]!;
    return version.isGone ? null : version;
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.streamTimeMs);
    writer.u32(this.cells.size);
    for (const [key, versions] of this.cells) {
      this.rows.keys.write(writer, key);
      writer.u32(versions.length);
      for (const version of versions) this.rows.writeVersion(writer, version);
    }
  }

  restore(reader: StateReader): void {
    this.streamTimeMs = reader.f64();
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const key = this.rows.keys.read(reader);
      this.rows.keys.hold(key);
      const versions = Array.from({ length: reader.u32() }, () => this.rows.readVersion(reader));
      this.cells.set(key, versions);
      for (const { timeMs } of versions.slice(1)) this.endings.push(timeMs, key);
    }
  }
}
