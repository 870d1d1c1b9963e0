import type { GraphCase } from '../adapter.ts';
import type { JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import { numberOf, objectOf, textOf } from '../fields.ts';
import { WINDOW, droppedBy, tableUpdate, windowNode } from './kafka-windows.ts';
import { SOURCE, recordLog, recordSource } from './record-log.ts';
import { aggregatesOf } from './window-parts.ts';

const SUPPRESSED = 'output-suppressed';
const RAW = 'output-raw';

/** `suppress` of Kafka Streams over a table of windows. Upstream tests also look at the table before it. */
export function kafkaSuppress(given: VectorCase): GraphCase {
  const upstream = objectOf(given.operator, 'upstream');
  if (upstream['type'] !== 'windowAggregate') {
    throw new Inexpressible(`not available yet: ${JSON.stringify(upstream['type'])} before suppress`);
  }
  const aggregates = aggregatesOf(upstream);
  // Only upstream tests name an API here, and only they have the second sink.
  const showsRaw = given.operator['api'] !== undefined;
  const nodes = [
    sourceNode(recordSource(given.inputs)),
    windowNode(upstream, aggregates),
    { id: 'suppress', type: 'suppress', config: config(objectOf(given.operator, 'suppress')) },
    sinkNode(SUPPRESSED),
    ...(showsRaw ? [sinkNode(RAW)] : []),
  ];
  const edges = [
    `${SOURCE} ${WINDOW}`,
    `${WINDOW} suppress`,
    `suppress ${SUPPRESSED}`,
    ...(showsRaw ? [`${WINDOW} ${RAW}`] : []),
  ];
  const document = documentOf({ name: given.id, dialect: 'kafka-streams', nodes, edges });
  return {
    graph: recordLog(given.inputs).finish(document),
    read: (recorded) => ({
      outputs: recorded.results.map((result) => ({
        ...(showsRaw ? { output: result.node } : {}),
        ...tableUpdate(result, aggregates),
      })),
      dropped: droppedBy(recorded),
    }),
  };
}

function config(suppress: JsonObject): JsonObject {
  const kind = textOf(suppress, 'kind');
  const limits = bufferOf(suppress);
  if (kind === 'untilWindowCloses') return { until: 'window-closes', ...limits };
  if (kind === 'untilTimeLimit') return { until: 'time-limit', limitMs: numberOf(suppress, 'timeToWait'), ...limits };
  throw new Inexpressible(`there is no suppress ${kind}`);
}

/** The bounds of the buffer, wherever the case names them: beside the kind, in an object, or in words. */
function bufferOf(suppress: JsonObject): JsonObject {
  const text = JSON.stringify(suppress);
  const limit = (name: string): number | null => {
    const found = new RegExp(`${name}\\W+(\\d+)`, 'i').exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  const rows = limit('maxRecords');
  const bytes = limit('maxBytes');
  const onFull = /shut-?down/i.test(text) ? 'shut-down' : /emit-?early/i.test(text) ? 'emit-early' : null;
  return {
    ...(rows === null ? {} : { maxRows: rows }),
    ...(bytes === null ? {} : { maxBytes: bytes }),
    ...(onFull === null ? {} : { onFull }),
  };
}
