import type { Problem } from '../stream/problem.ts';
import type { RunFailure } from './protocol.ts';

/** A failure inside the engine, with the node that was at work. */
export class NodeFailure extends Error {
  override name = 'NodeFailure';
  readonly nodeId: string | null;

  constructor(nodeId: string | null, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.nodeId = nodeId;
  }
}

export function failureOf(error: unknown): RunFailure {
  return {
    code: 'run-failed',
    nodeId: error instanceof NodeFailure ? error.nodeId : null,
    message: error instanceof Error ? error.message : String(error),
    fix: 'Restart the run, or change the node that is named.',
  };
}

export const CANCELLED: Problem = {
  code: 'cancelled',
  severity: 'error',
  path: '',
  nodeId: null,
  message: 'Opening was cancelled.',
  fix: 'Press play to open the sources again.',
};
