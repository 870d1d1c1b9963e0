import { Tooltip as TooltipRoot } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useGraphView } from '../list/graph-view.ts';
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

const GraphList = lazy(async () => ({ default: (await import('../list/graph-list.tsx')).GraphList }));
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
        <GraphArea>
          <Canvas onTemplates={() => useDialogs.getState().show('templates')} onFiles={takeFiles} />
        </GraphArea>
      }
    >
      <DialogsOnDemand />
      <Suspense fallback={null}>
        <Messages />
      </Suspense>
    </Panels>
  );
}

/** The graph's picture; or the list of its nodes, over it. */
function GraphArea({ children }: { children: ReactNode }): ReactElement {
  const isList = useGraphView((state) => state.isList);
  return (
    <div className={styles['canvas']} data-list={isList ? '' : undefined}>
      <Suspense fallback={null}>
        {children}
        {isList && <GraphList />}
      </Suspense>
    </div>
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
