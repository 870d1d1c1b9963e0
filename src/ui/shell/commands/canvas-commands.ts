import { useCanvasView } from '../../canvas/canvas-view.ts';
import { focusSearchBox } from '../palette-search-box.ts';
import type { Command } from './command.ts';

export const CANVAS_COMMANDS: readonly Command[] = [
  {
    id: 'canvas.search',
    title: 'Search operators',
    group: 'Canvas',
    keys: ['/'],
    also: 'add palette',
    run: focusSearchBox,
  },
  {
    id: 'canvas.fit',
    title: 'Fit the graph',
    group: 'Canvas',
    keys: ['F'],
    also: 'zoom show all',
    run: () => useCanvasView.getState().fit(),
  },
];
