import { later } from '../../theme/later.ts';
import { openPalette } from '../command-palette/palette-scope.ts';
import { useDialogs } from '../dialog-store.ts';
import type { Command } from './command.ts';

export const HELP_COMMANDS: readonly Command[] = [
  {
    id: 'help.tour',
    title: 'Take the tour',
    group: 'Help',
    keys: [],
    also: 'introduction first steps guide learn resume',
    run: () =>
      later(
        () => import('../../tour/tour-store.ts'),
        ({ beginTour }) => beginTour(),
      ),
  },
  {
    id: 'help.commands',
    title: 'Search commands',
    group: 'Help',
    keys: ['Mod+K'],
    worksInFields: true,
    also: 'palette go to find anything',
    run: () => openPalette({ kind: 'all' }),
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Help',
    keys: ['?'],
    also: 'keys sheet mouse gestures',
    run: () => useDialogs.getState().show('shortcuts'),
  },
];
