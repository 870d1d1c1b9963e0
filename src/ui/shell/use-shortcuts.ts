import { useEffect } from 'react';
import type { Command } from './commands/command.ts';
import { COMMANDS } from './commands/commands.ts';
import { matchesKeys, parseKeys } from './commands/keys.ts';
import { settleDrafts } from '../inspector/drafts-store.ts';
import { useDialogs } from './dialog-store.ts';
import { takeEarlyKeys } from './early-keys.ts';
import { isModalOpen, isPressing, isTyping } from './keyboard-target.ts';

const BOUND = COMMANDS.filter(({ isNative }) => isNative !== true).flatMap((command) =>
  command.keys.map((keys) => ({ keys: parseKeys(keys), command })),
);

function commandOf(event: KeyboardEvent): Command | undefined {
  return BOUND.find(({ keys }) => matchesKeys(keys, event))?.command;
}

function obey(event: KeyboardEvent): void {
  // A dialog that is on its way has its keys, too.
  if (isPressing(event) || isModalOpen() || useDialogs.getState().open !== null) return;
  const command = commandOf(event);
  if (command === undefined || (isTyping(event.target) && command.worksInFields !== true)) return;
  event.preventDefault();
  if (isTyping(event.target)) settleDrafts();
  if (command.isEnabled?.() !== false) command.run();
}

/** Calls commands by their keys. Keys that a text field needs, and all of an open menu and a dialog, are theirs. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented) obey(event);
    };
    // Before React Flow, which takes every arrow for a step of the selected node, and Ctrl+Enter for letting go of it.
    const onEarly = (event: KeyboardEvent): void => {
      const isRun = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isTyping(event.target);
      if (!event.altKey && !isRun) return;
      onKey(event);
      if (event.defaultPrevented) event.stopPropagation();
    };
    window.addEventListener('keydown', onEarly, { capture: true });
    window.addEventListener('keydown', onKey);
    // Before what is unsaved is put down.
    window.addEventListener('pagehide', settleDrafts, { capture: true });
    takeEarlyKeys().forEach(obey);
    return () => {
      window.removeEventListener('keydown', onEarly, { capture: true });
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('pagehide', settleDrafts, { capture: true });
    };
  }, []);
}
