import { Suspense } from 'react';
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { lazyLater } from '../theme/lazy-later.ts';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import styles from './app.module.css';
import { boundDeck, boundInspector, DECK_PX, INSPECTOR_PX, maxDeckPx, usePanels } from './panel-store.ts';
import { PhoneTabs } from './phone-tabs.tsx';
import { ResizeEdge } from './resize-edge.tsx';

const UnfoldButton = lazyLater(async () => (await import('./unfold-button.tsx')).UnfoldButton);

interface PanelsProps {
  readonly top: ReactElement;
  readonly palette: ReactElement;
  readonly canvas: ReactElement;
  readonly inspector: (onFold: () => void) => ReactElement;
  readonly deck: ReactElement;
  readonly children: ReactNode;
}

/**
 * Places the panels. Inspector and deck resize by their edge and fold away; canvas and deck can fill the window. Where only
 * one of them has room, tabs say which stands below the graph.
 */
export function Panels({ top, palette, canvas, inspector, deck, children }: PanelsProps): ReactElement {
  const { inspectorPx, deckPx, isInspectorFolded, isDeckFolded, filled, tab, change, showTab } = usePanels();
  const isPhone = useMedia(PHONE);
  // A window that became smaller takes less of each; what was chosen comes back with it.
  const sizes = {
    ...(inspectorPx === null ? {} : { '--inspector': `min(${String(inspectorPx)}px, 50vw)` }),
    ...(deckPx === null ? {} : { '--deck': `min(${String(deckPx)}px, 70vh)` }),
  } as CSSProperties;
  return (
    <div
      className={styles['app']}
      style={sizes}
      data-inspector-folded={isInspectorFolded && !isPhone ? '' : undefined}
      data-deck-folded={isDeckFolded && !isPhone ? '' : undefined}
      data-filled={filled ?? undefined}
      data-tab={isPhone ? tab : undefined}
    >
      {top}
      <div className={styles['palette']}>{palette}</div>
      {canvas}
      <aside className={styles['inspector']} aria-label="Inspector">
        <ResizeEdge
          label="Width of the inspector"
          orientation="vertical"
          minPx={INSPECTOR_PX.min}
          maxPx={() => INSPECTOR_PX.max}
          onResize={(px) => change({ inspectorPx: boundInspector(px) })}
          onReset={() => change({ inspectorPx: null })}
        />
        {inspector(() => (isPhone ? showTab('graph') : change({ isInspectorFolded: true })))}
      </aside>
      <section className={styles['deck']} aria-label="Time deck">
        <ResizeEdge
          label="Height of the time deck"
          orientation="horizontal"
          minPx={DECK_PX.min}
          maxPx={maxDeckPx}
          onResize={(px) => change({ deckPx: boundDeck(px), isDeckFolded: false })}
          onReset={() => change({ deckPx: null, isDeckFolded: false })}
        />
        {deck}
      </section>
      {isInspectorFolded && filled === null && !isPhone && (
        <div className={styles['unfold']}>
          <Suspense fallback={null}>
            <UnfoldButton onUnfold={() => change({ isInspectorFolded: false })} />
          </Suspense>
        </div>
      )}
      {isPhone && <PhoneTabs />}
      {children}
    </div>
  );
}
