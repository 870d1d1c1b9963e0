import type { Problem } from '../stream/problem.ts';
import type { DocumentGroup, DocumentNode, DocumentNote } from './document.ts';
import { freeId } from './fresh-id.ts';
import { LIMITS, NOTE_SIZE } from './limits.ts';
import { problem, shown } from './make-problem.ts';

interface Read<T> {
  readonly value: readonly T[];
  readonly problems: readonly Problem[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Notes and groups are worth no refusal, as positions are not: what cannot be drawn is left out or put right, each with
 * a warning.
 */
export function readNotes(raw: unknown, nodes: readonly DocumentNode[]): Read<DocumentNote> {
  const taken = new Set(nodes.map(({ id }) => id));
  return readList(raw, 'notes', (fields, warn) => {
    const { text, x, y } = fields;
    if (typeof text !== 'string' || !isCoordinate(x) || !isCoordinate(y)) {
      warn('dropped', 'has no text, or no place on the canvas; it was left out.');
      return null;
    }
    const size = { w: sideOf(fields['w']) ?? NOTE_SIZE.w, h: sideOf(fields['h']) ?? NOTE_SIZE.h };
    const note = { id: idOf(fields, 'note', taken), text: text.slice(0, LIMITS.noteChars), x, y, ...size };
    if (!isSame(note, fields))
      warn('repaired', 'had an id, a size, a length or a field that cannot be; it was put right.');
    taken.add(note.id);
    return note;
  });
}

export function readGroups(
  raw: unknown,
  nodes: readonly DocumentNode[],
  notes: readonly DocumentNote[],
): Read<DocumentGroup> {
  const taken = new Set([...nodes, ...notes].map(({ id }) => id));
  const ungrouped = new Set(nodes.map(({ id }) => id));
  return readList(raw, 'groups', (fields, warn) => {
    const listed: readonly unknown[] = Array.isArray(fields['nodes']) ? fields['nodes'] : [];
    // Deleting tells whether it was still there: a node is in one group, once.
    const members = listed.filter((id): id is string => typeof id === 'string' && ungrouped.delete(id));
    if (members.length === 0) {
      warn('dropped', 'holds no node of the document; it was left out.');
      return null;
    }
    const title = typeof fields['title'] === 'string' ? fields['title'].slice(0, LIMITS.labelChars) : '';
    const group = { id: idOf(fields, 'group', taken), title, nodes: members };
    if (!isSame(group, fields))
      warn('repaired', 'had an id, a title, a node or a field that cannot be; it was put right.');
    taken.add(group.id);
    return group;
  });
}

type Warn = (what: 'dropped' | 'repaired', message: string) => void;

function readList<T>(raw: unknown, name: 'notes' | 'groups', read: (fields: Fields, warn: Warn) => T | null): Read<T> {
  if (raw === undefined) return { value: [], problems: [] };
  const kind = name.slice(0, -1);
  const problems: Problem[] = [];
  const warnAt = (path: string, code: string, message: string): void => {
    problems.push(
      problem({ code, severity: 'warning', path, message, fix: `Add the ${kind} again where it is missed.` }),
    );
  };
  if (!Array.isArray(raw)) {
    warnAt(name, `${kind}-dropped`, `${name} is ${shown(raw)}, not a list; it was left out.`);
    return { value: [], problems };
  }
  if (raw.length > LIMITS[name]) {
    warnAt(name, `${kind}-dropped`, `There are ${raw.length} ${name}; those beyond ${LIMITS[name]} were left out.`);
  }
  const value = raw.slice(0, LIMITS[name]).flatMap((entry: unknown, i): T[] => {
    const fields = typeof entry === 'object' && entry !== null ? (entry as Fields) : {};
    const found = read(fields, (what, message) =>
      warnAt(`${name}.${i}`, `${kind}-${what}`, `The ${kind} ${i + 1} ${message}`),
    );
    return found === null ? [] : [found];
  });
  return { value, problems };
}

function idOf({ id }: Fields, stem: string, taken: ReadonlySet<string>): string {
  const isId = typeof id === 'string' && id !== '' && id.length <= LIMITS.idChars;
  return freeId(taken, isId ? id : stem);
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LIMITS.position;
}

function sideOf(value: unknown): number | null {
  const { min, max } = LIMITS.noteSize;
  return typeof value === 'number' && value >= min && value <= max ? value : null;
}

/** Whether nothing was put right: flat fields and lists of texts only. */
function isSame(read: object, raw: Fields): boolean {
  const fields = Object.entries(read);
  if (fields.length !== Object.keys(raw).length) return false;
  return fields.every(([name, value]) => JSON.stringify(value) === JSON.stringify(raw[name]));
}
