import { setConfig } from '../pipeline/edits.ts';
import { loadAnalysis } from './analysis/load-analysis.ts';
import { freshLabel } from './document-catalog.ts';
import type { Position } from './document-store.ts';
import { useDocumentStore } from './document-store.ts';
import { valueAt, withValueAt } from './document-value.ts';
import type { FileFindings, FileQuestion } from './file-questions.ts';
import { openQuestions, placeOf } from './file-questions.ts';
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

type Found = { readonly config: Config; readonly findings: FileFindings } | { readonly problem: string };

/** Looks into a file; what `config` has decided already is kept. */
async function lookInto(file: File, config: Config): Promise<Found> {
  try {
    const report = await useRunStore.getState().inspectFile(file, config);
    if (report.verdict === 'reject') {
      return { problem: report.error ?? `${file.name} holds no rows that could be read.` };
    }
    const { warnings, questions } = report;
    const found = { ...report.config, fileName: file.name };
    return { config: found, findings: { warnings, questions, config: found } };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function configOf(nodeId: string): Config {
  return useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId)?.config ?? {};
}

/** What is asked of the file that the source has now. */
function questionsOf(nodeId: string): readonly FileQuestion[] {
  const { files, findings } = useRunStore.getState();
  const file = files[nodeId];
  return file === undefined ? [] : openQuestions(findings.get(file), configOf(nodeId));
}

/** Without what was found in the records: their columns, and which of them is the event time. */
function withoutColumns(config: Config): Config {
  return { ...config, columns: [], time: null };
}

const OUTDATED = 'The graph has changed while the file was looked into. Choose it again.';

/** Why what was found for a source is not to be used any more: it was asked of `before`, in the graph of that number. */
function whyOutdated(nodeId: string, before: Config, graph: number): string | null {
  const now = useDocumentStore.getState();
  if (now.refusal !== null) return now.refusal;
  return now.graph === graph && configOf(nodeId) === before ? null : OUTDATED;
}

/**
 * Gives a source its file and fills in what was found in it, one undo step. Resolves to why the file cannot be used,
 * null when it can.
 */
export async function takeSourceFile(nodeId: string, file: File): Promise<string | null> {
  const before = configOf(nodeId);
  const { graph } = useDocumentStore.getState();
  // What was never answered is no decision.
  const isUndecided = questionsOf(nodeId).length > 0;
  const found = await lookInto(
    file,
    isUndecided ? { ...withoutColumns(before), encoding: 'auto', header: 'auto' } : before,
  );
  if ('problem' in found) return found.problem;
  const outdated = whyOutdated(nodeId, before, graph);
  if (outdated !== null) return outdated;
  useDocumentStore
    .getState()
    .edit({ label: 'Choose a file' }, (document) => setConfig(document, { id: nodeId, config: found.config }));
  useRunStore.getState().setFindings(file, found.findings);
  useRunStore.getState().setFile(nodeId, file);
  return null;
}

/** A file becomes a source of its own, one undo step. Resolves to why it cannot, null when it can. */
export async function addFileSource(file: File, position: Position): Promise<string | null> {
  const { graph } = useDocumentStore.getState();
  const { initialConfig } = await loadAnalysis();
  const found = await lookInto(file, initialConfig({ kind: 'source.file', preset: {} }));
  if ('problem' in found) return found.problem;
  const { document, addNode, refusal, graph: shown } = useDocumentStore.getState();
  if (refusal !== null) return refusal;
  if (shown !== graph) return OUTDATED;
  const label = freshLabel(document, file.name.replace(/\.[a-z.]+$/i, ''));
  addNode({ kind: 'source.file', position, label, config: found.config });
  const added = useDocumentStore.getState().document.nodes.at(-1);
  if (added === undefined) return null;
  useRunStore.getState().setFindings(file, found.findings);
  useRunStore.getState().setFile(added.id, file);
  return null;
}

/** Settings that the records are cut by: another one gives other columns. */
const CUTTING = new Set(['encoding', 'header']);

/**
 * Answers what was asked of a source's file, at most one undo step; null leaves it as it is read now. Resolves to why the
 * file cannot be used so, null when it can.
 */
export async function answerQuestion(
  nodeId: string,
  question: FileQuestion,
  answer: string | null,
): Promise<string | null> {
  const { files, findings, setFindings } = useRunStore.getState();
  const file = files[nodeId];
  const before = file === undefined ? undefined : findings.get(file);
  if (file === undefined || before === undefined) return null;
  const rest = openQuestions(before, configOf(nodeId)).filter(({ code }) => code !== question.code);
  const place = placeOf(question);
  const isKept = answer === null || place === null || valueAt(configOf(nodeId), place) === answer;
  if (isKept) {
    setFindings(file, { ...before, questions: rest, config: configOf(nodeId) });
    return null;
  }
  const asked = configOf(nodeId);
  const { graph } = useDocumentStore.getState();
  const config = withAnswer(asked, place, answer);
  const isCut = CUTTING.has(place[0] ?? '');
  const found = await lookInto(file, isCut ? withoutColumns(config) : config);
  if ('problem' in found) return found.problem;
  const outdated = whyOutdated(nodeId, asked, graph);
  if (outdated !== null) return outdated;
  const fresh = found.findings.questions.filter(({ code }) => code !== question.code);
  // About the time column it is asked anew where that was looked for anew.
  const old = isCut ? rest.filter((each) => placeOf(each)?.[0] !== 'time') : rest;
  const questions = [...new Map([...old, ...fresh].map((each) => [each.code, each])).values()];
  setFindings(file, { ...found.findings, questions });
  useDocumentStore
    .getState()
    .edit({ label: 'Answer about a file' }, (document) => setConfig(document, { id: nodeId, config: found.config }));
  return null;
}

/** The unit of the event time stands at its column, too. */
function withAnswer(config: Config, place: readonly string[], answer: string): Config {
  const answered = withValueAt(config, place, answer);
  if (place[1] !== 'unit' || !Array.isArray(config['columns'])) return answered;
  const name = valueAt(config, ['time', 'column']);
  const columns = (config['columns'] as readonly { readonly name: string }[]).map((column) =>
    column.name === name ? { ...column, unit: answer } : column,
  );
  return { ...answered, columns };
}

/** What a part of a file's configuration begins with when the user asks for it; its columns are there to be changed. */
export function initialPart(config: Config, part: string, by = ''): unknown {
  const columns = Array.isArray(config['columns'])
    ? (config['columns'] as readonly { name: string; type: string }[])
    : [];
  const column = (columns.find(({ type }) => type === 'TIMESTAMP') ?? columns[0])?.name ?? 'ts';
  if (part === 'time') return { column, unit: 'iso', zone: 'UTC' };
  if (part === 'partition') return { column, count: 4 };
  if (part === 'ops') return by === 'column' ? { by, column: 'op' } : by === 'debezium' ? { by, path: '' } : { by };
  if (by === 'column') return { by, column, unit: 'iso' };
  return by === 'expression' ? { by, expression: column } : { by: 'file-order' };
}
