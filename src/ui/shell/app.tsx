import { PanelRightOpen } from 'lucide-react';
import { Tooltip as TooltipRoot } from 'radix-ui';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { Inspector } from '../inspector/inspector.tsx';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { TimeDeck } from '../timeline/time-deck.tsx';
import styles from './app.module.css';
import { GalleryDialog } from './gallery-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { Palette } from './palette.tsx';
import { boundDeck, boundInspector, usePanels } from './panel-store.ts';
import { ResizeEdge } from './resize-edge.tsx';
import type { ShellActions } from './shell-actions.ts';
import { TopBar } from './top-bar.tsx';
import { useClipboard } from './use-clipboard.ts';
import { useFiles } from './use-files.ts';
import { useShortcuts } from './use-shortcuts.ts';

// The frame is there at once; the canvas, a third of the page's code, right after it.
const Canvas = lazy(async () => ({ default: (await import('../canvas/canvas.tsx')).Canvas }));
const Messages = lazy(async () => ({ default: (await import('./messages.tsx')).Messages }));

const TOOLTIP_DELAY_MS = 450;

export function App(): ReactElement {
  return (
    <TooltipRoot.Provider delayDuration={TOOLTIP_DELAY_MS}>
      <Workbench />
    </TooltipRoot.Provider>
  );
}

function Workbench(): ReactElement {
  const [isGalleryOpen, setGalleryOpen] = useState(false);
  const searchBox = useRef<HTMLInputElement>(null);
  const { refused, forgetRefusal, chooseImport, exportGraph, takeFiles } = useFiles();
  const actions = useMemo<ShellActions>(
    () => ({ openTemplates: () => setGalleryOpen(true), chooseImport, exportGraph }),
    [chooseImport, exportGraph],
  );
  useShortcuts(actions, searchBox);
  useClipboard();

  return (
    <Panels
      top={<TopBar actions={actions} />}
      palette={<Palette searchBox={searchBox} />}
      canvas={
        <div className={styles['canvas']}>
          <Suspense fallback={null}>
            <Canvas onTemplates={actions.openTemplates} onFiles={takeFiles} />
          </Suspense>
        </div>
      }
    >
      <GalleryDialog isOpen={isGalleryOpen} onClose={() => setGalleryOpen(false)} />
      <ImportDialog
        refused={refused}
        onClose={forgetRefusal}
        onChooseOther={() => {
          forgetRefusal();
          chooseImport();
        }}
      />
      <Suspense fallback={null}>
        <Messages />
      </Suspense>
    </Panels>
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
