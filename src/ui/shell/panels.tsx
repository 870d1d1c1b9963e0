import { PanelRightOpen } from 'lucide-react';
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { Inspector } from '../inspector/inspector.tsx';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import { TimeDeck } from '../timeline/time-deck.tsx';
import styles from './app.module.css';
import { boundDeck, boundInspector, DECK_PX, INSPECTOR_PX, maxDeckPx, usePanels } from './panel-store.ts';
import { PhoneTabs } from './phone-tabs.tsx';
import { ResizeEdge } from './resize-edge.tsx';

interface PanelsProps {
  readonly top: ReactElement;
  readonly palette: ReactElement;
  readonly canvas: ReactElement;
  readonly children: ReactNode;
}

/**
 * Places the panels. Inspector and deck resize by their edge and fold away; canvas and deck can fill the window. Where only
 * one of them has room, tabs say which stands below the graph.
 */
export function Panels({ top, palette, canvas, children }: PanelsProps): ReactElement {
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
        <Inspector onFold={() => (isPhone ? showTab('graph') : change({ isInspectorFolded: true }))} />
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
        <TimeDeck />
      </section>
      {isInspectorFolded && filled === null && !isPhone && (
        <div className={styles['unfold']}>
          <Tooltip text="Show the inspector (I)" side="left">
            <Button isIcon aria-label="Show the inspector" onClick={() => change({ isInspectorFolded: false })}>
              <PanelRightOpen size={16} aria-hidden />
            </Button>
          </Tooltip>
        </div>
      )}
      {isPhone && <PhoneTabs />}
      {children}
    </div>
  );
}
