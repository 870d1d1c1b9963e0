/** Which tab may write a document. */
export interface DocumentLocks {
  /** Resolves to what gives it back; to null when another tab has it. `onLost`: another tab has taken it away. */
  readonly take: (id: string, onLost: () => void) => Promise<(() => void) | null>;
  /** Takes it from whoever has it. */
  readonly steal: (id: string, onLost: () => void) => Promise<() => void>;
  /** The documents that some tab writes, this one's, too. */
  readonly taken: () => Promise<ReadonlySet<string>>;
}

const SECOND_TRY_MS = 150;
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
    taken: async () => {
      const held = (await manager?.query())?.held ?? [];
      const names = held.flatMap(({ name }) => (name?.startsWith(PREFIX) === true ? [name.slice(PREFIX.length)] : []));
      return new Set(names);
    },
  };
}
