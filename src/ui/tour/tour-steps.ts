import { loadAnalysis } from '../../app/analysis/load-analysis.ts';
import { CATALOG } from '../../app/document-catalog.ts';
import type { DocumentState } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { RunState } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { goToNode } from '../canvas/go-to-node.ts';
import { formatCount } from '../theme/format.ts';

/** The window of the first template, which the tour is about. */
export const TOUR_NODE = 'clicks-per-user';
const WANTED_LATENESS_MS = 20_000;
/** Events in the window before its losses say something. */
const ENOUGH_EVENTS = 150;

/** What a step was begun with, to see what has changed since. */
export interface TourScene {
  readonly document: Pick<DocumentState, 'document' | 'selection'>;
  readonly run: Pick<RunState, 'status' | 'nodes'>;
}

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What the user does. */
  readonly task: string;
  /** What it is about, in the page; nothing is marked where it is not there. */
  readonly target: string;
  /** Whether it is done, given what the step began with. */
  readonly isDone: (now: TourScene, begun: TourScene) => boolean;
  /** What it showed. */
  readonly told: (now: TourScene) => string;
  /** Does it for the user. */
  readonly show: () => void | Promise<void>;
}

function play(): void {
  void useRunStore.getState().play();
}

function latenessMs({ document }: TourScene): number {
  return Number(document.document.nodes.find(({ id }) => id === TOUR_NODE)?.config['latenessMs'] ?? 0);
}

function lossOf({ run }: TourScene): string {
  const stats = run.nodes[TOUR_NODE];
  return stats === undefined ? 'nothing yet' : `${formatCount(stats.late)} of ${formatCount(stats.in)} clicks`;
}

/** A node that is new since then, and has had rows. */
function newResult(now: TourScene, begun: TourScene): string | null {
  const before = new Set(begun.document.document.nodes.map(({ id }) => id));
  const added = now.document.document.nodes.find(({ id }) => !before.has(id) && (now.run.nodes[id]?.in ?? 0) > 0);
  return added?.id ?? null;
}

async function addResult(): Promise<void> {
  const item = CATALOG.find(({ kind, preset }) => kind === 'sink' && preset['view'] === 'table');
  const { document } = useDocumentStore.getState();
  const from = document.layout[TOUR_NODE];
  if (item === undefined || from === undefined) return;
  const { addInGap } = await loadAnalysis();
  const position = { x: from.x + 256, y: from.y - 160 };
  addInGap(item, { from: { node: TOUR_NODE, port: 'out' }, to: null }, { position });
  play();
}

export const TOUR_STEPS: readonly TourStep[] = [
  {
    title: 'A pipeline is running',
    text: 'Clicks enter on the left, are filtered, counted by user in windows of 10 seconds, and shown on the right. Each node tells how many rows came in and what became of them.',
    task: 'Watch clicks reach “Clicks per user”. Press Run if the pipeline stands still.',
    target: 'main[aria-label="Graph"]',
    isDone: ({ run }) => (run.nodes[TOUR_NODE]?.in ?? 0) > 0,
    told: ({ run }) => `${formatCount(run.nodes[TOUR_NODE]?.in)} clicks are there.`,
    show: play,
  },
  {
    title: 'Three clocks',
    text: 'Event time is when things happened, processing time when they arrived. The watermark runs behind: it says that nothing older is expected any more, and so closes windows.',
    task: 'Pause, and compare the three.',
    target: 'header dl',
    isDone: ({ run }) => run.status.kind === 'paused' || run.status.kind === 'ended',
    told: () => 'The watermark is 5 seconds behind event time: the delay that the source allows.',
    show: () => void useRunStore.getState().pause(),
  },
  {
    title: 'The window',
    text: 'What a node is set to stands in the inspector. Its Results and its ledger follow the selection, too.',
    task: 'Select “Clicks per user”.',
    target: `.react-flow__node[data-id="${TOUR_NODE}"]`,
    isDone: ({ document }) => document.selection.nodeIds.includes(TOUR_NODE),
    told: (now) => `It dropped ${lossOf(now)}: they came after their window was closed.`,
    show: () => goToNode(TOUR_NODE),
  },
  {
    title: 'Wait longer for the late',
    text: 'Allowed lateness keeps a window for those who come after the watermark. It costs memory, and results may be corrected.',
    task: 'Set the allowed lateness to 20s or more.',
    target: 'aside[aria-label="Inspector"]',
    isDone: (now) => latenessMs(now) >= WANTED_LATENESS_MS,
    told: () => 'Windows are kept 20 seconds longer from now on. Undo takes it back, as any edit.',
    show: () => {
      const { document, configure } = useDocumentStore.getState();
      const node = document.nodes.find(({ id }) => id === TOUR_NODE);
      const config = { ...node?.config, latenessMs: WANTED_LATENESS_MS };
      configure(TOUR_NODE, ['config', 'latenessMs'], config);
    },
  },
  {
    title: 'Fewer are lost',
    text: 'The same events run again: same seed, same order of arrival. Only the window has more patience.',
    task: 'Run it, and see what is dropped now.',
    target: 'section[aria-label="Time deck"]',
    isDone: (now) => latenessMs(now) >= WANTED_LATENESS_MS && (now.run.nodes[TOUR_NODE]?.in ?? 0) >= ENOUGH_EVENTS,
    told: (now) => `Now it drops ${lossOf(now)}.`,
    show: play,
  },
  {
    title: 'A result of your own',
    text: 'Drag from the square port of “Clicks per user” to an empty place and choose Table, or take one from the operators and connect it.',
    task: 'Add a node behind the window, and let it run until rows arrive.',
    target: `.react-flow__node[data-id="${TOUR_NODE}"]`,
    isDone: (now, begun) => newResult(now, begun) !== null,
    told: () => 'Rows arrive in what you made. The templates show what else there is.',
    show: addResult,
  },
];
