import { displayName } from '../../../app/document-catalog.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import type { StepRequest } from '../../../app/run-state.ts';
import { useRunStore } from '../../../app/run-store.ts';
import type { BreakpointDraft, TravelPanel } from '../../travel/travel-panel-store.ts';
import { later } from '../../theme/later.ts';
import type { Command } from './command.ts';

function isOpen(): boolean {
  const { kind } = useRunStore.getState().status;
  return kind !== 'idle' && kind !== 'loading';
}

function hasBegun(): boolean {
  return isOpen() && useRunStore.getState().position.seq > 0;
}

function isOver(): boolean {
  return useRunStore.getState().status.kind === 'ended';
}

function selectedNode(): string | null {
  const { document, selection } = useDocumentStore.getState();
  const [id, ...others] = selection.nodeIds;
  return others.length === 0 && document.nodes.some((node) => node.id === id) ? (id ?? null) : null;
}

/** The node that is selected, as menus call it. */
export function selectedNodeName(): string | null {
  const id = selectedNode();
  const node = useDocumentStore.getState().document.nodes.find((each) => each.id === id);
  return node === undefined ? null : displayName(node);
}

const FIRST = 'The run is at its start.';
const LAST = 'The run is at its end.';

const loadSteps = () => import('../../travel/steps.ts');

function step(request: StepRequest): void {
  later(loadSteps, (steps) => void steps.travelStep(request));
}

function show(panel: TravelPanel, draft?: BreakpointDraft): void {
  later(
    () => import('../../travel/travel-panel-store.ts'),
    ({ useTravelPanels }) => useTravelPanels.getState().show(panel, draft),
  );
}

const STEPS = [
  { kind: 'firing', direction: 'next', key: 'P', title: 'Next firing' },
  { kind: 'firing', direction: 'previous', key: 'Shift+P', title: 'Previous firing' },
  { kind: 'watermark', direction: 'next', key: 'W', title: 'Next step of the watermark' },
  { kind: 'watermark', direction: 'previous', key: 'Shift+W', title: 'Previous step of the watermark' },
] as const;

const STEP_COMMANDS: readonly Command[] = STEPS.flatMap(({ kind, direction, key, title }): Command[] => {
  const isNext = direction === 'next';
  const base = { group: 'Run', also: 'time travel pane window result' } as const;
  return [
    {
      ...base,
      id: `travel.${direction}-${kind}`,
      title,
      keys: [key],
      isEnabled: () => (isNext ? isOpen() && !isOver() : hasBegun()),
      needs: isNext ? LAST : FIRST,
      run: () => step({ kind, direction, nodeId: null }),
    },
    {
      ...base,
      id: `travel.${direction}-${kind}-node`,
      title: `${title} of the selected node`,
      keys: [],
      isEnabled: () => selectedNode() !== null && (isNext ? isOpen() && !isOver() : hasBegun()),
      needs: 'Select a node first.',
      run: () => step({ kind, direction, nodeId: selectedNode() }),
    },
  ];
});

const ON_NODE = {
  group: 'Run',
  keys: [],
  also: 'breakpoint debug stop',
  isEnabled: () => selectedNode() !== null,
  needs: 'Select a node first.',
} as const;

function breakAt(kind: 'firing' | 'drop'): void {
  const nodeId = selectedNode();
  if (nodeId === null) return;
  later(
    () => import('../../travel/break-here.ts'),
    ({ breakHere }) => void breakHere({ kind, nodeId }),
  );
}

export const TRAVEL_COMMANDS: readonly Command[] = [
  {
    id: 'travel.back',
    title: 'Back one event',
    group: 'Run',
    keys: ['Shift+S'],
    also: 'step undo previous time travel',
    isEnabled: hasBegun,
    needs: FIRST,
    run: () => later(loadSteps, ({ stepBack }) => void stepBack()),
  },
  ...STEP_COMMANDS,
  {
    id: 'travel.start',
    title: 'Go to the start',
    group: 'Run',
    keys: ['<'],
    also: 'first beginning time travel',
    isEnabled: hasBegun,
    needs: FIRST,
    run: () => later(loadSteps, ({ travelTo }) => void travelTo({ by: 'seq', seq: 0 })),
  },
  {
    id: 'travel.end',
    title: 'Run to the end',
    group: 'Run',
    keys: ['>'],
    also: 'last finish time travel',
    isEnabled: () => isOpen() && !isOver(),
    needs: LAST,
    run: () => later(loadSteps, ({ travelTo }) => void travelTo({ by: 'seq', seq: Infinity })),
  },
  {
    id: 'travel.go-to',
    title: 'Go to…',
    group: 'Run',
    keys: ['O'],
    also: 'offset time seek jump scrub event',
    isEnabled: isOpen,
    needs: 'There is no run to go anywhere in.',
    run: () => show('go-to'),
  },
  {
    id: 'travel.bookmark',
    title: 'Bookmark this place in the run',
    group: 'Run',
    keys: ['B'],
    also: 'flag remember offset',
    isEnabled: isOpen,
    needs: 'There is no run to mark.',
    run: () =>
      later(
        () => import('../../travel/set-bookmark.ts'),
        ({ setBookmark }) => setBookmark(),
      ),
  },
  {
    id: 'travel.bookmarks',
    title: 'Bookmarks…',
    group: 'Run',
    keys: ['Shift+B'],
    also: 'flag list offset',
    run: () => show('bookmarks'),
  },
  {
    id: 'travel.breakpoints',
    title: 'Breakpoints…',
    group: 'Run',
    keys: ['D'],
    also: 'debug stop condition drop firing',
    run: () => show('breakpoints'),
  },
  {
    id: 'node.break-firing',
    title: 'Break on a firing of the selected node',
    ...ON_NODE,
    run: () => breakAt('firing'),
  },
  {
    id: 'node.break-drop',
    title: 'Break on a drop of the selected node',
    ...ON_NODE,
    run: () => breakAt('drop'),
  },
  {
    id: 'node.break-condition',
    title: 'Break on a condition on rows of the selected node…',
    ...ON_NODE,
    run: () => {
      const nodeId = selectedNode();
      if (nodeId !== null) show('breakpoints', { nodeId });
    },
  },
];
