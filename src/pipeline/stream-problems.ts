import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { DialectName, InputPort, NodeDefinition } from '../stream/node-definition.ts';
import type { StreamType } from '../stream/batch.ts';
import type { Problem } from '../stream/problem.ts';
import type { NodeKind, PipelineDocument } from './document.ts';
import { atNode, nodeName } from './make-problem.ts';

interface Arrival {
  readonly port: InputPort;
  readonly stream: { readonly type: StreamType; readonly isWhole: boolean } | null;
}

interface Target {
  readonly index: number;
  readonly definition: NodeDefinition<NodeKind>;
  readonly inputs: readonly Arrival[];
}

/** What is wrong with what arrives at a node: nothing, too many edges, a stream of the wrong kind. */
export function streamProblems(document: PipelineDocument, { index, definition, inputs }: Target): readonly Problem[] {
  const node = document.nodes[index];
  if (node === undefined) return [];
  return definition.inputs.flatMap((port): readonly Problem[] => {
    const arriving = inputs.filter((input) => input.port === port);
    const where =
      definition.inputs.length > 1 ? `input ${port.name} of ${nodeName(node)}` : `input of ${nodeName(node)}`;
    if (arriving.length === 0) {
      const message = `Nothing leads to the ${where}.`;
      return [atNode(document, index, { code: 'missing-input', path: '', message, fix: 'Draw an edge to it.' })];
    }
    const problems: Problem[] = [];
    if (arriving.length > 1 && !port.many) {
      const message = `${arriving.length} edges lead to the ${where}; the limit is 1.`;
      const fix = 'Remove some, or put a union before it.';
      problems.push(atNode(document, index, { code: 'port-taken', path: '', message, fix }));
    }
    for (const { stream } of arriving) {
      const refusal = stream === null ? null : whyRefused(port, stream.type, document);
      if (refusal === null) continue;
      const message = `The ${where} ${refusal.message}`;
      problems.push(atNode(document, index, { code: refusal.code, path: '', message, fix: refusal.fix }));
    }
    return problems;
  });
}

export interface Refusal {
  readonly code: string;
  /** Goes on from the name of the input. */
  readonly message: string;
  readonly fix: string;
}

const CHANGES_TITLES = {
  append: 'a stream of new rows only',
  upsert: 'a keyed changelog (+I, +U, −D)',
  retract: 'a changelog (+I, −U, +U, −D)',
} as const;

/** Why a port does not take a stream; null when it does. Columns are for the node's own `bind` to judge. */
export function whyRefused(
  port: InputPort,
  type: StreamType,
  { time, dialect }: Pick<PipelineDocument, 'time' | 'dialect'>,
): Refusal | null {
  if (!port.accepts.includes(type.changes)) {
    const wanted = port.accepts.map((changes) => CHANGES_TITLES[changes]).join(' or ');
    return {
      code: 'changes-not-accepted',
      message: `takes ${wanted}, and ${CHANGES_TITLES[type.changes]} arrives.`,
      fix: cureOf(port, type, dialect),
    };
  }
  if (type.changes === 'upsert' && type.key === null) {
    return {
      code: 'table-without-key',
      message: 'takes a table by its key, and rows arrive of which nothing says which ones they replace.',
      fix: 'Name the key columns at the source, and keep them in the maps on the way.',
    };
  }
  if (port.needsEventTime && !type.eventTime && time.domain === 'event') {
    return {
      code: 'event-time-missing',
      message: 'needs an event time and a watermark, and rows without them arrive.',
      fix: 'Name the time column at the source, or put an assign-timestamps node before it.',
    };
  }
  return null;
}

/** How the stream that arrives could become one that the port takes. */
function cureOf({ accepts }: InputPort, { changes }: StreamType, dialect: DialectName): string {
  const takes = (...wanted: readonly StreamType['changes'][]): boolean => wanted.some((each) => accepts.includes(each));
  if (changes === 'append')
    return 'Give the source a key and rows that replace each other, or group the rows by an aggregate.';
  const spellsOut = dialectNamed(dialect).tables.changes === 'retract';
  if (changes === 'upsert' && takes('retract') && spellsOut) {
    return 'Put a filter before it (TRUE keeps all rows): it spells out what each row replaces.';
  }
  if (changes === 'retract' && takes('upsert')) {
    return 'Give the source a key and the changes upsert, or take the rows before they are grouped.';
  }
  return 'Take the rows before they become a changelog: window or join them first, or end the changelog in a sink.';
}
