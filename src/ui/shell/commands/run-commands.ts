import { useRunStore } from '../../../app/run-store.ts';
import { useDialogs } from '../dialog-store.ts';
import type { Command } from './command.ts';

function kind(): string {
  return useRunStore.getState().status.kind;
}

function isOver(): boolean {
  return kind() === 'ended' || kind() === 'failed';
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
    id: 'run.save-results',
    title: 'Save results…',
    group: 'Run',
    keys: [],
    also: 'export download ndjson csv',
    isEnabled: () => useRunStore.getState().position.seq > 0,
    needs: 'Run the graph first.',
    run: () => useDialogs.getState().show('results'),
  },
];
