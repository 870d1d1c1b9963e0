import { z } from 'zod';
import { nodeDefinitions } from './definitions.ts';
import { NODE_KINDS } from './faces.ts';
import type { NodeKind } from './document.ts';
import { DOCUMENT_SCHEMA } from './document.ts';
import { documentSchema, edgeSchema, groupSchema, nodeFields, noteSchema, positionSchema } from './document-schema.ts';
import { LIMITS } from './limits.ts';

/** The published schema of graph documents (draft 2020-12), made from the definitions that also validate them. */
export function graphJsonSchema(): object {
  const [first, ...others] = NODE_KINDS.map(nodeSchema);
  if (first === undefined) throw new Error('no node kinds');
  const layout = z
    .record(z.string(), positionSchema)
    .default({})
    .meta({ title: 'Layout', description: 'Where nodes stand on the canvas, by id.' });
  const notes = listOf(noteSchema, LIMITS.notes).meta({
    title: 'Notes',
    description: 'Remarks on the canvas; they mean nothing to a run.',
  });
  const groups = listOf(groupSchema, LIMITS.groups).meta({
    title: 'Groups',
    description: 'Frames around nodes; they mean nothing to a run.',
  });
  const node = z.discriminatedUnion('type', [first, ...others]);
  const schema = documentSchema({ node, edge: edgeSchema, layout, notes, groups }).meta({
    title: 'Tidemark graph, version 1',
    description:
      'A stream-processing graph. Times are whole milliseconds (…Ms); windows hold their start and not their end.',
  });
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id: DOCUMENT_SCHEMA, ...rest };
}

function listOf(entry: z.ZodObject, max: number): z.ZodOptional<z.ZodArray<z.ZodObject>> {
  return z.array(entry).max(max).optional();
}

function nodeSchema(kind: NodeKind) {
  const { title, summary, config, engine } = nodeDefinitions[kind];
  const type = z.literal(kind).meta({ title: 'Type', description: `${title}: ${summary}` });
  // As the reader fills it: it may be left out where every parameter has a default.
  const settings = (config.safeParse({}).success ? config.prefault({}) : config).meta({
    title: 'Configuration',
    description: `Parameters of the ${title.toLowerCase()} node, the same in every dialect.`,
  });
  const engineSettings = engine.prefault({}).meta({
    title: 'Engine',
    description: "Settings of the dialect's engine for this node.",
  });
  return z
    .strictObject({ ...nodeFields, type, config: settings, engine: engineSettings })
    .meta({ title, description: summary });
}
