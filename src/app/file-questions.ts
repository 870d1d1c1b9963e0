import type { Problem } from '../stream/problem.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { FileQuestion, FileWarning } from '../worker/protocol.ts';
import { displayName } from './document-catalog.ts';
import { valueAt } from './document-value.ts';

export type { FileQuestion, FileWarning } from '../worker/protocol.ts';

type Config = Readonly<Record<string, unknown>>;

/** What a look into a file left to say. */
export interface FileFindings {
  readonly warnings: readonly FileWarning[];
  /** Not answered by a click so far. */
  readonly questions: readonly FileQuestion[];
  /** The configuration that it was asked with. */
  readonly config: Config;
}

/** Where the configuration holds the answer, by the question's code. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'invalid-utf8': ['encoding'],
  'header-looks-like-data': ['header'],
  'timestamp-units-mixed': ['time', 'unit'],
  'date-order-ambiguous': ['time', 'unit'],
  'timestamp-no-zone': ['time', 'zone'],
  'no-time-column': ['time'],
};

export function placeOf({ code }: FileQuestion): readonly string[] | null {
  return PLACES[code] ?? null;
}

/** Questions that still stand: a change of the setting in question is an answer as good as a click. */
export function openQuestions(findings: FileFindings | undefined, config: Config): readonly FileQuestion[] {
  if (findings === undefined) return [];
  return findings.questions.filter((question) => {
    const place = placeOf(question);
    return place === null || same(valueAt(config, place), valueAt(findings.config, place));
  });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Why a graph must not run yet: what is asked of its files has no answer. */
export function questionProblems(
  document: PipelineDocument,
  files: Readonly<Record<string, File>>,
  findings: ReadonlyMap<File, FileFindings>,
): readonly Problem[] {
  return document.nodes.flatMap((node, index) => {
    const file = files[node.id];
    const open = file === undefined ? [] : openQuestions(findings.get(file), node.config);
    return open.map(({ message }) => ({
      code: 'file-question',
      severity: 'error' as const,
      path: `nodes.${index}.config.fileName`,
      nodeId: node.id,
      message,
      fix: `Answer in the settings of ${displayName(node)}.`,
    }));
  });
}
