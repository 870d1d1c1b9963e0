import type { Mutant } from '../mutant.ts';

const stream = 'src/operators/join-stream/kernel.ts';
const side = 'src/operators/join-stream/side-buffer.ts';
const outer = 'src/operators/join-stream/outer-store.ts';
const waiting = 'src/operators/join-stream/waiting-rows.ts';
const ksqldb = 'src/operators/dialects/ksqldb.ts';
const table = 'src/operators/join-table/kernel.ts';
const tableState = 'src/operators/join-table/table-state.ts';
const subscriptions = 'src/operators/join-table/subscriptions-state.ts';

/** Kafka's joins of streams and of tables. */
export const faultsOfKafkaJoins: readonly Mutant[] = [
  {
    id: 'stream-join-pads-after-matches',
    file: stream,
    fault: 'Rows without partner come out whenever a row arrives, not only when it moves stream time.',
    old: 'if (timeMs === this.streamTimeMs) this.emitDue(arrival, out);',
    new: 'this.emitDue(arrival, out);',
  },
  {
    id: 'stream-join-null-values-stop-time',
    file: stream,
    fault: 'A row without a value leaves stream time where it was.',
    old: "    if (this.rules.nullKeys === 'pad') this.streamTimeMs = Math.max(this.streamTimeMs, timeMs);\n",
    new: '',
  },
  {
    id: 'stream-join-grace-for-late',
    file: stream,
    fault: 'A row whose time is over is held back for the grace, too.',
    old: "this.bound.padding === 'on-close' && toMs >= this.streamTimeMs)",
    new: "this.bound.padding === 'on-close' && toMs + this.bound.graceMs >= this.streamTimeMs)",
  },
  {
    id: 'stream-join-bounds-not-mirrored',
    file: stream,
    fault: 'A right row looks as far ahead as a left one.',
    old: 'side === 0 ? [beforeMs, afterMs] : [afterMs, beforeMs];',
    new: '[beforeMs, afterMs];',
  },
  {
    id: 'stream-join-shows-expired',
    file: side,
    fault: 'A store shows rows as old as its retention.',
    old: 'if (row.timeMs > expiredThroughMs) this.show(row);',
    new: 'if (row.timeMs >= expiredThroughMs) this.show(row);',
  },
  {
    id: 'stream-join-pads-matched',
    file: stream,
    fault: 'A row that waited comes out padded although its partner has come.',
    old: 'this.outerStore.remove(side === 0 ? 1 : 0, partner);',
    new: '',
  },
  {
    id: 'stream-join-left-first',
    file: outer,
    fault: 'Of rows of one time that come out padded the left ones are first.',
    old: 'return right <= left ? 1 : 0;',
    new: 'return right < left ? 1 : 0;',
  },
  {
    id: 'stream-join-exact-guess',
    file: outer,
    fault: 'A look knows the earliest time that still waits, which the engine does not.',
    old: 'this.guessMs = this.lastRead(due.at(-1)?.row.timeMs ?? -Infinity);',
    new: 'this.guessMs = Math.min(this.sides[0].firstTimeMs, this.sides[1].firstTimeMs);',
  },
  {
    id: 'stream-join-keys-by-arrival',
    file: waiting,
    fault: 'Rows of one time come out padded in order of arrival, not of their keys.',
    old: 'return rows.sort((a, b) => (a.keyBytes < b.keyBytes ? -1 : a.keyBytes > b.keyBytes ? 1 : 0));',
    new: 'return rows;',
  },
  {
    id: 'ksqldb-pads-null-keys',
    file: ksqldb,
    fault: 'ksqlDB pads rows without a key.',
    old: "stream: { nullKeys: 'drop', rightJoinTurnsBounds: true },",
    new: "stream: { nullKeys: 'pad', rightJoinTurnsBounds: true },",
  },
  {
    id: 'table-join-time-of-change',
    file: table,
    fault: 'A result has the time of the change, even when the other row is later.',
    old: 'timeMs: partner === null ? timeMs : Math.max(timeMs, partner.timeMs),',
    new: 'timeMs,',
  },
  {
    id: 'table-join-deletes-padded',
    file: table,
    fault: 'A left join deletes its result when the right row goes.',
    old: 'if (after === null && (partner === null || !this.pads[other])) this.results.delete(place, out);',
    new: 'if (after === null) this.results.delete(place, out);',
  },
  {
    id: 'table-join-old-versions',
    file: tableState,
    fault: 'A versioned table forgets when a key was deleted.',
    old: 'const latest = this.kept.get(key) ?? this.tombstones.get(key);',
    new: 'const latest = this.kept.get(key);',
  },
  {
    id: 'foreign-key-change-not-padded',
    file: 'src/operators/dialects/kafka-streams.ts',
    fault: 'A left join by foreign key goes from one right row to another without a result between.',
    old: "table: { foreignKeyChange: 'pads-between' },",
    new: "table: { foreignKeyChange: 'skips-nulls' },",
  },
  {
    id: 'foreign-key-answers-stale',
    file: table,
    fault: 'A right row is joined with a left one that has changed since it asked.',
    old: 'if (left === null || !this.tables[0].areEqual(left, row)) continue;',
    new: 'if (left === null) continue;',
  },
  {
    id: 'foreign-key-answers-unordered',
    file: subscriptions,
    fault: 'Left rows hear of a right one in the order in which they asked.',
    old: 'return subscriptions.sort((a, b) => (a.keyBytes < b.keyBytes ? -1 : a.keyBytes > b.keyBytes ? 1 : 0));',
    new: 'return subscriptions;',
  },
];
