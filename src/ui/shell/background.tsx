import { Suspense, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useDialogs } from './dialog-store.ts';
import { useImports } from './file-actions.ts';
import { Messages } from './messages.tsx';
import { useContextMenu } from '../canvas/context-menu-store.ts';
import { useContextMenuOfGraph } from '../canvas/use-context-menu.ts';
import { useClipboard } from './use-clipboard.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useStrayFiles } from './use-stray-files.ts';
import { lazyPart } from '../theme/lazy-part.tsx';

const loadDialogs = async () => (await import('./dialogs.tsx')).Dialogs;
const Dialogs = lazyPart(loadDialogs);
const loadMenu = async () => (await import('../canvas/context-menu.tsx')).ContextMenu;
const ContextMenu = lazyPart(loadMenu);
const EditNews = lazyPart(async () => (await import('../timeline/edit-news.tsx')).EditNews);
const EngineNews = lazyPart(async () => (await import('../timeline/engine-news.tsx')).EngineNews);
const Tour = lazyPart(async () => (await import('../tour/tour.tsx')).Tour);

/** What has no place of its own on the screen: keys, the clipboard, dialogs, messages. */
export function Background(): ReactElement {
  useShortcuts();
  useClipboard();
  useContextMenuOfGraph();
  useStrayFiles();
  useFetchedAhead();
  const menu = useContextMenu((state) => state.place);
  return (
    <>
      <DialogsOnDemand />
      <Messages />
      <Suspense fallback={null}>
        {menu !== null && <ContextMenu key={`${menu.at.x} ${menu.at.y}`} place={menu} />}
        <Tour />
        <EditNews />
        <EngineNews />
      </Suspense>
    </>
  );
}

/** By then the page is at rest. */
const AT_REST_MS = 2_000;

/** Fetches ahead what comes up by a key or a click: who goes on at once is not to wait, nor to be met by it later. */
function useFetchedAhead(): void {
  useEffect(() => {
    // One that does not come is asked for again when it is wanted.
    const timer = setTimeout(() => void Promise.allSettled([loadDialogs(), loadMenu()]), AT_REST_MS);
    return () => clearTimeout(timer);
  }, []);
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
