import { keep, readKept } from './kept.ts';

const STORAGE_KEY = 'tidemark.recent-operators';
const REMEMBERED = 6;

/** Operators that were added last, by the id of their palette item, newest first. Remembered between visits. */
export function recentItems(): readonly string[] {
  return recent;
}

export function rememberItem(id: string): void {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, REMEMBERED);
  keep(STORAGE_KEY, recent);
}

function readRecent(): readonly string[] {
  const kept = readKept(STORAGE_KEY);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, REMEMBERED) : [];
}

let recent = readRecent();
