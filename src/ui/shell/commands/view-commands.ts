import { useCanvasView } from '../../canvas/canvas-view.ts';
import { useGraphView } from '../../list/graph-view.ts';
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
    id: 'view.list',
    title: 'The graph as a list, or as a picture',
    group: 'View',
    keys: ['L'],
    also: 'table outline tree accessible screen reader nodes',
    run: () => useGraphView.getState().toggle(),
  },
  {
    id: 'view.fill-canvas',
    title: 'The graph fills the window, or not',
    group: 'View',
    keys: ['Shift+F'],
    also: 'full screen maximise canvas',
    run: () => usePanels.getState().fill('canvas'),
  },
  {
    id: 'view.fill-deck',
    title: 'The time deck fills the window, or not',
    group: 'View',
    keys: ['Shift+J'],
    also: 'full screen maximise charts results',
    run: () => usePanels.getState().fill('deck'),
  },
  {
    id: 'view.plane',
    title: 'Show or hide the plane',
    group: 'View',
    keys: ['Y'],
    also: 'panel fold event time processing time',
    run: () => usePanels.getState().change({ isPlaneFolded: !usePanels.getState().isPlaneFolded }),
  },
  {
    id: 'view.fill-plane',
    title: 'The plane fills the window, or not',
    group: 'View',
    keys: ['Shift+Y'],
    also: 'full screen maximise event time processing time',
    run: () => usePanels.getState().fill('plane'),
  },
  {
    id: 'view.lecture',
    title: 'Lecture size, or the usual one',
    group: 'View',
    keys: [],
    also: 'projector present large text beamer zoom',
    run: () => {
      useTheme.getState().toggleLecture();
      // The canvas has its new size with the next frame but one.
      requestAnimationFrame(() => requestAnimationFrame(() => useCanvasView.getState().fit()));
    },
  },
];

const THEMES = [
  { choice: 'system', title: 'Theme as the system' },
  { choice: 'light', title: 'Light theme' },
  { choice: 'dark', title: 'Dark theme' },
] as const;

export const THEME_COMMANDS: readonly Command[] = THEMES.map(({ choice, title }) => ({
  id: `view.theme-${choice}`,
  title,
  group: 'View',
  keys: [],
  also: 'colours appearance mode',
  run: () => useTheme.getState().choose(choice),
}));
