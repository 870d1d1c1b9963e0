import type { PipelineDocument } from '../pipeline/document.ts';

const numbers = new WeakMap<File, number>();
let files = 0;

/** Two picks of the same file are two files: its bytes may have changed in between. */
function fileNumber(file: File): number {
  let number = numbers.get(file);
  if (number === undefined) numbers.set(file, (number = ++files));
  return number;
}

type Run = Pick<PipelineDocument, 'dialect' | 'time' | 'run' | 'nodes' | 'edges'>;

/** By nodes: a move, a note and a name of the document leave all that a run is of the same objects. */
const texts = new WeakMap<PipelineDocument['nodes'], { readonly of: Run; readonly text: string }>();

function runText({ dialect, time, run, nodes, edges }: Run): string {
  const known = texts.get(nodes);
  const isKnown = known?.of.edges === edges && known.of.dialect === dialect && known.of.time === time;
  if (isKnown && known.of.run === run) return known.text;
  const own = nodes.map(({ id, type, typeVersion, config, engine }) => ({ id, type, typeVersion, config, engine }));
  const text = JSON.stringify({ dialect, time, run, nodes: own, edges });
  texts.set(nodes, { of: { dialect, time, run, nodes, edges }, text });
  return text;
}

/** Equal for two documents, with their files, when a run of one is a run of the other: names and places do not count. */
export function runSignature(document: PipelineDocument, files: Readonly<Record<string, File>>): string {
  const chosen = Object.entries(files).map(([nodeId, file]) => [nodeId, fileNumber(file)]);
  return `${runText(document)} ${JSON.stringify(chosen)}`;
}

/** What charts are about while nothing is selected: the first window, else the first join, else the first sink. */
export function watchedByDefault(document: PipelineDocument): string | null {
  for (const group of ['window', 'join.', 'sink']) {
    const found = document.nodes.find((node) => node.type.startsWith(group));
    if (found !== undefined) return found.id;
  }
  return document.nodes[0]?.id ?? null;
}
