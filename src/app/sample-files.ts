import type { PipelineDocument } from '../pipeline/document.ts';

/** The sample files that a template's sources name, by node id. They lie beside the page, so nothing leaves its origin. */
export async function sampleFilesOf(graph: PipelineDocument): Promise<ReadonlyMap<string, File>> {
  const named = graph.nodes.flatMap(({ id, config }) =>
    typeof config['fileName'] === 'string' ? [[id, config['fileName']] as const] : [],
  );
  return new Map(await Promise.all(named.map(async ([id, name]) => [id, await sampleFile(name)] as const)));
}

async function sampleFile(name: string): Promise<File> {
  const response = await fetch(new URL(`data/${name}`, document.baseURI));
  if (!response.ok) throw new Error(`The sample file ${name} is not there (${response.status}).`);
  return new File([await response.blob()], name);
}
