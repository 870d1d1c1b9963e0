import type { Dialect } from '../../operators/dialects/dialect.ts';
import { CLOSING_PANE_RULE } from './closing-pane-rule.ts';
import type { DialectRule } from './dialect-rule.ts';
import type { Difference } from './find-differences.ts';
import { aggregatesOf, isOfTable, isSessionNode, mayFail, sourcesPartitioned, windowOf } from './node-facts.ts';
import type { Pair } from './node-facts.ts';

const CONTENT: readonly Difference['kind'][] = ['only-a', 'only-b', 'value', 'emissions'];

function isContent({ kind }: Difference): boolean {
  return CONTENT.includes(kind);
}

function isDrop({ kind }: Difference): boolean {
  return kind === 'dropped-a' || kind === 'dropped-b';
}

function differ(pair: Pair, read: (dialect: Dialect) => unknown): boolean {
  return read(pair.a.plan.dialect) !== read(pair.b.plan.dialect);
}

/** What a source says after an event at 10,000 with a delay of 1,000. */
function statedMs({ time }: Dialect): number {
  return time.boundedWatermark(10_000, 1_000);
}

/** Whether one of the columns that differ is an aggregate by one of the functions. */
function isOfAggregate({ kind, columns }: Difference, pair: Pair, functions: RegExp): boolean {
  return (
    kind === 'value' && aggregatesOf(pair.a.node).some(({ name, by }) => columns.includes(name) && functions.test(by))
  );
}

function byStores(dialect: Dialect): boolean {
  return dialect.windows.machine === 'stores';
}

