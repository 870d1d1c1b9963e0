import { forgetKept, keep, readKept } from '../kept.ts';
import type { DocumentEntry } from './stored-document.ts';
import { checksumOf } from './stored-document.ts';

export interface Version {
  readonly id: string;
  readonly text: string;
  readonly checksum: number;
}

export interface Entry extends DocumentEntry {
  readonly writer: string;
}

/** What a page put down as it went. */
export interface Parting extends Version {
  readonly entry: Entry;
}

export function isSound<V extends Version>(version: V | undefined): version is V {
  return version !== undefined && checksumOf(version.text) === version.checksum;
}

/**
 * Into the storage that has taken what it is given when the call returns: what IndexedDB is asked for as the page goes
 * may go with the page. It is small: a document beyond it, or a storage that is closed, leaves the other way alone.
 */
export function putDown(parting: Parting): void {
  keep(keyOf(parting.id), parting);
}

/** What was put down and not taken up so far, by whichever page. */
export function putDownOf(id: string): Parting | null {
  const found = readKept(keyOf(id));
  return isParting(found) && found.id === id && isSound(found) ? found : null;
}

/** Leaves what came in its place meanwhile. */
export function forgetPutDown(id: string, writer: string): void {
  if (putDownOf(id)?.entry.writer === writer) forgetKept(keyOf(id));
}

function keyOf(id: string): string {
  return `tidemark.parting.${id}`;
}

function isParting(value: unknown): value is Parting {
  if (typeof value !== 'object' || value === null) return false;
  const { id, text, checksum, entry } = value as Partial<Record<keyof Parting, unknown>>;
  return typeof id === 'string' && typeof text === 'string' && typeof checksum === 'number' && isEntry(entry);
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof Entry, unknown>>;
  return (
    [entry.id, entry.name, entry.writer].every((text) => typeof text === 'string') &&
    [entry.nodes, entry.savedAtMs, entry.revision].every(Number.isFinite) &&
    typeof entry.isDraft === 'boolean'
  );
}
