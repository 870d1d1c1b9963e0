import type { Problem, Result } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import { findDefinition } from './definitions.ts';
import { NODE_KINDS } from './faces.ts';
import type { DocumentEdge, DocumentNode, PipelineDocument } from './document.ts';
import { defaultEnd } from './document.ts';
import { INPUT_PORTS, OUTPUT_PORTS } from './document-schema.ts';
import { LIMITS } from './limits.ts';
import { problem, shown } from './make-problem.ts';
import { migrateDocument } from './migrations/migrate-document.ts';
import { migrateNode } from './migrations/migrate-node.ts';
import type { JsonObject } from './parse-text.ts';
import { parseText } from './parse-text.ts';
import { readGroups, readNotes } from './read-annotations.ts';
import { readLayout } from './read-layout.ts';
import { referenceProblems } from './references.ts';
import type { Envelope, SalvagedEnvelope } from './salvage-envelope.ts';
import { envelopeSchema, salvageEnvelope } from './salvage-envelope.ts';
import { validate } from './validate.ts';
import { zodProblems } from './zod-problems.ts';

type LooseNode = Envelope['nodes'][number];

/**
 * Reads a file into a document, or says everything that is wrong with it. Nothing of a stranger's text is trusted: sizes
 * and depth are checked before anything is built, every field must be known, nothing is assigned by a name that the
 * text chose. Older versions are brought up to date.
 *
 * A document that reads well may still be unfit to run: a cycle, a bad figure or a missing input is for `validate`, so
 * that it can be opened and mended. Warnings stand beside a document that was read.
 */
export function readDocument(text: string | Uint8Array): Result<PipelineDocument> {
  const { document, problems } = salvage(text);
  return document === null || hasErrors(problems) ? { ok: false, problems } : { ok: true, value: document, problems };
}

/** Everything that is wrong with a file, as a document and as a graph to run, whether or not it can be opened. */
export function reportOn(text: string | Uint8Array): readonly Problem[] {
  const { document, problems, withoutConsequences } = salvage(text);
  if (document === null) return problems;
  const told = new Set(problems.map(({ code, path }) => `${code} ${path}`));
  const judged = withoutConsequences(validate(document));
  return [...problems, ...judged.filter(({ code, path }) => !told.has(`${code} ${path}`))];
}

interface Salvaged {
  /** What could be read, perhaps with types, ports and stand-ins that do not exist; null when nothing could. */
  readonly document: PipelineDocument | null;
  readonly problems: readonly Problem[];
  /** Of what the document is judged to have: what does not only follow from the stand-ins. */
  readonly withoutConsequences: (problems: readonly Problem[]) => readonly Problem[];
}

function salvage(text: string | Uint8Array): Salvaged {
  const parsed = parseText(text);
  if (!parsed.ok) return unreadable(parsed.problems);
  const migrated = migrateDocument(parsed.value);
  if (!migrated.ok) return unreadable(migrated.problems);
  const raw = migrated.value;
  const tooMany = countProblems(raw);
  if (tooMany.length > 0) return unreadable(tooMany);
  const { envelope, faults, withoutConsequences } = readEnvelope(raw);
  const nodes = readNodes(envelope.nodes);
  const layout = readLayout(envelope.layout, nodes.value);
  const notes = readNotes(envelope.notes, nodes.value);
  const groups = readGroups(envelope.groups, nodes.value, notes.value);
  const drawn = { layout: layout.value, ...ifAny('notes', notes.value), ...ifAny('groups', groups.value) };
  const document = assemble(envelope, nodes.value, drawn);
  const found = [
    ...nodes.problems,
    ...edgeProblems(envelope.edges),
    ...layout.problems,
    ...notes.problems,
    ...groups.problems,
    ...referenceProblems(document),
  ];
  return { document, problems: [...faults, ...withoutConsequences(found)], withoutConsequences };
}

function unreadable(problems: readonly Problem[]): Salvaged {
  return { document: null, problems, withoutConsequences: (all) => all };
}

function readEnvelope(raw: JsonObject): SalvagedEnvelope {
  const result = envelopeSchema.safeParse(raw);
  if (result.success) {
    return { envelope: result.data, faults: [], withoutConsequences: (all) => all };
  }
  return salvageEnvelope(raw, zodProblems(result.error.issues, raw, ''));
}

function assemble(
  { $schema, name, dialect, time, run, ...parts }: Envelope,
  nodes: readonly DocumentNode[],
  drawn: Pick<PipelineDocument, 'layout' | 'notes' | 'groups'>,
): PipelineDocument {
  const end = run.end ?? defaultEnd(dialect);
  const edges = parts.edges as readonly DocumentEdge[];
  return { $schema, version: 1, name, dialect, time, nodes, edges, ...drawn, run: { seed: run.seed, end } };
}

/** A list as a field of the document, which has no such field when the list is empty. */
function ifAny<Name extends string, T>(name: Name, list: readonly T[]): { readonly [N in Name]?: readonly T[] } {
  return (list.length === 0 ? {} : { [name]: list }) as { readonly [N in Name]?: readonly T[] };
}

/** Ports that no node of any type has; those that only this node lacks can be mended on the canvas. */
function edgeProblems(edges: Envelope['edges']): readonly Problem[] {
  const known = { from: OUTPUT_PORTS as readonly string[], to: INPUT_PORTS as readonly string[] };
  return edges.flatMap((edge, i) =>
    (['from', 'to'] as const).flatMap((end) => {
      const { node, port } = edge[end];
      if (known[end].includes(port)) return [];
      const message = `There is no port ${shown(port)}.`;
      const fix = `Use one of: ${known[end].join(', ')}.`;
      return problem({ code: 'unknown-port', path: `edges.${i}.${end}.port`, nodeId: node, message, fix });
    }),
  );
}

/** Counted before anything walks them: a message about each of 20,000 nodes helps nobody. */
function countProblems(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
  return (['nodes', 'edges'] as const).flatMap((name) => {
    const list = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (!Array.isArray(list) || list.length <= LIMITS[name]) return [];
    return problem({
      code: `too-many-${name}`,
      path: name,
      message: `The document has ${list.length} ${name}; the limit is ${LIMITS[name]}.`,
      fix: 'Split it into several documents.',
    });
  });
}

function readNodes(loose: readonly LooseNode[]): {
  readonly value: readonly DocumentNode[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const value = loose.map((node, i): DocumentNode => {
    const definition = findDefinition(node.type);
    const { label, ...bare } = node;
    const asRead = { ...bare, ...(label === undefined ? {} : { label }) } as DocumentNode;
    if (definition === null) {
      problems.push(unknownType(node.type, i, node.id));
      return asRead;
    }
    const migrated = migrateNode(asRead, definition, i);
    problems.push(...migrated.problems);
    const current = migrated.ok ? migrated.value : asRead;
    for (const group of ['config', 'engine'] as const) {
      const parsed = definition[group].safeParse(current[group]);
      const found = parsed.success ? [] : zodProblems(parsed.error.issues, current[group], `nodes.${i}.${group}`);
      for (const each of found) if (each.code === 'unknown-field') problems.push({ ...each, nodeId: node.id });
    }
    return current;
  });
  return { value, problems };
}

function unknownType(type: string, index: number, nodeId: string | null): Problem {
  return problem({
    code: 'unknown-node-type',
    path: `nodes.${index}.type`,
    nodeId,
    message: `There is no node type ${shown(type)}.`,
    fix: `Use one of: ${NODE_KINDS.join(', ')}. A newer Tidemark may know it.`,
  });
}
