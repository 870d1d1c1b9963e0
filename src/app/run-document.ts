import type { PipelineDocument } from '../pipeline/document.ts';

const numbers = new WeakMap<File, number>();
let files = 0;

/** Two picks of the same file are two files: its bytes may have changed in between. */
function fileNumber(file: File): number {
  let number = numbers.get(file);
  if (number === undefined) numbers.set(file, (number = ++files));
  return number;
}

/** Equal for two documents, with their files, when a run of one is a run of the other: names and places do not count. */
export function runSignature(document: PipelineDocument, files: Readonly<Record<string, File>>): string {
  return JSON.stringify({
    dialect: document.dialect,
    time: document.time,
    run: document.run,
    nodes: document.nodes.map(({ id, type, typeVersion, config, engine }) => ({
      id,
      type,
      typeVersion,
      config,
      engine,
    })),
    edges: document.edges,
    files: Object.entries(files).map(([nodeId, file]) => [nodeId, fileNumber(file)]),
  });
}

/** What charts are about while nothing is selected: the first window, else the first join, else the first sink. */
export function watchedByDefault(document: PipelineDocument): string | null {
  for (const group of ['window', 'join.', 'sink']) {
    const found = document.nodes.find((node) => node.type.startsWith(group));
    if (found !== undefined) return found.id;
  }
  return document.nodes[0]?.id ?? null;
}
