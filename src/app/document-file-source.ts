import { nodeDefinitions } from '../pipeline/definitions.ts';
import { setConfig } from '../pipeline/edits.ts';
import { freshLabel } from './document-catalog.ts';
import { useDocumentStore } from './document-store.ts';
import type { FileReport } from './run-state.ts';
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

/**
 * Gives a source its file and fills in what was found in it, one undo step. Columns that the user already has are kept
 * when the file has them all: a template's own types, or a second file of the same kind. Resolves to why the file cannot
 * be used, null when it can.
 */
export async function takeSourceFile(nodeId: string, file: File): Promise<string | null> {
  const run = useRunStore.getState();
  let report: FileReport;
  try {
    const node = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
    report = await run.inspectFile(file, node?.config ?? {});
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (report.verdict === 'reject') return report.error ?? `${file.name} holds no rows that could be read.`;
  useDocumentStore.getState().edit({ label: 'Choose a file' }, (document) => {
    const node = document.nodes.find(({ id }) => id === nodeId);
    return node === undefined
      ? document
      : setConfig(document, { id: nodeId, config: { ...report.config, fileName: file.name } });
  });
  run.setFile(nodeId, file);
  return null;
}

/** A dropped file becomes a source of its own, at the left of what is there. */
export function addFileSource(file: File): Promise<string | null> {
  const { document, addNode } = useDocumentStore.getState();
  const places = Object.values(document.layout);
  const x = Math.min(0, ...places.map((place) => place.x));
  const y = places.length === 0 ? 0 : Math.max(...places.map((place) => place.y)) + 144;
  const label = freshLabel(document, file.name.replace(/\.[a-z.]+$/i, ''));
  const config = nodeDefinitions['source.file'].suggest([]) as Config;
  addNode({ kind: 'source.file', position: { x, y }, label, config });
  const added = useDocumentStore.getState().document.nodes.at(-1);
  return added === undefined ? Promise.resolve(null) : takeSourceFile(added.id, file);
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
