import { expose } from 'comlink';
import { DEFAULT_LIMITS } from '../engine/limits.ts';
import { BranchDesk } from './branches/branch-desk.ts';
import { ConsumerDesk } from './consumers/consumer-desk.ts';
import { Explainer } from './explain/explainer.ts';
import { FramePort } from './frame-port.ts';
import { inspectFile } from './inspect-file.ts';
import type { EngineControl } from './protocol.ts';
import { beginLife } from './life.ts';
import { Lab } from './lab.ts';
import { RunView } from './run-view.ts';
import { Session } from './session.ts';
import { pointBytesFor } from './travel/point-room.ts';

/** The engine's thread: one session, driven by messages. */

// Not in every browser, and not in TypeScript's list.
const { deviceMemory } = navigator as { deviceMemory?: number };
const session = new Session(() => performance.now(), DEFAULT_LIMITS, pointBytesFor(deviceMemory));
session.filler.start();
const lab = new Lab(
  () => performance.now(),
  () => session.opened,
);
const branches = new BranchDesk(
  () => performance.now(),
  () => session.opened,
);
const consumers: ConsumerDesk = new ConsumerDesk({
  clock: () => performance.now(),
  opened: () => session.opened,
  onRemove: (id) => view.leave(id),
});
const view = new RunView(session, (id) => consumers.consumer(id));
let { saver } = session;
const explainer = new Explainer(
  {
    opened: () => view.session.opened,
    putIn: (entries) => (view.isOwn ? session.putIn(entries) : Promise.resolve(null)),
  },
  () => performance.now(),
);

const control: EngineControl = {
  open: (request) => view.open(request),
  cancel: () => session.cancel(),
  play: () => session.play(),
  pause: () => session.pause(),
  step: () => session.step(),
  seek: (request) => session.seek(request),
  seekProgress: () => session.travel.share(),
  edit: (request) => session.edit(request),
  editProgress: () => session.looks.editProgress(),
  stepTo: (request) => session.stepTo(request),
  setBreakpoints: (breakpoints) => session.setBreakpoints(breakpoints),
  overview: () => session.looks.overview(),
  setSpeed: (speed) => session.setSpeed(speed),
  restart: (run) => view.restart(run),
  watch: (nodeId) => view.watch(nodeId),
  chooseValue: (column) => view.chooseValue(column),
  orderTable: (order) => view.orderTable(order),
  standing: () => lab.standing(),
  showPlane: (isShown) => view.showPlane(isShown),
  ledger: () => view.session.looks.ledger(),
  results: (nodeId, limit) => view.session.looks.results(nodeId, limit),
  rowsAt: (place, limit) => view.session.looks.rowsAt(place, limit),
  stateOf: (nodeId) => view.session.looks.stateOf(nodeId),
  drops: (nodeId, limit) => view.session.looks.drops(nodeId, limit),
  rejects: (nodeId, limit) => view.session.looks.rejects(nodeId, limit),
  rejectedRows: (nodeId, limit) => view.session.looks.rejectedRows(nodeId, limit),
  saveResults: (request) => (saver = view.session.saver).save(request),
  savingProgress: () => saver.progress,
  cancelSaving: () => saver.cancel(),
  explainDrop: (place) => explainer.explainDrop(place),
  dropCures: (evidence) => explainer.dropCures(evidence),
  lineageOf: (place) => explainer.lineageOf(place),
  effectsOf: (seq) => explainer.effectsOf(seq),
  explainSilence: (nodeId) => explainer.explainSilence(nodeId),
  nudge: (nudges) => explainer.nudge(nudges),
  explainingProgress: (question) => explainer.explainingProgress(question),
  cancelExplaining: (question) => explainer.cancelExplaining(question),
  inspectFile,
  sampleDelays: (request) => lab.sampleDelays(request),
  compareDialects: (request) => lab.compareDialects(request),
  comparingProgress: () => lab.comparingProgress(),
  cancelComparing: () => lab.cancelComparing(),
  openBranch: (request) => branches.openBranch(request),
  compareBranch: (question) => branches.compareBranch(question),
  branchProgress: (id) => branches.branchProgress(id),
  closeBranch: (id) => branches.closeBranch(id),
  addConsumer: (request) => consumers.addConsumer(request),
  steerConsumer: (id, command) => consumers.steerConsumer(id, command),
  removeConsumer: (id) => consumers.removeConsumer(id),
  compareConsumer: (question) => consumers.compareConsumer(question),
  lookThrough: (id) => view.lookThrough(id),
  consumers: (nodeId) => consumers.consumers(nodeId),
  close: () => view.close(),
  connect: async (port, life) => {
    view.frames.connect(new FramePort(port, () => view.frames.credited()));
    return beginLife(life);
  },
};

expose(control);
