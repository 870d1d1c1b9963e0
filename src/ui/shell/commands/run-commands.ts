import { useDocumentStore } from '../../../app/document-store.ts';
import { useRunStore } from '../../../app/run-store.ts';
import type { cutPartition, poisonOne, setRateNow } from '../../inspector/lab/strike-now.ts';
import { later } from '../../theme/later.ts';
import { useDeckView } from '../../timeline/deck-view-store.ts';
import { useDialogs } from '../dialog-store.ts';
import type { Command } from './command.ts';

function kind(): string {
  return useRunStore.getState().status.kind;
}

function isOver(): boolean {
  return kind() === 'ended' || kind() === 'failed';
}

function hasGenerator(): boolean {
  return useDocumentStore.getState().document.nodes.some(({ type }) => type === 'source.generator');
}

interface Strikes {
  readonly cutPartition: typeof cutPartition;
  readonly poisonOne: typeof poisonOne;
  readonly setRateNow: typeof setRateNow;
}

/** The generator that a fault without a chosen source goes to: the one that is selected, else the first. */
function struckSource(): string | null {
  const { document, selection } = useDocumentStore.getState();
  const generators = document.nodes.filter(({ type }) => type === 'source.generator');
  const selected = generators.find(({ id }) => selection.nodeIds.includes(id));
  return (selected ?? generators[0])?.id ?? null;
}

function strikeLater(act: (strikes: Strikes, nodeId: string) => Promise<void>): void {
  later(
    () => import('../../inspector/lab/strike-now.ts'),
    (strikes) => {
      const nodeId = struckSource();
      if (nodeId !== null) void act(strikes, nodeId);
    },
  );
}

/** What is asked of a run while its graph is still being opened waits for that: no key is lost. */
export const RUN_COMMANDS: readonly Command[] = [
  {
    id: 'run.toggle',
    title: 'Run or pause',
    group: 'Run',
    keys: ['Mod+Enter'],
    worksInFields: true,
    also: 'play start stop',
    run: () => {
      const { play, pause } = useRunStore.getState();
      void (kind() === 'running' ? pause() : play());
    },
  },
  {
    id: 'run.step',
    title: 'Step one event',
    group: 'Run',
    keys: ['S'],
    isEnabled: () => !isOver(),
    needs: 'No event is left: go back to the first one.',
    run: () => void useRunStore.getState().step(),
  },
  {
    id: 'run.restart',
    title: 'Back to the first event',
    group: 'Run',
    keys: [],
    also: 'restart reset',
    isEnabled: () => kind() !== 'loading' && useRunStore.getState().position.seq > 0,
    needs: 'The run is at the first event.',
    run: () => void useRunStore.getState().restart(),
  },
  {
    id: 'run.branch',
    title: 'What if…: a branch of the run',
    group: 'Run',
    keys: [],
    also: 'branch compare settings other',
    isEnabled: () => kind() !== 'idle' && kind() !== 'loading',
    needs: 'There is no run to leave: its graph cannot be opened yet.',
    run: () =>
      later(
        async () => (await import('../../branches/start-branch.ts')).startBranch,
        (start) => start(),
      ),
  },
  {
    id: 'run.consumers',
    title: 'Consumers: other readers of the log',
    group: 'Run',
    keys: [],
    also: 'consumer reader offset lag earliest latest replay',
    run: () => useDeckView.getState().show('consumers'),
  },
  {
    id: 'run.save-results',
    title: 'Save results…',
    group: 'Run',
    keys: [],
    also: 'export download ndjson csv',
    isEnabled: () => useRunStore.getState().position.seq > 0,
    needs: 'Run the graph first.',
    run: () => useDialogs.getState().show('results'),
  },
  {
    id: 'run.poison',
    title: 'Poison one event',
    group: 'Run',
    keys: [],
    also: 'fault clock future disorder lab',
    isEnabled: hasGenerator,
    needs: 'Add a generator first.',
    run: () => strikeLater((strikes, nodeId) => strikes.poisonOne(nodeId)),
  },
  {
    id: 'run.cut-partition',
    title: 'Cut partition 0 for 30 s',
    group: 'Run',
    keys: [],
    also: 'fault network outage disorder lab',
    isEnabled: hasGenerator,
    needs: 'Add a generator first.',
    run: () => strikeLater((strikes, nodeId) => strikes.cutPartition(nodeId, 0, 30_000)),
  },
  {
    id: 'run.triple-rate',
    title: 'Set the rate to 300 % from here on',
    group: 'Run',
    keys: [],
    also: 'burst load surge traffic events disorder lab',
    isEnabled: hasGenerator,
    needs: 'Add a generator first.',
    run: () => strikeLater((strikes, nodeId) => strikes.setRateNow(nodeId, 300)),
  },
  {
    id: 'run.compare-dialects',
    title: 'Compare dialects…',
    group: 'Run',
    keys: [],
    also: 'engine rules flink kafka beam ksqldb difference',
    isEnabled: () => useDocumentStore.getState().document.nodes.length > 0,
    needs: 'Add a source first.',
    run: () => useDialogs.getState().show('dialects'),
  },
];
