import { nodeDefinitions } from '../pipeline/definitions.ts';
import { setConfig } from '../pipeline/edits.ts';
import { freshLabel } from './document-catalog.ts';
import type { Position } from './document-store.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

/** The choices of the columns editor; a type that a document has beside these stays a choice there. */
export const FILE_COLUMN_TYPES: readonly string[] = [
  'BOOLEAN',
  'INT',
  'BIGINT',
  'DOUBLE',
  'DECIMAL(10, 2)',
  'STRING',
  'DATE',
  'TIME',
  'TIMESTAMP',
];

type Config = Readonly<Record<string, unknown>>;

type Found = { readonly config: Config } | { readonly problem: string };

/** Looks into a file; what `config` has decided already is kept. */
async function lookInto(file: File, config: Config): Promise<Found> {
  try {
    const report = await useRunStore.getState().inspectFile(file, config);
    if (report.verdict !== 'reject') return { config: { ...report.config, fileName: file.name } };
    return { problem: report.error ?? `${file.name} holds no rows that could be read.` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Gives a source its file and fills in what was found in it, one undo step. Resolves to why the file cannot be used,
 * null when it can.
 */
export async function takeSourceFile(nodeId: string, file: File): Promise<string | null> {
  const before = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
  const found = await lookInto(file, before?.config ?? {});
  if ('problem' in found) return found.problem;
  useDocumentStore
    .getState()
    .edit({ label: 'Choose a file' }, (document) => setConfig(document, { id: nodeId, config: found.config }));
  useRunStore.getState().setFile(nodeId, file);
  return null;
}

/** A file becomes a source of its own, one undo step. Resolves to why it cannot, null when it can. */
export async function addFileSource(file: File, position: Position): Promise<string | null> {
  const found = await lookInto(file, nodeDefinitions['source.file'].suggest([]) as Config);
  if ('problem' in found) return found.problem;
  const { document, addNode } = useDocumentStore.getState();
  const label = freshLabel(document, file.name.replace(/\.[a-z.]+$/i, ''));
  addNode({ kind: 'source.file', position, label, config: found.config });
  const added = useDocumentStore.getState().document.nodes.at(-1);
  if (added !== undefined) useRunStore.getState().setFile(added.id, file);
  return null;
}

/** What a part of the configuration begins with when the user asks for it; its columns are there to be changed. */
export function initialPart(config: Config, part: 'time' | 'arrival', by = ''): unknown {
  const columns = Array.isArray(config['columns'])
    ? (config['columns'] as readonly { name: string; type: string }[])
    : [];
  const column = (columns.find(({ type }) => type === 'TIMESTAMP') ?? columns[0])?.name ?? 'ts';
  if (part === 'time') return { column, unit: 'iso', zone: 'UTC' };
  if (by === 'column') return { by, column, unit: 'iso' };
  return by === 'expression' ? { by, expression: column } : { by: 'file-order' };
}
