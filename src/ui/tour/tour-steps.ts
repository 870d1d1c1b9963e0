import { loadAnalysis } from '../../app/analysis/load-analysis.ts';
import { CATALOG, displayName } from '../../app/document-catalog.ts';
import { positionOf, useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useCanvasView } from '../canvas/canvas-view.ts';
import { goToNode } from '../canvas/go-to-node.ts';
import { formatCount, formatDuration } from '../theme/format.ts';
import type { TourScene } from './tour-subject.ts';
import { latenessMs, newResult, patientRows, tourWindow, tourWindows, WANTED_LATENESS_MS } from './tour-subject.ts';

/** Events in the window before its losses say something. */
const ENOUGH_EVENTS = 150;

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What the user does; `window` is the name of the window that the tour is about. */
  readonly task: (window: string) => string;
  /** What it is about, in the page; nothing is marked where it is not there. */
  readonly target: string | ((scene: TourScene) => string);
  /** The panel that has to be in view. */
  readonly panel: 'canvas' | 'inspector' | 'deck';
  /** Whether it is done; `atFirst` are the ids of the nodes that the tour began with. */
  readonly isDone: (now: TourScene, atFirst: readonly string[]) => boolean;
  /** What it showed. */
  readonly told: (now: TourScene, atFirst: readonly string[]) => string;
  /** Does it for the user. */
  readonly show: () => void | Promise<void>;
}

function sceneNow(): TourScene {
  return { document: useDocumentStore.getState(), run: useRunStore.getState() };
}

function play(): void {
  void useRunStore.getState().play();
}

async function playAnew(): Promise<void> {
  const run = useRunStore.getState();
  await run.restart();
  await run.play();
}

function nodeOf(scene: TourScene): string {
  return `.react-flow__node[data-id="${CSS.escape(tourWindow(scene)?.id ?? '')}"]`;
}

function rowsIn(scene: TourScene): number {
  return scene.run.nodes[tourWindow(scene)?.id ?? '']?.in ?? 0;
}

function lossOf(scene: TourScene): string {
  const stats = scene.run.nodes[tourWindow(scene)?.id ?? ''];
  return stats === undefined ? 'nothing yet' : `${formatCount(stats.late)} of ${formatCount(stats.in)} rows`;
}

function lagOf({ run: { clocks } }: TourScene): string {
  const { maxEventTimeMs, watermarkMs } = clocks;
  if (maxEventTimeMs === null || watermarkMs === null)
    return 'There is no watermark before every source has sent a row.';
  if (watermarkMs === Infinity) return 'The watermark is at its end: nothing more can come.';
  const lag = formatDuration(maxEventTimeMs - watermarkMs);
  return `The watermark is ${lag} behind event time: so long it waits for what comes out of order.`;
}

function waitLonger(): void {
  const window = tourWindow(sceneNow());
  if (window === null) return;
  const config = { ...window.config, latenessMs: WANTED_LATENESS_MS };
  useDocumentStore.getState().configure(window.id, ['config', 'latenessMs'], config);
}

async function addResult(): Promise<void> {
  const window = tourWindow(sceneNow());
  const item = CATALOG.find(({ kind, preset }) => kind === 'sink' && preset['view'] === 'table');
  const from = window === null ? null : positionOf(useDocumentStore.getState().document, window.id);
  if (item === undefined || window === null || from === null) return;
  const { addInGap } = await loadAnalysis();
  const position = { x: from.x + 256, y: from.y - 160 };
  addInGap(item, { from: { node: window.id, port: 'out' }, to: null }, { position });
  useCanvasView.getState().fit();
  play();
}

export const TOUR_STEPS: readonly TourStep[] = [
  {
    title: 'A pipeline is running',
    text: 'Events enter on the left, pass from node to node, are counted in windows of time, and shown on the right. Each node tells how many rows came in and what became of them.',
    task: (window) => `Watch rows reach “${window}”. Press Run if the pipeline stands still.`,
    target: 'main[aria-label="Graph"]',
    panel: 'canvas',
    isDone: (now) => rowsIn(now) > 0,
    told: (now) => `${formatCount(rowsIn(now))} rows are there.`,
    show: play,
  },
  {
    title: 'Three clocks',
    text: 'Event time is when things happened, processing time when they arrived. The watermark runs behind: it says that nothing older is expected any more, and so closes windows.',
    task: () => 'Pause, and compare the three.',
    target: 'header dl',
    panel: 'canvas',
    isDone: ({ run }) => run.status.kind === 'paused' || run.status.kind === 'ended',
    told: lagOf,
    show: () => void useRunStore.getState().pause(),
  },
  {
    title: 'The window',
    text: 'What a node is set to stands in the inspector. Its results and its ledger follow the selection, too.',
    task: (window) => `Select “${window}”.`,
    target: nodeOf,
    panel: 'canvas',
    isDone: ({ document: { document, selection } }) =>
      tourWindows(document).some(({ id }) => selection.nodeIds.includes(id)),
    told: (now) => `It dropped ${lossOf(now)}: they came after their window was closed.`,
    show: () => {
      const window = tourWindow(sceneNow());
      if (window !== null) goToNode(window.id);
    },
  },
  {
    title: 'Wait longer for the late',
    text: 'Allowed lateness keeps a window for those who come after the watermark. It costs memory, and results may be corrected.',
    task: () => `Set the allowed lateness to ${formatDuration(WANTED_LATENESS_MS)} or more.`,
    target: 'aside[aria-label="Inspector"]',
    panel: 'inspector',
    isDone: (now) => latenessMs(tourWindow(now)) >= WANTED_LATENESS_MS,
    told: (now) =>
      `Windows are kept ${formatDuration(latenessMs(tourWindow(now)))} longer from now on. Undo takes it back, as any edit.`,
    show: waitLonger,
  },
  {
    title: 'Fewer are lost',
    text: 'What was dropped before stays so in this run. From the start, the same events come again: same seed, same order of arrival. Only the window has more patience.',
    task: () => 'Restart, and see what is dropped now.',
    target: 'section[aria-label="Time deck"]',
    panel: 'deck',
    isDone: (now) => patientRows(now) >= ENOUGH_EVENTS,
    told: (now) => `Now it drops ${lossOf(now)}.`,
    show: playAnew,
  },
  {
    title: 'A result of your own',
    text: 'Drag from the port at the right of the window to an empty place and choose Table, or take one from the operators and connect it.',
    task: (window) => `Add a node behind “${window}”, and let it run until rows arrive.`,
    target: nodeOf,
    panel: 'canvas',
    isDone: (now, atFirst) => newResult(now, atFirst) !== null,
    told: (now, atFirst) => `Rows arrive in “${newResult(now, atFirst) ?? ''}”. The templates show what else there is.`,
    show: addResult,
  },
];

export function taskOf(step: TourStep, scene: TourScene): string {
  const window = tourWindow(scene);
  return step.task(window === null ? 'the window' : displayName(window));
}

export function targetOf({ target }: TourStep, scene: TourScene): string {
  return typeof target === 'string' ? target : target(scene);
}
