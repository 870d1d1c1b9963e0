let open: () => void = () => undefined;
const opened = new Promise<void>((resolve) => (open = resolve));

/** Longest wait for a canvas that does not come, say because another tab of a narrow screen is in view. */
const LONGEST_WAIT_MS = 4_000;

/** To be called when the graph is drawn and its nodes can be dragged. */
export function markUsable(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => whenIdle(open)));
}

/**
 * Resolves when the graph can be worked with and the page has a moment to spare: what is not needed until then is fetched
 * and started after it.
 */
export function whenUsable(): Promise<void> {
  setTimeout(open, LONGEST_WAIT_MS);
  return opened;
}

function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 500 });
  else setTimeout(run);
}
