/** What failed, in the user's words. */
export function storageFault(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'RangeError':
      return (error as RangeError).message;
    case 'QuotaExceededError':
      return 'the browser’s storage is full';
    case 'SecurityError':
    case 'InvalidStateError':
    case 'ReferenceError':
    case 'TypeError':
      return 'the browser lets this page keep nothing';
    case 'VersionError':
      return 'a newer Tidemark has been here; reload the page';
    case 'TimeoutError':
      return 'the browser’s storage does not answer';
    default:
      return error instanceof Error
        ? `the browser’s storage failed (${error.message})`
        : 'the browser’s storage failed';
  }
}

/** Rejects with a `TimeoutError` when there is no answer in time. What was asked for may still happen. */
export function withDeadline<T>(answer: Promise<T>, deadlineMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException('No answer.', 'TimeoutError')), deadlineMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
