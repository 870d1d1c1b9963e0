import { useTheme } from '../../theme/theme-store.ts';
import { usePanels } from '../panel-store.ts';
import type { Command } from './command.ts';

export const VIEW_COMMANDS: readonly Command[] = [
  {
    id: 'view.inspector',
    title: 'Show or hide the inspector',
    group: 'View',
    keys: ['I'],
    also: 'panel fold',
    run: () => usePanels.getState().change({ isInspectorFolded: !usePanels.getState().isInspectorFolded }),
  },
  {
    id: 'view.deck',
    title: 'Show or hide the time deck',
    group: 'View',
    keys: ['J'],
    also: 'panel fold charts results drops ledger problems',
    run: () => usePanels.getState().change({ isDeckFolded: !usePanels.getState().isDeckFolded }),
  },
  {
    id: 'view.theme',
    title: 'Light or dark theme',
    group: 'View',
    keys: [],
    also: 'colours',
    run: () => useTheme.getState().toggle(),
  },
];
