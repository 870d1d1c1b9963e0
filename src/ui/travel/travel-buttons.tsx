import { CircleDot, Flag, Navigation } from 'lucide-react';
import { Suspense } from 'react';
import type { ReactElement } from 'react';
import { useMarks } from '../../app/travel/marks-store.ts';
import { withKeys } from '../shell/commands/with-keys.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import { TravelPopover } from './travel-popover.tsx';
import styles from './travel-panels.module.css';

const GoToPanel = lazyPart(async () => (await import('./go-to-panel.tsx')).GoToPanel);
const BookmarkPanel = lazyPart(async () => (await import('./bookmark-panel.tsx')).BookmarkPanel);
const BreakpointPanel = lazyPart(async () => (await import('./breakpoint-panel.tsx')).BreakpointPanel);

/** To go somewhere, and what is marked in the run. */
export function TravelButtons(): ReactElement {
  const bookmarks = useMarks((state) => state.bookmarks.length);
  const isOn = useMarks((state) => state.breakpoints.some((each) => each.isOn));
  const breakpoints = useMarks((state) => state.breakpoints.length);
  return (
    <div className={styles['buttons']} role="group" aria-label="Places in the run">
      <TravelPopover
        panel="go-to"
        label="Go to…"
        hint={withKeys('Go to…', 'travel.go-to')}
        icon={<Navigation size={15} aria-hidden />}
      >
        <Suspense fallback={null}>
          <GoToPanel />
        </Suspense>
      </TravelPopover>
      <TravelPopover
        panel="bookmarks"
        label={counted('Bookmarks', bookmarks)}
        hint={withKeys('Bookmarks', 'travel.bookmarks')}
        icon={<Flag size={15} aria-hidden />}
      >
        <Suspense fallback={null}>
          <BookmarkPanel />
        </Suspense>
      </TravelPopover>
      <TravelPopover
        panel="breakpoints"
        label={counted('Breakpoints', breakpoints)}
        hint={withKeys('Breakpoints', 'travel.breakpoints')}
        icon={<CircleDot size={15} className={isOn ? styles['on'] : ''} aria-hidden />}
      >
        <Suspense fallback={null}>
          <BreakpointPanel />
        </Suspense>
      </TravelPopover>
    </div>
  );
}

function counted(title: string, count: number): string {
  return count === 0 ? title : `${title}, ${String(count)}`;
}
