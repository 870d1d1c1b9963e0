const PAUSE_MS = 1_000;

/**
 * A part of the page that comes only when it is wanted. One that does not load, for want of a network or because a newer
 * page is on its host, is asked for once more.
 */
export function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  return load().catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return load();
  });
}
