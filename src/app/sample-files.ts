import type { DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

/** The sample files that a template's sources name, by node id. They lie beside the page, so nothing leaves its origin. */
export async function sampleFilesOf(graph: PipelineDocument): Promise<ReadonlyMap<string, File>> {
  const named = graph.nodes.flatMap(({ id, config }) =>
    typeof config['fileName'] === 'string' ? [[id, config['fileName']] as const] : [],
  );
  return new Map(await Promise.all(named.map(async ([id, name]) => [id, await sampleFile(name)] as const)));
}

/**
 * Gives the sources of the graph on the screen their sample data again, as after a reload or from a link: those that name
 * a file of the gallery and read the same columns. A name alone could be of a user's own file.
 */
export async function bringSamples(): Promise<void> {
  const { document, graph } = useDocumentStore.getState();
  if (!document.nodes.some(isFileSource)) return;
  const { GALLERY } = await import('../pipeline/templates/gallery.ts');
  const samples = new Set(GALLERY.flatMap((template) => template.document.nodes.filter(isFileSource).map(readsWhat)));
  for (const node of document.nodes.filter((each) => isFileSource(each) && samples.has(readsWhat(each)))) {
    const file = await sampleFile(String(node.config['fileName'])).catch(() => null);
    const isWanted = useDocumentStore.getState().graph === graph && useRunStore.getState().files[node.id] === undefined;
    if (file !== null && isWanted) useRunStore.getState().setFile(node.id, file);
  }
}

function isFileSource({ type, config }: DocumentNode): boolean {
  return type === 'source.file' && typeof config['fileName'] === 'string' && config['fileName'] !== '';
}

function readsWhat({ config: { fileName, format, columns } }: DocumentNode): string {
  const named = Array.isArray(columns)
    ? (columns as readonly { readonly name: unknown }[]).map(({ name }) => name)
    : [];
  return JSON.stringify([fileName, format, named]);
}

async function sampleFile(name: string): Promise<File> {
  const response = await fetch(new URL(`data/${name}`, document.baseURI));
  if (!response.ok) throw new Error(`The sample file ${name} is not there (${response.status}).`);
  return new File([await response.blob()], name);
}
