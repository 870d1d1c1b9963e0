/** What SIGINT does: the run ends after the round it is in. A second one ends the process at once. */
export interface Interrupt {
  readonly aborted: boolean;
  /** The promise's value, or null as soon as the run is to end. */
  orNull<T>(promise: Promise<T>): Promise<T | null>;
  dispose(): void;
}

export function onInterrupt(endNow: () => void): Interrupt {
  let aborted = false;
  let tell: (value: null) => void = () => undefined;
  const told = new Promise<null>((resolve) => {
    tell = resolve;
  });
  const listener = (): void => {
    if (aborted) endNow();
    aborted = true;
    tell(null);
  };
  process.on('SIGINT', listener);
  return {
    get aborted() {
      return aborted;
    },
    orNull: (promise) => Promise.race([promise, told]),
    dispose: () => process.off('SIGINT', listener),
  };
}
