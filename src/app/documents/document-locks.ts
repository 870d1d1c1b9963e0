/** Which tab may write a document. */
export interface DocumentLocks {
  /** Resolves to what gives it back; to null when another tab has it. `onLost`: another tab has taken it away. */
  readonly take: (id: string, onLost: () => void) => Promise<(() => void) | null>;
  /** Takes it from whoever has it. */
  readonly steal: (id: string, onLost: () => void) => Promise<() => void>;
  /**
   * Waits until no tab has had it for a while, and this page is looked at. Resolves to null when it was given up, or
   * where nobody can tell.
   */
  readonly whenFree: (id: string, onLost: () => void, givenUp: AbortSignal) => Promise<(() => void) | null>;
  /** The documents that some tab writes, this one's, too. */
  readonly taken: () => Promise<ReadonlySet<string>>;
}

const SECOND_TRY_MS = 150;
/** A page that is reloaded comes back for what it had. */
const LEFT_MS = 1_000;
const PREFIX = 'tidemark.document.';

type Request = LockOptions & { readonly onLost: () => void };

function request(manager: LockManager, id: string, { onLost, ...options }: Request): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    let isHeld = false;
    const over = manager.request(PREFIX + id, options, (lock) => {
      if (lock === null) return resolve(null);
      isHeld = true;
      return new Promise<void>((release) => {
        resolve(() => {
          isHeld = false;
          release();
        });
      });
    });
    over.catch((error: unknown) => {
      if (isHeld) onLost();
      else reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}

/** Resolves when nobody has it, or when it was given up. */
async function untilLeft(manager: LockManager, id: string, signal: AbortSignal): Promise<void> {
  try {
    await manager.request(PREFIX + id, { mode: 'shared', signal }, () => undefined);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function untilSeen(signal: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible' || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const seen = new AbortController();
    const end = (): void => {
      seen.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', end, { signal: seen.signal });
    signal.addEventListener('abort', end, { signal: seen.signal });
  });
}

/** Locks of the browser. Where there are none, as on a page without TLS, the claims in the storage alone decide. */
export function browserLocks(manager: LockManager | undefined): DocumentLocks {
  const free = (): void => undefined;
  return {
    take: async (id, onLost) => {
      if (manager === undefined) return free;
      const ask = (): Promise<(() => void) | null> => request(manager, id, { ifAvailable: true, onLost });
      const first = await ask();
      if (first !== null) return first;
      // A page that is reloaded may not have let go of it yet.
      await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
      return ask();
    },
    steal: async (id, onLost) =>
      manager === undefined ? free : ((await request(manager, id, { steal: true, onLost })) ?? free),
    whenFree: async (id, onLost, givenUp) => {
      while (manager !== undefined && !givenUp.aborted) {
        await untilLeft(manager, id, givenUp);
        await new Promise((resolve) => setTimeout(resolve, LEFT_MS));
        await untilSeen(givenUp);
        if (givenUp.aborted) return null;
        const release = await request(manager, id, { ifAvailable: true, onLost });
        if (release !== null) return release;
      }
      return null;
    },
    taken: async () => {
      const held = (await manager?.query())?.held ?? [];
      const names = held.flatMap(({ name }) => (name?.startsWith(PREFIX) === true ? [name.slice(PREFIX.length)] : []));
      return new Set(names);
    },
  };
}
