// The worker that measures one job in Chromium.
import type { JobRequest } from '../job-request.ts';
import { answer } from '../job-request.ts';
import { browserJobs } from './browser-jobs.ts';

/** What of the worker's global scope is used here: the bench's other files know nothing of a browser. */
interface WorkerScope {
  onmessage: ((event: { readonly data: JobRequest }) => void) | null;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;

// A worker knows no CPU time. It has a processor of its own as long as the machine has one to spare.
const wallMs = (): number => performance.now();

scope.onmessage = ({ data }) => {
  void answer(data, browserJobs, wallMs).then(
    (result) => scope.postMessage({ result }),
    (error: unknown) => scope.postMessage({ error: String(error) }),
  );
};
