import { Tooltip as TooltipRoot } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import styles from './app.module.css';
import { useDialogs } from './dialog-store.ts';
import { takeFiles, useImports } from './file-actions.ts';
import { Palette } from './palette.tsx';
import { Panels } from './panels.tsx';
import { TopBar } from './top-bar.tsx';
import { useClipboard } from './use-clipboard.ts';
import { useShortcuts } from './use-shortcuts.ts';

// The frame is there at once; the canvas, a third of the page's code, right after it.
const Canvas = lazy(async () => ({ default: (await import('../canvas/canvas.tsx')).Canvas }));
const Messages = lazy(async () => ({ default: (await import('./messages.tsx')).Messages }));

const Dialogs = lazy(async () => ({ default: (await import('./dialogs.tsx')).Dialogs }));

const TOOLTIP_DELAY_MS = 450;

export function App(): ReactElement {
  return (
    <TooltipRoot.Provider delayDuration={TOOLTIP_DELAY_MS}>
      <Workbench />
    </TooltipRoot.Provider>
  );
}

function Workbench(): ReactElement {
  useShortcuts();
  useClipboard();

  return (
    <Panels
      top={<TopBar />}
      palette={<Palette />}
      canvas={
        <div className={styles['canvas']}>
          <Suspense fallback={null}>
            <Canvas onTemplates={() => useDialogs.getState().show('templates')} onFiles={takeFiles} />
          </Suspense>
        </div>
      }
    >
      <DialogsOnDemand />
      <Suspense fallback={null}>
        <Messages />
      </Suspense>
    </Panels>
  );
}

/** Stays once it is there, so that a dialog can close in its own time. */
function DialogsOnDemand(): ReactElement | null {
  const [isWanted, setWanted] = useState(false);
  const isOpen = useDialogs((state) => state.open !== null);
  const isRefused = useImports((state) => state.refused !== null);
  if ((isOpen || isRefused) && !isWanted) setWanted(true);
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <Dialogs />
    </Suspense>
  );
}
