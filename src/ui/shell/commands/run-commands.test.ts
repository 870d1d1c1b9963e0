import { expect, test } from 'vitest';
import { useRunStore } from '../../../app/run-store.ts';
import type { RunStatus } from '../../../app/run-state.ts';
import { whyNotNow } from './command.ts';
import { RUN_COMMANDS } from './run-commands.ts';

function waitsFor(id: string, status: RunStatus): string | null | undefined {
  useRunStore.setState({ status });
  const command = RUN_COMMANDS.find((each) => each.id === id);
  return command && whyNotNow(command);
}

const OPENING: RunStatus = { kind: 'loading', progress: null };

test('a run and a step can be asked for while the graph is being opened', () => {
  expect([waitsFor('run.toggle', OPENING), waitsFor('run.step', OPENING)]).toEqual([null, null]);
});

test('no step is left at the end, and nothing to go back to at the beginning', () => {
  expect(waitsFor('run.step', { kind: 'ended', problems: [] })).toMatch(/No event is left/);
  expect(waitsFor('run.restart', OPENING)).toMatch(/at the first event/);
});
