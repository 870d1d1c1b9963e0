/** `tab`: as long as this tab lives, its reloads among it; `browser`: between visits, for all tabs. */
export type Keeper = 'browser' | 'tab';

/** What is kept for this page under a key, as it was given; null where there is nothing or storage is closed. */
export function readKept(key: string, keeper: Keeper = 'browser'): unknown {
  try {
    return JSON.parse(storageOf(keeper).getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Storage may be closed to us (private windows, embedding) or full: the value then lasts as long as the page. */
export function keep(key: string, value: unknown, keeper: Keeper = 'browser'): void {
  try {
    storageOf(keeper).setItem(key, JSON.stringify(value));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Nothing is kept under it any more; where storage is closed, nothing was. */
export function forgetKept(key: string, keeper: Keeper = 'browser'): void {
  try {
    storageOf(keeper).removeItem(key);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Where storage is closed, even asking for it throws. */
function storageOf(keeper: Keeper): Storage {
  return keeper === 'tab' ? sessionStorage : localStorage;
}
