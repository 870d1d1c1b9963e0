import { PanelRightOpen } from 'lucide-react';
import { Tooltip as TooltipRoot } from 'radix-ui';
import { lazy, Suspense, useRef, useState } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { Inspector } from '../inspector/inspector.tsx';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { TimeDeck } from '../timeline/time-deck.tsx';
import styles from './app.module.css';
import { useDialogs } from './dialog-store.ts';
import { takeFiles, useImports } from './file-actions.ts';
import { Palette } from './palette.tsx';
import { boundDeck, boundInspector, usePanels } from './panel-store.ts';
import { ResizeEdge } from './resize-edge.tsx';
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

interface PanelsProps {
  readonly top: ReactElement;
  readonly palette: ReactElement;
  readonly canvas: ReactElement;
  readonly children: readonly ReactElement[];
}

/** Places the panels; inspector and deck resize by their edge and fold away. */
function Panels({ top, palette, canvas, children }: PanelsProps): ReactElement {
  const { inspectorPx, deckPx, isInspectorFolded, isDeckFolded, change } = usePanels();
  const inspector = useRef<HTMLElement>(null);
  const deck = useRef<HTMLElement>(null);
  const sizes = {
    ...(inspectorPx === null ? {} : { '--inspector': `${boundInspector(inspectorPx)}px` }),
    ...(deckPx === null ? {} : { '--deck': `${boundDeck(deckPx)}px` }),
  } as CSSProperties;
  return (
    <div
      className={styles['app']}
      style={sizes}
      data-inspector-folded={isInspectorFolded ? '' : undefined}
      data-deck-folded={isDeckFolded ? '' : undefined}
    >
      {top}
      <div className={styles['palette']}>{palette}</div>
      {canvas}
      <aside ref={inspector} className={styles['inspector']} aria-label="Inspector">
        <ResizeEdge
          label="Width of the inspector"
          orientation="vertical"
          currentPx={() => inspector.current?.offsetWidth ?? 0}
          onResize={(px) => change({ inspectorPx: boundInspector(px) })}
          onReset={() => change({ inspectorPx: null })}
        />
        <Inspector onFold={() => change({ isInspectorFolded: true })} />
      </aside>
      <section ref={deck} className={styles['deck']} aria-label="Time deck">
        <ResizeEdge
          label="Height of the time deck"
          orientation="horizontal"
          currentPx={() => deck.current?.offsetHeight ?? 0}
          onResize={(px) => change({ deckPx: boundDeck(px), isDeckFolded: false })}
          onReset={() => change({ deckPx: null, isDeckFolded: false })}
        />
        <TimeDeck />
      </section>
      {isInspectorFolded && (
        <div className={styles['unfold']}>
          <Tooltip text="Show the inspector (I)" side="left">
            <Button isIcon aria-label="Show the inspector" onClick={() => change({ isInspectorFolded: false })}>
              <PanelRightOpen size={16} aria-hidden />
            </Button>
          </Tooltip>
        </div>
      )}
      {children}
    </div>
  );
}
