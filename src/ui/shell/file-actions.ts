import { create } from 'zustand';
import { exportDocument, importDocument } from '../../app/document-files.ts';
import { addFileSource } from '../../app/document-file-source.ts';
import type { Position } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { notify } from '../theme/notify.ts';
import { saveFile } from '../theme/save-file.ts';

/** From one dropped file's node to the next, canvas pixels. */
const FILE_STEP = 144;

export interface RefusedImport {
  /** The file's name, or what it was instead. */
  readonly name: string;
  readonly isLink: boolean;
  readonly problems: readonly Problem[];
}

interface ImportState {
  /** The last file that was not opened, until the user has seen why. */
  readonly refused: RefusedImport | null;
}

export const useImports = create<ImportState>()(() => ({ refused: null }));

export function forgetRefusal(): void {
  useImports.setState({ refused: null });
}

async function importFile(file: File): Promise<void> {
  const report = await importDocument(file);
  if (report.ok) notify('success', `Opened ${file.name}.`);
  else refuseImport({ name: file.name, isLink: false, problems: report.problems });
}

export function refuseImport(refused: RefusedImport): void {
  useImports.setState({ refused });
}

export function chooseImport(): void {
  chooseFile('.json,application/json', (file) => void importFile(file));
}

export function exportGraph(): void {
  const { name, text } = exportDocument();
  saveFile(name, new Blob([text], { type: 'application/json' }));
  notify('success', `Saved ${name}.`);
}

/** Graphs are opened, the last one stays on the screen; anything else becomes a source of the graph that is there then. */
export async function takeFiles(files: readonly File[], at: Position): Promise<void> {
  const kinds = await Promise.all(files.map(async (file) => ({ file, isGraph: await isGraph(file) })));
  for (const { file } of kinds.filter((each) => each.isGraph)) await importFile(file);
  const data = kinds.filter((each) => !each.isGraph);
  for (const [i, { file }] of data.entries()) await takeData(file, { x: at.x, y: at.y + i * FILE_STEP });
}

/** A JSON file is a graph when it says so; else it holds rows. */
async function isGraph(file: File): Promise<boolean> {
  const head = /\.json$/i.test(file.name)
    ? await file
        .slice(0, 4096)
        .text()
        .catch(() => '')
    : '';
  return /^\s*\{/.test(head) && /"(\$schema|nodes|dialect)"/.test(head);
}

async function takeData(file: File, at: Position): Promise<void> {
  const reason = await addFileSource(file, at);
  if (reason !== null) notify('error', `${file.name} cannot be read.`, reason);
}

function chooseFile(accept: string, onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) onFile(file);
  });
  input.click();
}
