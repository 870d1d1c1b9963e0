import { keep, readKept } from '../../../app/kept.ts';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';

const STORAGE_KEY = 'tidemark.recent-commands';
const KEPT = 5;

/** Ids of what was chosen last, newest first. */
export function recentIds(): readonly string[] {
  const kept = readKept(STORAGE_KEY);
  return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string').slice(0, KEPT) : [];
}

export function rememberChoice(id: string): void {
  keep(STORAGE_KEY, [id, ...recentIds().filter((other) => other !== id)].slice(0, KEPT));
}

/** What was chosen last, before everything else; what is gone since is left out. */
export function withRecentFirst(groups: readonly PaletteGroup[]): readonly PaletteGroup[] {
  const byId = new Map(groups.flatMap(({ entries }) => entries).map((entry) => [entry.id, entry]));
  const recent = recentIds().flatMap((id): readonly PaletteEntry[] => {
    const entry = byId.get(id);
    return entry === undefined ? [] : [entry];
  });
  if (recent.length === 0) return groups;
  const rest = groups.map(({ title, entries }) => ({
    title,
    entries: entries.filter((entry) => !recent.includes(entry)),
  }));
  return [{ title: 'Recent', entries: recent }, ...rest.filter(({ entries }) => entries.length > 0)];
}
