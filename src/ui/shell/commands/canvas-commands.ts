import { isPartOfGroupSelected, isSelectionGrouped, leaveGroup, ungroupSelection } from '../../../app/annotating.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import { useCanvasView } from '../../canvas/canvas-view.ts';
import { useContextMenu } from '../../canvas/context-menu-store.ts';
import { useMinimap } from '../../canvas/minimap-store.ts';
import { openMenuOfSelection } from '../../canvas/use-context-menu.ts';
import { focusSearchBox } from '../palette-search-box.ts';
import type { Command } from './command.ts';

const { getState: view } = useCanvasView;

function selectedCount(): number {
  const { nodeIds, noteIds } = useDocumentStore.getState().selection;
  return nodeIds.length + noteIds.length;
}

const ALIGNMENTS = [
  ['left', 'Align left', 'Alt+L'],
  ['right', 'Align right', 'Alt+R'],
  ['top', 'Align top', 'Alt+T'],
  ['bottom', 'Align bottom', 'Alt+B'],
  ['centre', 'Align centres', 'Alt+C'],
  ['middle', 'Align middles', 'Alt+M'],
] as const;

const DISTRIBUTIONS = [
  ['across', 'Distribute across', 'Alt+H'],
  ['down', 'Distribute down', 'Alt+V'],
] as const;

export const CANVAS_COMMANDS: readonly Command[] = [
  {
    id: 'canvas.search',
    title: 'Search operators',
    group: 'Canvas',
    keys: ['/'],
    also: 'add palette insert quick next',
    run: () => {
      if (!useCanvasView.getState().quickAdd()) focusSearchBox();
    },
  },
  {
    id: 'canvas.add',
    title: 'Add an operator…',
    group: 'Canvas',
    keys: [],
    also: 'insert quick new node',
    run: () => view().askWhatToAdd(useContextMenu.getState().pointedAt),
  },
  {
    id: 'canvas.menu',
    title: 'Menu of the selection',
    group: 'Canvas',
    keys: ['Shift+F10'],
    also: 'context right click actions',
    run: openMenuOfSelection,
  },
  {
    id: 'canvas.fit',
    title: 'Fit the graph',
    group: 'Canvas',
    keys: ['F'],
    also: 'zoom show all',
    run: () => useCanvasView.getState().fit(),
  },
  {
    id: 'canvas.fit-selection',
    title: 'Fit the selection',
    group: 'Canvas',
    keys: ['.'],
    also: 'zoom show selected',
    isEnabled: () => selectedCount() > 0,
    needs: 'Select a node first.',
    run: () => view().fitSelection(),
  },
  { id: 'canvas.zoom-in', title: 'Zoom in', group: 'Canvas', keys: ['+', '='], run: () => view().zoom('in') },
  { id: 'canvas.zoom-out', title: 'Zoom out', group: 'Canvas', keys: ['-'], run: () => view().zoom('out') },
  { id: 'canvas.zoom-whole', title: 'Zoom to 100 %', group: 'Canvas', keys: ['0'], run: () => view().zoom('whole') },
  {
    id: 'canvas.minimap',
    title: 'Show or hide the map',
    group: 'Canvas',
    keys: ['M'],
    also: 'minimap overview',
    run: () => useMinimap.getState().toggle(),
  },
  {
    id: 'canvas.layout',
    title: 'Lay out',
    group: 'Canvas',
    keys: ['Alt+A'],
    also: 'arrange tidy columns automatic',
    isEnabled: () => useDocumentStore.getState().document.nodes.length > 0,
    needs: 'Add a node first.',
    run: () => view().layOut(),
  },
  ...ALIGNMENTS.map(([side, title, keys]): Command => ({
    id: `canvas.align-${side}`,
    title,
    group: 'Canvas',
    keys: [keys],
    isEnabled: () => selectedCount() > 1,
    needs: 'Select two nodes first.',
    run: () => view().align(side),
  })),
  ...DISTRIBUTIONS.map(([axis, title, keys]): Command => ({
    id: `canvas.distribute-${axis}`,
    title,
    group: 'Canvas',
    keys: [keys],
    also: 'space evenly',
    isEnabled: () => selectedCount() > 2,
    needs: 'Select three nodes first.',
    run: () => view().distribute(axis),
  })),
  {
    id: 'canvas.group',
    title: 'Group',
    group: 'Canvas',
    keys: ['Mod+G'],
    also: 'frame',
    isEnabled: () => useDocumentStore.getState().selection.nodeIds.length > 0,
    needs: 'Select a node first.',
    run: () => view().group(),
  },
  {
    id: 'canvas.ungroup',
    title: 'Ungroup',
    group: 'Canvas',
    keys: ['Mod+Shift+G'],
    also: 'frame',
    isEnabled: isSelectionGrouped,
    needs: 'Select a node of a group first.',
    run: ungroupSelection,
  },
  {
    id: 'canvas.leave-group',
    title: 'Take out of the group',
    group: 'Canvas',
    keys: [],
    also: 'frame remove leave',
    isEnabled: isPartOfGroupSelected,
    needs: 'Select some nodes of a group first.',
    run: leaveGroup,
  },
  {
    id: 'canvas.note',
    title: 'Add a note',
    group: 'Canvas',
    keys: ['N'],
    also: 'comment remark text',
    run: () => view().addNote(),
  },
];
