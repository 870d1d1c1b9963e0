import type { Changes } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { fieldIndex } from '../../stream/types.ts';
import type { Entry } from '../log.ts';

/** What the rows of one source are like. */
export interface EntryStream {
  readonly schema: Schema;
  /** Whether rows take earlier ones back, or replace those of the same key. */
  readonly changes: Changes;
  /** Columns that tell the rows of a keyed changelog apart; NULL in them is rare. */
  readonly key: readonly string[];
  /** Whether rows may be taken back that are not there. */
  readonly hasUnknown: boolean;
}

type RowEntry = Extract<Entry, { readonly kind: 'row' }>;

/** What becomes of a row of a stream: one entry, two, or itself. */
type Changer = (entry: RowEntry, pick: number) => readonly RowEntry[];

/** The log with the rows of each source as its stream has them. `picks`, numbers up to 99, choose what each row does. */
export function asChanges(
  entries: readonly Entry[],
  streams: readonly EntryStream[],
  picks: readonly number[],
): readonly Entry[] {
  const changers = streams.map(changerOf);
  return entries.flatMap((entry, i): readonly Entry[] => {
    if (entry.kind !== 'row') return [entry];
    return changers[entry.source]!(entry, picks[i % picks.length]!);
  });
}

function changerOf(stream: EntryStream): Changer {
  if (stream.changes === 'append') return (entry) => [entry];
  if (stream.changes === 'retract' && stream.key.length === 0) return retracting(stream);
  return stream.changes === 'retract' ? spelledOut(stream) : upserting(stream);
}

/** Every third row or so takes back an earlier one that still stands, time and values the same. */
function retracting({ hasUnknown }: EntryStream): Changer {
  const standing: RowEntry[] = [];
  return (entry, pick) => {
    if (hasUnknown && pick % 16 === 15) return [{ ...entry, op: pick % 32 === 15 ? '-D' : '-U' }];
    const [former] = pick % 3 === 0 ? standing.splice(pick % Math.max(1, standing.length), 1) : [];
    if (former !== undefined) return [{ ...former, at: entry.at, op: pick % 2 === 0 ? '-D' : '-U' }];
    standing.push(entry);
    return [pick % 5 === 0 ? { ...entry, op: '+U' } : entry];
  };
}

/** The first row of a key is new, the others replace it; every fifth or so deletes it. */
function upserting(stream: EntryStream): Changer {
  const standing = new Set<string>();
  return (entry, pick) => {
    const id = idOf(stream, entry);
    const deletes = pick % 5 === 0 && (standing.has(id) || (stream.hasUnknown && pick % 2 === 0));
    const op = deletes ? '-D' : standing.has(id) ? '+U' : '+I';
    if (deletes) standing.delete(id);
    else standing.add(id);
    return [{ ...entry, op }];
  };
}

/** The same, with what is replaced or deleted as it stood. */
function spelledOut(stream: EntryStream): Changer {
  const standing = new Map<string, RowEntry>();
  return (entry, pick) => {
    const id = idOf(stream, entry);
    const before = standing.get(id);
    if (pick % 5 === 0 && (before !== undefined || stream.hasUnknown)) {
      standing.delete(id);
      return [{ ...(before ?? entry), at: entry.at, op: '-D' }];
    }
    standing.set(id, entry);
    if (before === undefined) return [{ ...entry, op: '+I' }];
    return [
      { ...before, at: entry.at, op: '-U' },
      { ...entry, op: '+U' },
    ];
  };
}

function idOf({ schema, key }: EntryStream, { values }: RowEntry): string {
  return key.map((name) => String(values[fieldIndex(schema, name)])).join(' ');
}
