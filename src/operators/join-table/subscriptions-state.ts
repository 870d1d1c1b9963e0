import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import type { TableRow } from './table-state.ts';

/** A left row that asked to hear of a right one. */
export interface Subscription {
  /** Number of the left row's own key. */
  readonly key: number;
  readonly keyBytes: string;
  /** The left row as it was when it asked. */
  readonly row: TableRow;
}

/** Beside the row: its key and that which it names. */
const SUBSCRIPTION_BYTES = 48;

/**
 * Which left rows name which right key: the store of `SubscriptionReceiveProcessorSupplier`. A subscription may outlive its
 * row, as the engine passes over changes from and to rows that name nobody.
 */
export class Subscriptions {
  /** By number of the foreign key, then of the left row's own. */
  private readonly byForeign = new Map<number, Map<number, Subscription>>();
  private readonly foreignKeys: KeyTable;
  private readonly leftKeys: KeyTable;
  private mostOfOne = 0;
  size = 0;

  constructor(foreignKeys: KeyTable, leftKeys: KeyTable) {
    this.foreignKeys = foreignKeys;
    this.leftKeys = leftKeys;
  }

  get bytes(): number {
    return this.size * SUBSCRIPTION_BYTES;
  }

  /** No right key has more. */
  get most(): number {
    return Math.min(this.mostOfOne, this.size);
  }

  /** Takes the place of the key's subscription to the same foreign key, which is returned. */
  add(foreign: number, subscription: Subscription): Subscription | null {
    const former = this.remove(foreign, subscription.key);
    this.put(foreign, subscription);
    return former;
  }

  private put(foreign: number, subscription: Subscription): void {
    let subscriptions = this.byForeign.get(foreign);
    if (subscriptions === undefined) this.byForeign.set(foreign, (subscriptions = new Map<number, Subscription>()));
    subscriptions.set(subscription.key, subscription);
    subscription.row.holders++;
    this.foreignKeys.hold(foreign);
    this.leftKeys.hold(subscription.key);
    this.size++;
    this.mostOfOne = Math.max(this.mostOfOne, subscriptions.size);
  }

  /** The subscription that ended, whose row is still held; null where there was none. */
  remove(foreign: number, key: number): Subscription | null {
    const subscriptions = this.byForeign.get(foreign);
    const former = subscriptions?.get(key);
    if (subscriptions === undefined || former === undefined) return null;
    subscriptions.delete(key);
    if (subscriptions.size === 0) this.byForeign.delete(foreign);
    this.foreignKeys.release(foreign);
    this.leftKeys.release(key);
    this.size--;
    return former;
  }

  /** Those to a right key, by bytes of the left rows' own keys. */
  of(foreign: number): readonly Subscription[] {
    const subscriptions = [...(this.byForeign.get(foreign)?.values() ?? [])];
    return subscriptions.sort((a, b) => (a.keyBytes < b.keyBytes ? -1 : a.keyBytes > b.keyBytes ? 1 : 0));
  }

  snapshot(writer: StateWriter, writeRow: (subscription: Subscription) => void): void {
    writer.u32(this.size);
    for (const [foreign, subscriptions] of this.byForeign) {
      for (const subscription of subscriptions.values()) {
        this.foreignKeys.write(writer, foreign);
        this.leftKeys.write(writer, subscription.key);
        writer.text(subscription.keyBytes);
        writeRow(subscription);
      }
    }
  }

  restore(reader: StateReader, readRow: (key: number) => TableRow): void {
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const foreign = this.foreignKeys.read(reader);
      const key = this.leftKeys.read(reader);
      const keyBytes = reader.text();
      this.put(foreign, { key, keyBytes, row: readRow(key) });
    }
  }
}
