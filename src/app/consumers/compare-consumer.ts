import type { BranchAnswer } from '../../worker/branch-protocol.ts';
import { useRunStore } from '../run-store.ts';
import { useConsumers } from './consumer-store.ts';

/** Compares a consumer with a reader of the whole log where it stands, and keeps what came of it. */
export async function compareConsumer(id: string): Promise<void> {
  const { ask, watched } = useRunStore.getState();
  const answer = await ask<BranchAnswer>((control) => control.compareConsumer({ id, nodeId: watched, column: null }));
  if (answer.kind === 'compared') useConsumers.getState().compared(id, answer.comparison);
}
