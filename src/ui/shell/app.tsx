import { Suspense } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { Position } from '../../app/document-store.ts';
import { useGraphView } from '../list/graph-view.ts';
import { later } from '../theme/later.ts';
import { lazyLater } from '../theme/lazy-later.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import styles from './app.module.css';
import { useDialogs } from './dialog-store.ts';
import { keepEarlyKeys } from './early-keys.ts';
import { EmptyBar } from './empty-bar.tsx';
import { Panels } from './panels.tsx';

// The frame is there at once, the canvas right after it; what stands around the graph comes when its nodes can be dragged.
const Canvas = lazyPart(async () => (await import('../canvas/canvas.tsx')).Canvas);
const GraphList = lazyLater(async () => (await import('../list/graph-list.tsx')).GraphList);
const ThroughBanner = lazyLater(async () => (await import('../consumers/through-banner.tsx')).ThroughBanner);
const TopBar = lazyLater(async () => (await import('./top-bar.tsx')).TopBar);
const Palette = lazyLater(async () => (await import('./palette.tsx')).Palette);
const Inspector = lazyLater(async () => (await import('../inspector/inspector.tsx')).Inspector);
const TimeDeck = lazyLater(async () => (await import('../timeline/time-deck.tsx')).TimeDeck);
const DocumentBanner = lazyLater(async () => (await import('./document-banner.tsx')).DocumentBanner);
const Background = lazyLater(async () => (await import('./background.tsx')).Background);

keepEarlyKeys();

export function App(): ReactElement {
  return (
    <Panels
      top={
        <div className={styles['top']}>
          <Suspense fallback={<EmptyBar />}>
            <TopBar />
          </Suspense>
          <Suspense fallback={null}>
            <ThroughBanner />
          </Suspense>
        </div>
      }
      palette={
        <Suspense fallback={null}>
          <Palette />
        </Suspense>
      }
      canvas={
        <GraphArea>
          <Canvas onTemplates={() => useDialogs.getState().show('templates')} onFiles={takeFiles} />
        </GraphArea>
      }
      inspector={(onFold) => (
        <Suspense fallback={null}>
          <Inspector onFold={onFold} />
        </Suspense>
      )}
      deck={
        <Suspense fallback={null}>
          <TimeDeck />
        </Suspense>
      }
    >
      <Suspense fallback={null}>
        <Background />
      </Suspense>
    </Panels>
  );
}

/** The graph's picture; or the list of its nodes, over it. */
function GraphArea({ children }: { children: ReactNode }): ReactElement {
  const isList = useGraphView((state) => state.isList);
  return (
    <div className={styles['canvas']} data-list={isList ? '' : undefined}>
      <Suspense fallback={null}>{children}</Suspense>
      <Suspense fallback={null}>{isList && <GraphList />}</Suspense>
      <Suspense fallback={null}>
        <DocumentBanner />
      </Suspense>
    </div>
  );
}

function takeFiles(files: readonly File[], at: Position): void {
  later(
    () => import('./file-actions.ts'),
    (actions) => actions.takeFiles(files, at),
  );
}
