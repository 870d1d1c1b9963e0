import type { Watch } from '../run-state.ts';
import { isRecord } from '../unknown-record.ts';

/** A place in a run that somebody wants to find again. */
export interface Bookmark {
  readonly id: string;
  readonly name: string;
  /** So many entries were taken there. */
  readonly seq: number;
  /** Processing time, epoch ms; null before the first entry. */
  readonly atMs: number | null;
}

/** Where a run stops, while it `isOn`. */
export interface PageBreakpoint {
  readonly id: string;
  readonly watch: Watch;
  readonly isOn: boolean;
}

/** Of one document; no part of it. */
export interface Marks {
  /** By place. */
  readonly bookmarks: readonly Bookmark[];
  /** As they were made. */
  readonly breakpoints: readonly PageBreakpoint[];
}

export const NO_MARKS: Marks = { bookmarks: [], breakpoints: [] };

/** More are refused. */
export const MARKS_MAX = 100;

export function hasMarks({ bookmarks, breakpoints }: Marks): boolean {
  return bookmarks.length + breakpoints.length > 0;
}

/** What was kept, as far as it can be read: storage may hold anything. */
export function readMarks(kept: unknown): Marks {
  if (!isRecord(kept)) return NO_MARKS;
  return {
    bookmarks: listOf(kept['bookmarks'], readBookmark),
    breakpoints: listOf(kept['breakpoints'], readBreakpoint),
  };
}

function listOf<Item>(kept: unknown, read: (item: Readonly<Record<string, unknown>>) => Item | null): readonly Item[] {
  if (!Array.isArray(kept)) return [];
  return kept.slice(0, MARKS_MAX).flatMap((item: unknown) => (isRecord(item) ? (read(item) ?? []) : []));
}

function readBookmark({ id, name, seq, atMs }: Readonly<Record<string, unknown>>): Bookmark | null {
  if (typeof id !== 'string' || typeof name !== 'string' || typeof seq !== 'number' || !(seq >= 0)) return null;
  return { id, name, seq: Math.floor(seq), atMs: typeof atMs === 'number' ? atMs : null };
}

function readBreakpoint({ id, watch, isOn }: Readonly<Record<string, unknown>>): PageBreakpoint | null {
  const read = isRecord(watch) ? readWatch(watch) : null;
  return typeof id !== 'string' || read === null ? null : { id, watch: read, isOn: isOn !== false };
}

function readWatch({ kind, nodeId, side, condition }: Readonly<Record<string, unknown>>): Watch | null {
  const node = typeof nodeId === 'string' ? nodeId : null;
  switch (kind) {
    case 'drop':
    case 'firing':
    case 'watermark':
    case 'anomaly':
      return { kind, nodeId: node };
    case 'condition':
      if (node === null || typeof condition !== 'string') return null;
      return { kind, nodeId: node, side: side === 'out' ? 'out' : 'in', condition };
    default:
      return null;
  }
}
