/**
 * A Web Lock tells when a thread is gone, however it went: the thread holds it, and whoever asks for it after gets it once
 * nobody lives that holds it. Null where a page has no locks, as one has not that came over plain http.
 */
export type LifeName = string | null;

export function lifeName(): LifeName {
  return 'locks' in navigator ? `engine ${crypto.randomUUID()}` : null;
}

/**
 * Resolves once the life has begun; it ends with the thread. To false where nobody can tell when that is: a page in a
 * sandboxed frame is denied all locks.
 */
export function beginLife(name: LifeName): Promise<boolean> {
  if (name === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const untilTheEnd = (): Promise<never> => {
      resolve(true);
      return new Promise(() => undefined);
    };
    navigator.locks.request(name, untilTheEnd).catch(() => resolve(false));
  });
}

/** Calls `onEnd` when a life that has begun is over, unless it is of no interest by then. */
export function watchLife(name: LifeName, onEnd: () => void, signal: AbortSignal): void {
  if (name === null) return;
  // Rejects where nobody wants to know any more.
  navigator.locks.request(name, { signal }, onEnd).catch(() => undefined);
}
