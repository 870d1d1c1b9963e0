import { useCallback, useMemo, useState } from 'react';
import { exportDocument, importDocument } from '../../app/document-files.ts';
import type { Position } from '../../app/document-store.ts';
import { addFileSource } from '../../app/document-file-source.ts';
import { notify } from '../theme/notify.ts';
import type { RefusedImport } from './import-dialog.tsx';

/** From one dropped file's node to the next, canvas pixels. */
const FILE_STEP = 144;

interface FileActions {
  readonly refused: RefusedImport | null;
  readonly forgetRefusal: () => void;
  readonly chooseImport: () => void;
  readonly exportGraph: () => void;
  /** Graphs are opened, anything else becomes a source. */
  readonly takeFiles: (files: readonly File[], at: Position) => void;
}

/** Files coming in and going out. */
export function useFiles(): FileActions {
  const [refused, setRefused] = useState<RefusedImport | null>(null);

  const importFile = useCallback(async (file: File): Promise<void> => {
    const report = await importDocument(file);
    if (report.ok) notify('success', `Opened ${file.name}.`);
    else setRefused({ fileName: file.name, problems: report.problems });
  }, []);

  return useMemo(
    () => ({
      refused,
      forgetRefusal: () => setRefused(null),
      chooseImport: () => chooseFile('.json,application/json', (file) => void importFile(file)),
      exportGraph: () => {
        const { name, text } = exportDocument();
        download(new Blob([text], { type: 'application/json' }), name);
        notify('success', `Saved ${name}.`);
      },
      takeFiles: (files, at) => {
        files.forEach((file, i) => void takeFile(file, { x: at.x, y: at.y + i * FILE_STEP }, importFile));
      },
    }),
    [refused, importFile],
  );
}

/** A JSON file is a graph when it says so; else it holds rows. */
async function takeFile(file: File, at: Position, importFile: (file: File) => Promise<void>): Promise<void> {
  const head = /\.json$/i.test(file.name) ? await file.slice(0, 4096).text() : '';
  if (/^\s*\{/.test(head) && /"(\$schema|nodes|dialect)"/.test(head)) await importFile(file);
  else {
    const reason = await addFileSource(file, at);
    if (reason !== null) notify('error', `${file.name} cannot be read.`, reason);
  }
}

export function chooseFile(accept: string, onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) onFile(file);
  });
  input.click();
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
