// The worker that keeps one contender in Chromium.
import type { Answer, Order } from '../orders.ts';
import { keeper } from '../orders.ts';
import { browserJobs } from './browser-jobs.ts';

/** What of the worker's global scope is used here: the bench's other files know nothing of a browser. */
interface WorkerScope {
  onmessage: ((event: { readonly data: Order }) => void) | null;
  postMessage(answer: Answer): void;
}

const scope = globalThis as unknown as WorkerScope;

// A worker knows no CPU time. It has a processor of its own as long as the machine has one to spare.
const keep = keeper(browserJobs, () => performance.now());

scope.onmessage = ({ data }) => {
  void keep(data).then((answer) => scope.postMessage(answer));
};
