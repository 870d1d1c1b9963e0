import { ChevronDown, ChevronUp, Download, Maximize2, Minimize2, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useRef } from 'react';
import type { ReactElement } from 'react';
import { isChangelog, resultOf, useAnalysis } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { lookedAt } from '../../app/looked-at.ts';
import { useRunStore } from '../../app/run-store.ts';
import { withKeys } from '../shell/commands/with-keys.ts';
import { useDialogs } from '../shell/dialog-store.ts';
import { usePanels } from '../shell/panel-store.ts';
import { Button } from '../theme/button.tsx';
import { Segments } from '../theme/segments.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { useFits } from '../theme/use-fits.ts';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import { DeckBody } from './deck-body.tsx';
import type { DeckView } from './deck-view-store.ts';
import { isBesidePlane, useDeckView, VIEWS_OF_TAB } from './deck-view-store.ts';
import { Legend } from './legend.tsx';
import { RunBar } from './run-bar.tsx';
import { useAllProblems } from './use-all-problems.ts';
import styles from './time-deck.module.css';

/** From this width on the plane has room beside another view. */
const ROOM_FOR_BOTH_REM = 53;

/** What the run shows over time, of the node that is selected. */
export function TimeDeck(): ReactElement {
  const deck = useRef<HTMLDivElement>(null);
  const hasRoom = useFits(deck, { widthRem: ROOM_FOR_BOTH_REM });
  const offered = useOfferedViews(hasRoom);
  const view = useShownView(offered);
  const { show } = useDeckView.getState();
  const problems = useAllProblems();
  const isPlaneFolded = usePanels((state) => state.isPlaneFolded);
  const options = [
    { value: 'plane', label: 'Plane' },
    { value: 'charts', label: 'Charts' },
    { value: 'results', label: 'Results' },
    { value: 'drops', label: 'Drops' },
    { value: 'ledger', label: 'Ledger' },
    { value: 'branches', label: 'What if' },
    { value: 'consumers', label: 'Consumers' },
    { value: 'problems', label: problems.length === 0 ? 'Problems' : `Problems ${String(problems.length)}` },
  ] as const;
  const shown = options.filter(({ value }) => offered.includes(value));
  return (
    <div className={styles['deck']} ref={deck}>
      <header className={styles['head']}>
        <h2>Time</h2>
        {hasRoom && <PlaneButton isOffered={isBesidePlane(view)} />}
        {!(hasRoom && !isPlaneFolded && isBesidePlane(view)) && view !== 'plane' && <Legend />}
        <span className={styles['tabs']}>
          {shown.length > 1 && <Segments label="Time deck" value={view} options={shown} onChange={show} />}
        </span>
        <WatchedName />
        {view === 'results' && <SaveResultsButton />}
        <DeckButtons />
      </header>
      <DeckBody view={view} hasRoom={hasRoom} />
      <RunBar onShow={show} />
    </div>
  );
}

const ALL_VIEWS: readonly DeckView[] = ['charts', 'results', 'drops', 'ledger', 'branches', 'consumers', 'problems'];

function useOfferedViews(hasRoom: boolean): readonly DeckView[] {
  const isPhone = useMedia(PHONE);
  const tab = usePanels((state) => state.tab);
  if (isPhone) return VIEWS_OF_TAB[tab];
  return hasRoom ? ALL_VIEWS : ['plane', ...ALL_VIEWS];
}

function useShownView(offered: readonly DeckView[]): DeckView {
  const chosen = useDeckView((state) => state.view);
  const isTable = useIsTable();
  const wanted = chosen ?? (isTable ? 'results' : (offered[0] ?? 'charts'));
  return offered.includes(wanted) ? wanted : (offered[0] ?? 'charts');
}

/** Shows the plane beside the other views, or folds it away. */
function PlaneButton({ isOffered }: { isOffered: boolean }): ReactElement {
  const { isPlaneFolded, change } = usePanels();
  return (
    <Tooltip text={withKeys(isPlaneFolded ? 'Show the plane' : 'Fold the plane away', 'view.plane')} side="top">
      <Button
        look="quiet"
        isIcon
        isSmall
        aria-label="Plane of event time and processing time"
        aria-pressed={!isPlaneFolded}
        disabled={!isOffered}
        onClick={() => change({ isPlaneFolded: !isPlaneFolded })}
      >
        {isPlaneFolded ? <PanelLeftOpen size={14} aria-hidden /> : <PanelLeftClose size={14} aria-hidden />}
      </Button>
    </Tooltip>
  );
}

/** Folds the deck away, or gives it the whole window. */
function DeckButtons(): ReactElement {
  const { isDeckFolded, filled, change, fill } = usePanels();
  const isFilled = filled === 'deck' || filled === 'plane';
  const FoldIcon = isDeckFolded ? ChevronUp : ChevronDown;
  const FillIcon = isFilled ? Minimize2 : Maximize2;
  const fillText = isFilled ? 'Back to all panels' : 'Fill the window';
  return (
    <span className={styles['buttons']}>
      {!isFilled && (
        <Tooltip text={withKeys(isDeckFolded ? 'Unfold' : 'Fold away', 'view.deck')} side="top">
          <Button
            look="quiet"
            isIcon
            isSmall
            aria-label={isDeckFolded ? 'Unfold the time deck' : 'Fold the time deck'}
            onClick={() => change({ isDeckFolded: !isDeckFolded })}
          >
            <FoldIcon size={14} aria-hidden />
          </Button>
        </Tooltip>
      )}
      <Tooltip text={withKeys(fillText, 'view.fill-deck')} side="top">
        <Button
          look="quiet"
          isIcon
          isSmall
          aria-label={`${fillText}: time deck`}
          onClick={() => fill(filled === 'plane' ? 'plane' : 'deck')}
        >
          <FillIcon size={14} aria-hidden />
        </Button>
      </Tooltip>
    </span>
  );
}

/** Whether the watched rows are a changelog over no windows: a table says more of it than charts over event time. */
function useIsTable(): boolean {
  const watched = useRunStore((state) => state.watched);
  return useAnalysis(({ streams }) => {
    const own = watched === null ? undefined : streams.get(watched);
    return isChangelog(own) && resultOf(own)?.windowed === undefined;
  });
}

function SaveResultsButton(): ReactElement {
  const hasBegun = useRunStore((state) => lookedAt(state).seq > 0);
  return (
    <Button
      look="quiet"
      isIcon
      isSmall
      aria-label="Save results"
      title="Save results…"
      disabled={!hasBegun}
      onClick={() => useDialogs.getState().show('results')}
    >
      <Download size={14} aria-hidden />
    </Button>
  );
}

function WatchedName(): ReactElement | null {
  const watched = useRunStore((state) => state.watched);
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === watched));
  if (node === undefined) return null;
  return (
    <span
      className={styles['watched']}
      title="Charts, results and drops are about this node. Select another on the canvas."
    >
      {displayName(node)}
    </span>
  );
}
