import { ExternalLink } from 'lucide-react';
import { Tooltip as TooltipRoot } from 'radix-ui';
import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { BrandMark } from '../theme/brand-mark.tsx';
import { Hint } from '../theme/hint.tsx';
import { lazyPart } from '../theme/lazy-part.tsx';
import { Clocks } from '../timeline/clocks.tsx';
import { RunControls } from '../timeline/run-controls.tsx';
import styles from './embed.module.css';
import { useEmbed } from './open-embed.ts';

const Canvas = lazyPart(async () => (await import('../canvas/canvas.tsx')).Canvas);
const Inspector = lazyPart(async () => (await import('../inspector/inspector.tsx')).Inspector);

const TOOLTIP_DELAY_MS = 450;
const nothing = (): void => undefined;

/** A graph in a frame of another page: it can be run and looked at. */
export function EmbedApp(): ReactElement {
  const name = useDocumentStore((state) => state.document.name);
  const problems = useEmbed((state) => state.problems);
  return (
    <TooltipRoot.Provider delayDuration={TOOLTIP_DELAY_MS}>
      <div className={styles['embed']}>
        <header className={styles['bar']}>
          <BrandMark />
          <h1>{name}</h1>
          <RunControls hasAllSteps={false} />
          <Clocks />
          <a className={styles['out']} href={wholeAddress()} target="_blank" rel="noopener">
            Open in Tidemark
            <ExternalLink size={14} aria-hidden />
          </a>
        </header>
        <div className={styles['canvas']}>
          {problems.length === 0 ? (
            <Suspense fallback={null}>
              <Canvas onTemplates={nothing} onFiles={nothing} />
            </Suspense>
          ) : (
            <ul className={styles['problems']} aria-label="Problems">
              {problems.map(({ message, fix }, i) => (
                <li key={i}>
                  <Hint tone="error">
                    <p>
                      <b>{message}</b>
                    </p>
                    <p>{fix}</p>
                  </Hint>
                </li>
              ))}
            </ul>
          )}
        </div>
        <SelectedNode />
      </div>
    </TooltipRoot.Provider>
  );
}

/** Its settings and rows, to be read. */
function SelectedNode(): ReactElement | null {
  const isSelected = useDocumentStore((state) => state.selection.nodeIds.length === 1);
  if (!isSelected) return null;
  return (
    <aside className={styles['sheet']} aria-label="Inspector">
      <Suspense fallback={null}>
        <Inspector onFold={() => useDocumentStore.getState().select({ nodeIds: [], edgeKeys: [] })} />
      </Suspense>
    </aside>
  );
}

/** The same graph in the whole workbench. */
function wholeAddress(): string {
  const url = new URL(location.href);
  url.search = '';
  return url.href;
}
