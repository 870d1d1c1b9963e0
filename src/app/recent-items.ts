const STORAGE_KEY = 'tidemark.recent-operators';
const REMEMBERED = 6;

/** Operators that were added last, by the id of their palette item, newest first. Remembered between visits. */
export function recentItems(): readonly string[] {
  return recent;
}

export function rememberItem(id: string): void {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, REMEMBERED);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(recent));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function readRecent(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, REMEMBERED) : [];
  } catch {
    return [];
  }
}

let recent = readRecent();
