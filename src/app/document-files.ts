import type { Problem } from '../stream/problem.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { writeDocument } from '../pipeline/write-document.ts';
import { LIMITS } from '../pipeline/limits.ts';
import { loadAnalysis } from './analysis/load-analysis.ts';
import { useDocumentStore } from './document-store.ts';
import { fileStem } from './file-stem.ts';

export type ImportReport = { readonly ok: true } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Faults that the canvas cannot show for mending: an edge that closes a loop has no place to be drawn from. */
const REFUSED_CODES = new Set(['cycle']);

/** Opens a file in the place of the current document, or changes nothing and says everything that is wrong. */
export async function importDocument(file: File): Promise<ImportReport> {
  if (file.size > LIMITS.documentBytes) {
    const message = `The file has ${file.size.toLocaleString('en')} bytes; a document has at most ${LIMITS.documentBytes.toLocaleString('en')}.`;
    return refuse('document-too-large', message, 'Is it data? Drop it on the canvas, or add it with a File source.');
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return refuse('unreadable-file', `The file could not be read: ${error.message}`, 'Choose it again.');
  }
  const read = await readGraph(bytes);
  if (!read.ok) return read;
  useDocumentStore.getState().open(read.document, { label: 'Import' });
  return { ok: true };
}

export type ReadGraph =
  | { readonly ok: true; readonly document: PipelineDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A stranger's text as a document that can be shown, or everything that is wrong with it. */
export async function readGraph(text: string | Uint8Array): Promise<ReadGraph> {
  const { readDocument, reportOn, validate } = await loadAnalysis();
  const read = readDocument(text);
  if (!read.ok) return { ok: false, problems: reportOn(text) };
  const problems = validate(read.value).filter(({ code }) => REFUSED_CODES.has(code));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, document: read.value };
}

function refuse(code: string, message: string, fix: string): ImportReport {
  return { ok: false, problems: [{ code, severity: 'error', path: '', nodeId: null, message, fix }] };
}

export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** The current document as a file. */
export function exportDocument(): ExportedFile {
  const { document } = useDocumentStore.getState();
  return { name: `${fileStem(document.name)}.json`, text: writeDocument(document) };
}
