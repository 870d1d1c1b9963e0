import type { DocumentNode } from '../../app/document-store.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import type { OperatorHelp } from './operator-help-type.ts';
import { windowHelp, windowKindOf } from './window-help.ts';

const OPERATOR_HELP: Readonly<Record<DocumentNode['type'], OperatorHelp>> = {
  'source.generator': {
    rule: 'Makes up events, the same ones for the same seed. Each arrives some time after it happened, so that events overtake each other. The watermark stays the delay behind the newest event time.',
    names: { 'flink-sql': "connector = 'datagen'", 'kafka-streams': 'builder.stream', ksqldb: 'CREATE STREAM' },
    picture: 'watermark',
  },
  'source.file': {
    rule: 'Reads the records of a file in their order. A record without a usable value or time is rejected, with its line and the reason. The watermark stays the delay behind the newest event time.',
    names: { 'flink-sql': "connector = 'filesystem'", 'kafka-streams': 'builder.stream', ksqldb: 'CREATE STREAM' },
    picture: 'watermark',
  },
  'assign-timestamps': {
    rule: 'Takes the event time from a column and makes the watermark anew: the delay behind the newest time. The watermark that comes in ends here, except at the end of the stream.',
    names: {
      'flink-datastream': 'assignTimestampsAndWatermarks',
      'flink-sql': 'WATERMARK FOR',
      'kafka-streams': 'TimestampExtractor',
      ksqldb: "WITH (TIMESTAMP = '…')",
      beam: 'WithTimestamps',
    },
    picture: 'watermark',
  },
  filter: {
    rule: 'Hands on the rows for which the condition is TRUE. A condition that is FALSE or NULL lets the row go. The watermark passes as it is, also with rows that were let go.',
    names: {
      'flink-datastream': 'filter',
      'flink-sql': 'WHERE',
      'kafka-streams': 'filter',
      ksqldb: 'WHERE',
      beam: 'Filter',
    },
    picture: 'filter',
  },
  map: {
    rule: 'Makes one row of each row: every output column is an expression of the columns that came in. Time and watermark stay.',
    names: {
      'flink-datastream': 'map',
      'flink-sql': 'SELECT',
      'kafka-streams': 'mapValues, selectKey',
      ksqldb: 'SELECT, PARTITION BY',
      beam: 'MapElements',
    },
    picture: 'row',
  },
  'flat-map': {
    rule: 'Makes a row of each element of an array, in its order, with the other columns repeated.',
    names: {
      'flink-datastream': 'flatMap',
      'flink-sql': 'CROSS JOIN UNNEST',
      'kafka-streams': 'flatMapValues',
      ksqldb: 'EXPLODE',
      beam: 'FlatMapElements',
    },
    picture: 'split',
  },
  split: {
    rule: 'Hands a row on where its condition is TRUE, so that one stream goes several ways.',
    names: {
      'flink-datastream': 'side outputs',
      'flink-sql': 'INSERT INTO with WHERE',
      'kafka-streams': 'split().branch()',
      beam: 'Partition',
    },
    picture: 'split',
  },
  union: {
    rule: 'Puts streams of the same columns together as their rows come. Its watermark is the smallest of its inputs that are not idle.',
    names: {
      'flink-datastream': 'union',
      'flink-sql': 'UNION ALL',
      'kafka-streams': 'merge',
      ksqldb: 'INSERT INTO',
      beam: 'Flatten',
    },
    picture: 'union',
  },
  window: {
    rule: 'Puts each row into the windows that its event time belongs to, and sums up each window and key.',
    names: {},
    picture: 'tumbling',
  },
  suppress: {
    rule: 'Holds back the updates of a window until it is closed, or of a key for a time, and hands on only the last one.',
    names: { 'kafka-streams': 'suppress', ksqldb: 'EMIT FINAL' },
    picture: 'held',
  },
  'join.interval': {
    rule: 'Pairs a left row with the right rows of its key whose time lies in an interval around it. A row is kept until the watermark has passed all that could still match.',
    names: {
      'flink-datastream': 'intervalJoin().between()',
      'flink-sql': 'JOIN … ON time BETWEEN',
    },
    picture: 'interval',
  },
  'join.window': {
    rule: 'Pairs rows of the same key and the same window, once the watermark completes the window.',
    names: {
      'flink-datastream': 'join().where().equalTo().window()',
      'flink-sql': 'window join',
      beam: 'CoGroupByKey',
    },
    picture: 'window-pairs',
  },
  'join.regular': {
    rule: 'Pairs all rows of the same key, whenever they came. Both sides are kept for ever, or as long as the time to live; a result that no longer holds is taken back.',
    names: { 'flink-sql': 'JOIN' },
    picture: 'pairs',
  },
  'join.temporal': {
    rule: 'Gives each left row the version of the right table that was valid at its time. Later changes of the table do not change what was given out.',
    ruleIn: {
      'kafka-streams':
        'Gives each left row what the right table says when the row comes, or what it said at the row’s time where it keeps a history. Changes of the table alone give nothing.',
      ksqldb:
        'Gives each left row what the right table says when the row comes. Changes of the table alone give nothing.',
    },
    names: {
      'flink-sql': 'FOR SYSTEM_TIME AS OF',
      'kafka-streams': 'stream-table join',
      ksqldb: 'stream-table join',
    },
    picture: 'versions',
  },
  'join.lookup': {
    rule: 'Looks each row up in a table at the moment when it is processed. When the table changes afterwards, nothing that was given out changes.',
    names: { 'flink-sql': 'lookup join', 'flink-datastream': 'AsyncDataStream' },
    picture: 'versions',
  },
  'join.stream': {
    rule: 'Pairs records of two streams whose times are at most so far apart. Rows stay in a store until stream time has passed the window and the grace.',
    names: { 'kafka-streams': 'KStream.join with JoinWindows', ksqldb: 'JOIN … WITHIN' },
    picture: 'interval',
  },
  'join.table': {
    rule: 'Joins the latest rows of two tables. A change on either side gives a new result for the key; a deleted row takes its result back.',
    names: { 'kafka-streams': 'KTable.join', ksqldb: 'table-table join' },
    picture: 'keys',
  },
  dedup: {
    rule: 'Keeps one row of each key, the first or the last. Where a later row takes the place of one that was given out, that one is taken back.',
    names: { 'flink-sql': 'ROW_NUMBER() … = 1' },
    picture: 'keys',
  },
  pattern: {
    rule: 'Finds rows of a key that follow each other as the steps say, within a time. What has begun waits for its next step until that time is over.',
    names: { 'flink-datastream': 'CEP.pattern', 'flink-sql': 'MATCH_RECOGNIZE' },
    picture: 'pattern',
  },
  'top-n': {
    rule: 'Keeps the first rows of each group in an order. A row that pushes another one out takes its result back.',
    names: { 'flink-sql': 'ROW_NUMBER() … <= N', ksqldb: 'TOPK', beam: 'Top' },
    picture: 'rank',
  },
  over: {
    rule: 'Gives each row a sum over the rows before it: so many of them, or those of so long. Every row comes out once.',
    names: { 'flink-sql': 'OVER' },
    picture: 'over',
  },
  aggregate: {
    rule: 'Keeps a running sum for each key. Every row gives a new result, and the one before it is taken back.',
    ruleIn: {
      'kafka-streams':
        'Keeps a running sum for each key. Every row gives a new result, which takes the place of the one before.',
      ksqldb:
        'Keeps a running sum for each key. Every row gives a new result, which takes the place of the one before.',
    },
    names: {
      'flink-datastream': 'keyBy().reduce()',
      'flink-sql': 'GROUP BY',
      'kafka-streams': 'groupByKey().aggregate()',
      ksqldb: 'GROUP BY … EMIT CHANGES',
    },
    picture: 'keys',
  },
  sink: {
    rule: 'Shows what arrives, as a chart or as a table. Rows are committed and never change the run.',
    names: { 'flink-datastream': 'sinkTo', 'flink-sql': 'INSERT INTO', 'kafka-streams': 'to', beam: 'Write' },
    picture: 'row',
  },
};

/** The help for a node as it is set up, under an engine's rules. */
export function helpOf(
  { type, config }: Pick<DocumentNode, 'type' | 'config'>,
  title: string,
  dialect: DialectName,
): OperatorHelp & { readonly title: string } {
  if (type === 'window') return windowHelp(windowKindOf(config['kind']), dialect);
  const help = OPERATOR_HELP[type];
  return { title, ...help, rule: help.ruleIn?.[dialect] ?? help.rule };
}
