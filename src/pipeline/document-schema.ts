import { z } from 'zod';
import { DIALECTS } from '../stream/node-definition.ts';
import { DOCUMENT_SCHEMA, DOCUMENT_VERSION } from './document.ts';
import { LIMITS } from './limits.ts';

/** The shape of a document around its nodes' configurations. The reader and the published schema are made from it. */

export const INPUT_PORTS = ['in', 'left', 'right'] as const;
export const OUTPUT_PORTS = ['out', 'late', 'rejected'] as const;
export const RUN_ENDS = ['flush', 'none', 'drain'] as const;
export const TIME_DOMAINS = ['event', 'ingestion', 'processing'] as const;

const id = z.string().min(1).max(LIMITS.idChars).meta({
  title: 'Id',
  description: 'Any text that no other node of the document has. Inputs and results are named by it.',
});

const label = z.string().max(LIMITS.labelChars).meta({
  title: 'Label',
  description: 'What the canvas shows; the id when absent.',
});

const typeVersion = z.int().min(1).meta({
  title: 'Type version',
  description: "Version of the type's configuration; older ones are brought up to date when read.",
});

const endId = id.meta({ title: 'Node', description: 'Id of the node.' });

export const edgeSchema = z.strictObject({
  from: z
    .strictObject({
      node: endId,
      port: z.enum(OUTPUT_PORTS).meta({
        title: 'Output port',
        description: 'out: what the node makes; late: rows that came too late; rejected: rows that it could not use.',
      }),
    })
    .meta({ title: 'From', description: 'Output port of a node.' }),
  to: z
    .strictObject({
      node: endId,
      port: z.enum(INPUT_PORTS).meta({
        title: 'Input port',
        description: 'in: the only input of a node; left, right: those of a join.',
      }),
    })
    .meta({ title: 'To', description: 'Input port of a node.' }),
});

/** The looser edge that the reader takes first: a wrong port must not hide what is wrong elsewhere. */
const looseEnd = z.strictObject({ node: id, port: z.string().max(LIMITS.idChars) });
export const looseEdgeSchema = z.strictObject({ from: looseEnd, to: looseEnd });

const coordinate = z.number().min(-LIMITS.position).max(LIMITS.position);

export const positionSchema = z
  .strictObject({
    x: coordinate.meta({ title: 'x', description: 'Canvas pixels to the right.', unit: 'px' }),
    y: coordinate.meta({ title: 'y', description: 'Canvas pixels down.', unit: 'px' }),
  })
  .meta({ title: 'Position', description: 'Where a node stands.' });

const side = z.number().min(LIMITS.noteSize.min).max(LIMITS.noteSize.max);

export const noteSchema = z
  .strictObject({
    id: id.meta({ title: 'Id', description: 'Any text that no node, no group and no other note has.' }),
    text: z.string().max(LIMITS.noteChars).meta({ title: 'Text', description: 'Plain text; shown as it is.' }),
    x: coordinate.meta({ title: 'x', description: 'Left edge, canvas pixels to the right.', unit: 'px' }),
    y: coordinate.meta({ title: 'y', description: 'Upper edge, canvas pixels down.', unit: 'px' }),
    w: side.meta({ title: 'Width', description: 'Width of the box.', unit: 'px' }),
    h: side.meta({ title: 'Height', description: 'Height of the box.', unit: 'px' }),
  })
  .meta({ title: 'Note', description: 'A remark on the canvas.' });

export const groupSchema = z
  .strictObject({
    id: id.meta({ title: 'Id', description: 'Any text that no node, no note and no other group has.' }),
    title: z.string().max(LIMITS.labelChars).meta({ title: 'Title', description: 'What the frame is headed.' }),
    nodes: z
      .array(id)
      .min(1)
      .max(LIMITS.nodes)
      .meta({ title: 'Nodes', description: 'Ids of the nodes inside; each is in one group at most.' }),
  })
  .meta({ title: 'Group', description: 'Nodes with a frame around them.' });

/** Fields of every node; `type`, `config` and `engine` are stated by who uses them. */
export const nodeFields = { id, typeVersion: typeVersion.default(1), label: label.optional() };

/** The looser node that the reader takes first: what a type's own schema says is checked after migrations. */
export const looseNodeSchema = z.strictObject({
  ...nodeFields,
  type: z.string().max(LIMITS.idChars),
  config: z.record(z.string(), z.unknown()).default({}),
  engine: z.record(z.string(), z.unknown()).default({}),
});

interface Parts<Node extends z.ZodType, Edge extends z.ZodType, Layout extends z.ZodType, List extends z.ZodType> {
  readonly node: Node;
  readonly edge: Edge;
  /** What is only drawn: read leniently. */
  readonly layout: Layout;
  readonly notes: List;
  readonly groups: List;
}

/** The document over the schemas of its parts. */
export function documentSchema<
  Node extends z.ZodType,
  Edge extends z.ZodType,
  Layout extends z.ZodType,
  List extends z.ZodType,
>({ node, edge, layout, notes, groups }: Parts<Node, Edge, Layout, List>) {
  return z.strictObject({
    $schema: z
      .string()
      .max(LIMITS.idChars * 10)
      .default(DOCUMENT_SCHEMA)
      .meta({
        title: 'Schema',
        description: 'Where the published schema lies.',
      }),
    version: z.literal(DOCUMENT_VERSION).meta({ title: 'Version', description: 'Version of the document format.' }),
    name: z.string().max(LIMITS.nameChars).default('Untitled').meta({ title: 'Name', description: 'Shown as title.' }),
    dialect: z.enum(DIALECTS).default('flink-datastream').meta({
      title: 'Dialect',
      description: 'The engine whose rules hold: times, windows, joins, emission order.',
    }),
    time: z
      .strictObject({
        domain: z.enum(TIME_DOMAINS).default('event').meta({
          title: 'Time domain',
          description: 'Which time windows and joins go by: that of the event, of its entry, or of the clock.',
        }),
      })
      .prefault({})
      .meta({ title: 'Time', description: 'What time means in the graph.' }),
    nodes: z
      .array(node)
      .max(LIMITS.nodes)
      .meta({ title: 'Nodes', description: 'Order breaks ties: of sources, of the plan.' }),
    edges: z.array(edge).max(LIMITS.edges).meta({ title: 'Edges', description: 'Order is that of a union’s inputs.' }),
    layout,
    notes,
    groups,
    run: z
      .strictObject({
        seed: z.int().min(0).max(LIMITS.seed).default(1).meta({
          title: 'Seed',
          description: 'Same document, seed and log give the same bytes.',
        }),
        end: z
          .enum(RUN_ENDS)
          .optional()
          .meta({
            title: 'End of the run',
            description:
              'flush: event time goes to its end; none: nothing more happens; drain: flush, then the clock moves to the last timer. ' +
              'By default flush for Flink and Beam, none for the Kafka dialects.',
          }),
      })
      .prefault({})
      .meta({ title: 'Run', description: 'How the graph is run.' }),
  });
}