/** Rules in the order in which they are told; every one that can be the reason is. */
export const DIALECT_RULES: readonly DialectRule[] = [
  {
    id: 'end-of-input',
    title: 'The end of the input',
    says: ({ time }) =>
      time.flushAtEnd
        ? 'Event time goes to its end with the last event: every open window gives its result.'
        : 'Only events move time: what is open after the last one stays open, without a result.',
    caseIds: ['kafka.hopping.basic.onClose', 'flink.ds.global.endOfStream'],
    explains: (difference, pair) =>
      isContent(difference) &&
      pair.a.plan.end !== pair.b.plan.end &&
      (difference.a?.isAtEnd === true || difference.b?.isAtEnd === true),
  },
  {
    id: 'clock-of-lateness',
    title: 'Which clock says that a row is late',
    says: (dialect) =>
      byStores(dialect)
        ? 'The largest event time among the rows that reached this very node, less the grace: upstream delay and lateness together. Each window of a row is judged by its own end.'
        : 'The watermark: the least over all inputs, a delay behind their newest events. A row is late when the watermark has passed the end of its last window and the lateness.',
    caseIds: ['kafka.tumbling.expiredByGrace.onUpdate', 'kafka.hopping.expired.onClose', 'flink.ds.session.late10'],
    explains: (difference, pair) =>
      windowOf(pair.a.node) !== null &&
      differ(pair, byStores) &&
      (isDrop(difference) || isContent(difference)) &&
      difference.a?.isAtEnd !== true &&
      difference.b?.isAtEnd !== true,
  },
  {
    id: 'watermark-1-ms',
    title: 'How far the watermark stays behind',
    says: (dialect) => {
      if (byStores(dialect)) return 'There is no watermark: time is the newest event time itself.';
      return statedMs(dialect) === 9_000
        ? 'The newest event time less the delay: an event exactly that old is late already.'
        : 'The newest event time less the delay, and 1 ms: an event exactly that old is not late yet.';
    },
    caseIds: ['flink.wm.bounded.nonMonotonous', 'flink.wm.sql.assigner', 'beam.lateDataFilter'],
    explains: (difference, pair) =>
      differ(pair, statedMs) && !differ(pair, byStores) && (isDrop(difference) || isContent(difference)),
  },
  {
    id: 'partition-watermarks',
    title: 'Watermarks of partitions',
    says: ({ time }) =>
      time.partitionWatermarks
        ? 'Each partition of a source has a watermark of its own; the least of them counts.'
        : 'Partitions only tag rows: time is the same for all of them.',
    caseIds: ['flink.wm.multiplexer.idleAdvances'],
    explains: (difference, pair) =>
      differ(pair, ({ time }) => time.partitionWatermarks) &&
      sourcesPartitioned(pair) &&
      (isDrop(difference) || isContent(difference)),
  },
  {
    id: 'late-for-sessions',
    title: 'Whether an old event may come in through a live session',
    says: ({ windows }) =>
      ({
        triggers: 'The merged session is judged: an old event that a live session reaches is not late.',
        panes: 'Every event is judged by the session that it would begin alone, before sessions merge.',
        stores: 'The merged session is judged, by its last event, the gap and the grace.',
      })[windows.machine],
    caseIds: ['flink.ds.session.late0.side', 'beam.lateDataFilter', 'gen.kafka.session.onUpdate.10'],
    explains: (difference, pair) =>
      isSessionNode(pair.a.node) &&
      differ(pair, ({ windows }) => windows.machine) &&
      (isDrop(difference) || isContent(difference)),
  },
  {
    id: 'late-for-each-window',
    title: 'A row in several windows of which some are over',
    says: ({ windows }) =>
      windows.counts === 'windows'
        ? 'It is dropped, and counted, for each window that is over.'
        : 'It is dropped, and counted, only when all of its windows are over.',
    caseIds: ['beam.sliding.dropClosedPerWindow', 'kafka.hopping.expired.onClose', 'flink.ds.session.late0.side'],
    explains: (difference, pair) =>
      isDrop(difference) && differ(pair, ({ windows }) => windows.counts) && windowOf(pair.a.node)?.kind === 'hopping',
  },
  {
    id: 'late-firing',
    title: 'What a late row does to a window that has given its result',
    says: ({ windows }) => {
      if (windows.machine === 'stores')
        return 'A window gives its result once, when the grace is over: later rows are dropped.';
      if (!windows.hasLateness) return 'A window gives its result once: it has no lateness.';
      return 'A window gives its result at its end, and again for every row that comes within the lateness.';
    },
    caseIds: ['gen.flink.ds.hopping.0', 'flink.sql.tvf.hop'],
    explains: (difference) =>
      isContent(difference) && (difference.a?.hasLatePane === true || difference.b?.hasLatePane === true),
  },
  {
    id: 'early-of-all-time',
    title: 'Early results of a window of all time',
    says: ({ windows }) =>
      windows.machine === 'triggers'
        ? 'There are none: its result comes when the input ends.'
        : 'They come as of other windows.',
    caseIds: ['flink.ds.global.endOfStream'],
    explains: (difference, pair) => {
      const window = windowOf(pair.a.node);
      const isEarly = window?.kind === 'global' && window.emission === 'panes';
      return isEarly && isContent(difference) && differ(pair, ({ windows }) => windows.machine);
    },
  },
  {
    id: 'panes-without-news',
    title: 'A pane with nothing new',
    says: ({ windows }) =>
      ({
        panes: 'One comes on time, when the window is over, and says the same again; no early or late one does.',
        triggers: 'One comes whenever the trigger says so, whether anything is new or not.',
        stores: 'There is none: a result comes with a row, or once.',
      })[windows.machine],
    caseIds: ['beam.fixed.emptyOnTime.backCompat'],
    explains: ({ kind, a, b }, pair) => {
      if (kind !== 'emissions' || a === null || b === null || windowOf(pair.a.node) === null) return false;
      const more = a.emissions - b.emissions;
      return differ(pair, ({ windows }) => windows.machine) && Math.abs(more) <= (more > 0 ? a : b).repeats;
    },
  },
  CLOSING_PANE_RULE,
  {
    id: 'own-trigger-discards',
    title: 'Whether a trigger of its own lets a window discard what it gave',
    says: ({ windows }) =>
      windows.machine === 'triggers'
        ? 'The trigger says itself what it purges: the accumulation is not asked.'
        : 'The accumulation decides, whatever the trigger is.',
    caseIds: [],
    explains: (difference, pair) => {
      const window = windowOf(pair.a.node);
      const isOwn = window?.engine.trigger !== undefined && window.accumulation === 'discarding';
      return isOwn && isContent(difference) && differ(pair, ({ windows }) => windows.machine);
    },
  },
  {
    id: 'session-end',
    title: 'Where a session ends',
    says: ({ windows }) =>
      windows.sessionEndsWith === 'gap'
        ? 'A gap behind its last event; that instant is not part of it.'
        : 'With its last event, which is part of it.',
    caseIds: ['kafka.session.onUpdate.merge', 'flink.merge.consecutive'],
    explains: ({ kind }, pair) =>
      differ(pair, ({ windows }) => windows.sessionEndsWith) &&
      isSessionNode(pair.a.node) &&
      (kind === 'bounds' || kind === 'time'),
  },
  {
    id: 'touching-sessions',
    title: 'Events exactly one gap apart',
    says: ({ windows }) =>
      windows.touchingSessionsMerge
        ? 'They are one session.'
        : 'They are two sessions: the first is over when the second begins.',
    caseIds: ['beam.assign.session.merging', 'flink.merge.consecutive'],
    explains: (difference, pair) =>
      differ(pair, ({ windows }) => windows.touchingSessionsMerge) &&
      isSessionNode(pair.a.node) &&
      isContent(difference),
  },
  {
    id: 'before-1970',
    title: 'Windows that begin before 1970',
    says: ({ windows }) =>
      windows.startsBeforeEpoch ? 'There are such windows.' : 'There are none: early events are in fewer windows.',
    caseIds: ['kafka.assign.hopping'],
    explains: ({ window }, pair) =>
      differ(pair, ({ windows }) => windows.startsBeforeEpoch) && window !== null && window[0] < 0,
  },
  {
    id: 'null-keys',
    title: 'Rows without a key',
    says: ({ windows }) =>
      windows.nullKeys === 'group'
        ? 'NULL is a key like others: its rows are a group.'
        : 'Rows with NULL in the key are dropped.',
    caseIds: [],
    explains: (difference, pair) => {
      const { key, dropped } = difference;
      if (!differ(pair, ({ windows }) => windows.nullKeys)) return false;
      if (Object.values(key ?? {}).includes(null)) return true;
      // Of a table what a row takes back may be what has no key.
      return isDrop(difference) && (isOfTable(pair.a.node) || Object.values(dropped?.row ?? {}).includes(null));
    },
  },
  {
    id: 'result-time',
    title: 'Event time of a result',
    says: ({ windows, tables }) => {
      if (windows.machine === 'stores') return 'That of the newest record in it; of a session its end.';
      if (windows.machine === 'panes')
        return 'The last instant of its window, and never later than the end of event time that the engine knows.';
      return `The last instant of its window${tables.resultTime === 'row' ? '; of a group without windows that of the row that changed it' : ''}.`;
    },
    caseIds: ['kafka.tumbling.count.onUpdate', 'flink.ds.tumbling.reduce'],
    explains: ({ kind }, pair) => {
      if (kind !== 'time') return false;
      if (differ(pair, ({ tables }) => tables.resultTime)) return true;
      return differ(pair, windowOf(pair.a.node) === null ? byStores : ({ windows }) => windows.machine);
    },
  },
  {
    id: 'types-of-aggregates',
    title: 'Averages and sums',
    says: (dialect) => {
      const { averageType } = dialect.aggregates;
      return averageType({ kind: 'BIGINT' })?.kind === 'DOUBLE'
        ? 'An average of whole numbers has a fraction.'
        : 'An average has the type of its argument: of whole numbers it is cut off towards zero.';
    },
    caseIds: [],
    explains: (difference, pair) =>
      differ(pair, ({ aggregates }) => aggregates.averageType({ kind: 'BIGINT' })?.kind) &&
      isOfAggregate(difference, pair, /avg|stddev|var/),
  },
  {
    id: 'variance',
    title: 'How a variance is computed',
    says: ({ aggregates }) =>
      aggregates.varianceFrom === 'sums'
        ? 'From the sums of the values and of their squares.'
        : 'From deviations from the running mean.',
    caseIds: [],
    explains: (difference, pair) =>
      differ(pair, ({ aggregates }) => aggregates.varianceFrom) && isOfAggregate(difference, pair, /stddev|var/),
  },
  {
    id: 'aggregates-over-nothing',
    title: 'Aggregates over no value',
    says: ({ aggregates }) =>
      `A sum is ${String(aggregates.emptySum ?? 'NULL')}, an average ${String(aggregates.emptyAverage ?? 'NULL')}, a list ${aggregates.emptyArray === null ? 'NULL' : 'empty'}.`,
    caseIds: [],
    explains: ({ kind, columns, a, b }, pair) =>
      kind === 'value' &&
      (differ(pair, ({ aggregates }) => aggregates.emptySum) ||
        differ(pair, ({ aggregates }) => aggregates.emptyAverage) ||
        differ(pair, ({ aggregates }) => aggregates.emptyVariance) ||
        differ(pair, ({ aggregates }) => aggregates.emptyArray)) &&
      columns.some((name) => [a?.row?.[name], b?.row?.[name]].some((value) => value === null || value === 0)),
  },
  {
    id: 'nulls-in-lists',
    title: 'NULL in collected lists',
    says: ({ aggregates }) => (aggregates.collectsNulls ? 'Lists hold NULL.' : 'Lists leave NULL out.'),
    caseIds: [],
    explains: (difference, pair) =>
      differ(pair, ({ aggregates }) => aggregates.collectsNulls) &&
      isOfAggregate(difference, pair, /collect|array|list|set|first|last/),
  },
  {
    id: 'groups-of-tables',
    title: 'Groups of a table',
    says: ({ tables }) =>
      `${tables.keepsEmptyGroups ? 'A group stays when its last row is taken back' : 'A group goes with its last row'}; ${tables.skipsUnchanged ? 'a change that leaves the result as it was says nothing' : 'every change says the result again'}.`,
    caseIds: [],
    explains: (difference, pair) =>
      pair.a.node.kind === 'aggregate' &&
      isContent(difference) &&
      (differ(pair, ({ tables }) => tables.keepsEmptyGroups) || differ(pair, ({ tables }) => tables.skipsUnchanged)),
  },
  {
    id: 'interval-join',
    title: 'Late rows of an interval join',
    says: ({ joins }) =>
      joins.interval.machine === 'buffers'
        ? 'A row behind the watermark is dropped.'
        : 'A late row is joined with what the other side still keeps; nothing is dropped.',
    caseIds: ['gen.flink.ds.intervalJoin.1', 'flink.sql.intervalJoin.full'],
    explains: ({ kind }, pair) =>
      pair.a.node.kind === 'join.interval' && differ(pair, ({ joins }) => joins.interval.machine) && kind !== 'bounds',
  },
  {
    id: 'window-join',
    title: 'Windows of a join',
    says: ({ joins }) =>
      joins.window.windows.includes('inherited')
        ? 'Joined are rows that come with the same window, once, at its end.'
        : 'The join makes its own windows; within the lateness every row gives all pairs of its window again.',
    caseIds: ['flink.sql.windowJoin.inner'],
    explains: (_, pair) => pair.a.node.kind === 'join.window' && differ(pair, ({ joins }) => joins.window.windows),
  },
  {
    id: 'stream-join-nulls',
    title: 'Rows without a key in a join of streams',
    says: ({ joins }) =>
      joins.stream?.nullKeys === 'pad'
        ? 'They come out padded where their side is kept.'
        : 'They are dropped, before anything else.',
    caseIds: [],
    explains: (_, pair) => pair.a.node.kind === 'join.stream' && differ(pair, ({ joins }) => joins.stream?.nullKeys),
  },
  {
    id: 'foreign-key',
    title: 'A left row that moves to another right row',
    says: ({ joins }) =>
      joins.table?.foreignKeyChange === 'pads-between' ? 'It is padded in between.' : 'Nothing is said in between.',
    caseIds: [],
    explains: (_, pair) =>
      pair.a.node.kind === 'join.table' && differ(pair, ({ joins }) => joins.table?.foreignKeyChange),
  },
  {
    id: 'versions',
    title: 'Which version of a table a row meets',
    says: ({ joins }) =>
      joins.temporal.versions === 'watermark'
        ? 'That of its own time, once the watermark has come; rows wait for it.'
        : 'That of its time as the store has it when the row comes; rows wait no longer than a grace.',
    caseIds: ['flink.sql.temporalJoin.RowTimeLeftTemporalJoin'],
    explains: ({ kind }, pair) =>
      pair.a.node.kind === 'join.temporal' && differ(pair, ({ joins }) => joins.temporal.versions) && kind !== 'bounds',
  },
  {
    id: 'lookup-nulls',
    title: 'Rows without a key in a join with a table',
    says: ({ joins }) =>
      ({
        unmatched: 'They have no partner, as others.',
        pad: 'A left join gives them with NULL, an inner one drops them.',
        drop: 'They are dropped.',
      })[joins.lookup.nullKeys],
    caseIds: [],
    explains: (_, pair) =>
      (pair.a.node.kind === 'join.lookup' && differ(pair, ({ joins }) => joins.lookup.nullKeys)) ||
      (pair.a.node.kind === 'join.temporal' && differ(pair, ({ joins }) => joins.temporal.nullKeys)),
  },
  {
    id: 'nulls-in-new-keys',
    title: 'NULL in the key that a map gives',
    says: ({ rekey }) =>
      rekey.nullKeys === 'keep' ? 'The row goes on; only what groups by it asks for a key.' : 'The row is dropped.',
    caseIds: [],
    explains: (_, pair) => pair.a.node.kind === 'map' && differ(pair, ({ rekey }) => rekey.nullKeys),
  },
  {
    id: 'null-in-conditions',
    title: 'Comparisons with NULL, and what fails',
    says: ({ expressions }) =>
      expressions.comparedWithNull === 'false'
        ? 'A comparison with NULL is FALSE; an expression that fails is NULL.'
        : 'A comparison with NULL is NULL; a row for which an expression fails is rejected.',
    caseIds: [],
    explains: (difference, pair) =>
      differ(pair, ({ expressions }) => expressions.comparedWithNull) &&
      (!isDrop(difference) || mayFail(pair.a.node) || mayFail(pair.b.node)),
  },
];
