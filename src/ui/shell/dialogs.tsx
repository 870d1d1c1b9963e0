import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { lazyPart } from '../theme/lazy-part.tsx';
import { CommandPalette } from './command-palette/command-palette.tsx';
import { useDialogs } from './dialog-store.ts';
import { DocumentsDialog } from './documents-dialog.tsx';
import { chooseImport, forgetRefusal, useImports } from './file-actions.ts';
import { GalleryDialog } from './gallery-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { ResultsDialog } from './results-dialog.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';

const CompareDialog = lazyPart(async () => (await import('../comparing/compare-dialog.tsx')).CompareDialog);

/** Every dialog there is; comes with the first one that opens. */
export function Dialogs(): ReactElement {
  const open = useDialogs((state) => state.open);
  const { close } = useDialogs.getState();
  const refused = useImports((state) => state.refused);
  return (
    <>
      <GalleryDialog isOpen={open === 'templates'} onClose={close} />
      <ResultsDialog isOpen={open === 'results'} onClose={close} />
      <CommandPalette isOpen={open === 'commands'} onClose={close} />
      <ShortcutSheet isOpen={open === 'shortcuts'} onClose={close} />
      <DocumentsDialog isOpen={open === 'documents'} onClose={close} />
      <ShareDialog isOpen={open === 'share'} onClose={close} />
      {open === 'dialects' && (
        <Suspense fallback={null}>
          <CompareDialog onClose={close} />
        </Suspense>
      )}
      <ImportDialog
        refused={refused}
        onClose={forgetRefusal}
        onChooseOther={() => {
          forgetRefusal();
          chooseImport();
        }}
      />
    </>
  );
}
