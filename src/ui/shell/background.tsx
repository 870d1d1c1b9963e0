import { Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { useDialogs } from './dialog-store.ts';
import { useImports } from './file-actions.ts';
import { Messages } from './messages.tsx';
import { useClipboard } from './use-clipboard.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { lazyPart } from '../theme/lazy-part.tsx';

const Dialogs = lazyPart(async () => (await import('./dialogs.tsx')).Dialogs);
const Tour = lazyPart(async () => (await import('../tour/tour.tsx')).Tour);

/** What has no place of its own on the screen: keys, the clipboard, dialogs, messages. */
export function Background(): ReactElement {
  useShortcuts();
  useClipboard();
  return (
    <>
      <DialogsOnDemand />
      <Messages />
      <Suspense fallback={null}>
        <Tour />
      </Suspense>
    </>
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
