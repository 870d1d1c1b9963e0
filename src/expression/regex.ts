import { PatternError } from './like.ts';
import { parseRegex, type CharacterSet, type Regex } from './regex-syntax.ts';

/**
 * A matcher without backtracking: it follows all ways through the pattern at once, character by character (Pike's
 * machine), so that time is at most text × pattern. Of several matches it takes the one that Java would: leftmost, then
 * by the order of alternatives and the greed of repeats.
 */
export interface Matcher {
  /** UTF-16 offsets of the first match at or behind `from`: [start, end, start of group 1, end of group 1, …]; -1 where a group took no part. */
  find(text: string, from?: number): readonly number[] | null;
  readonly groups: number;
}

type Step =
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'not-word' }
  | { readonly op: 'split'; readonly to: number; readonly other: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'match' };

/** Longest program; a pattern that needs more is refused. */
const PROGRAM_LIMIT = 2000;

/** `shown` is what a `PatternError` calls the pattern. */
export function compileRegex(pattern: string, shown = pattern): Matcher {
  const { regex, groups } = parseRegex(pattern, shown);
  const steps: Step[] = [{ op: 'save', slot: 0 }];
  emit(regex, steps, shown);
  steps.push({ op: 'save', slot: 1 }, { op: 'match' });
  return { groups, find: (text, from = 0) => run(steps, text, from) };
}

function emit(regex: Regex, steps: Step[], pattern: string): void {
  if (steps.length > PROGRAM_LIMIT)
    throw new PatternError(`The pattern '${pattern}' is too large: its repeats multiply.`);
  switch (regex.kind) {
    case 'set':
      steps.push({ op: 'set', set: regex.set });
      return;
    case 'edge':
      steps.push({ op: 'edge', edge: regex.edge });
      return;
    case 'sequence':
      for (const part of regex.parts) emit(part, steps, pattern);
      return;
    case 'group':
      steps.push({ op: 'save', slot: regex.number * 2 });
      emit(regex.part, steps, pattern);
      steps.push({ op: 'save', slot: regex.number * 2 + 1 });
      return;
    case 'choice':
      emitChoice(regex.options, steps, pattern);
      return;
    case 'repeat':
      emitRepeat(regex, steps, pattern);
  }
}

/** Leaves room for a split that is filled in once its targets are known. */
function reserve(steps: Step[]): number {
  return steps.push({ op: 'match' }) - 1;
}

function emitChoice(options: readonly Regex[], steps: Step[], pattern: string): void {
  const ends: number[] = [];
  options.forEach((option, i) => {
    const last = i === options.length - 1;
    const split = last ? -1 : reserve(steps);
    emit(option, steps, pattern);
    if (last) return;
    ends.push(reserve(steps));
    steps[split] = { op: 'split', to: split + 1, other: steps.length };
  });
  for (const end of ends) steps[end] = { op: 'split', to: steps.length, other: steps.length };
}

function emitRepeat(regex: Regex & { kind: 'repeat' }, steps: Step[], pattern: string): void {
  for (let i = 0; i < regex.least; i++) emit(regex.part, steps, pattern);
  const split = (at: number, inside: number, outside: number): void => {
    steps[at] = regex.greedy
      ? { op: 'split', to: inside, other: outside }
      : { op: 'split', to: outside, other: inside };
  };
  if (regex.most === Infinity) {
    const loop = reserve(steps);
    emit(regex.part, steps, pattern);
    const back = reserve(steps);
    steps[back] = { op: 'split', to: loop, other: loop };
    split(loop, loop + 1, steps.length);
    return;
  }
  const skips: number[] = [];
  for (let i = regex.least; i < regex.most; i++) {
    skips.push(reserve(steps));
    emit(regex.part, steps, pattern);
  }
  for (const skip of skips) split(skip, skip + 1, steps.length);
}

/** Ways through the program that wait for the next character, best first; each with its saved offsets. */
interface Threads {
  readonly at: number[];
  readonly saved: (readonly number[])[];
  readonly seen: Set<number>;
}

function run(steps: readonly Step[], text: string, from: number): readonly number[] | null {
  let best: readonly number[] | null = null;
  let current: Threads = { at: [], saved: [], seen: new Set() };
  for (let offset = from; ;) {
    if (best === null) follow(steps, current, { step: 0, saved: [], text, offset });
    if (current.at.length === 0 && best !== null) return best;
    const point = text.codePointAt(offset) ?? -1;
    const next: Threads = { at: [], saved: [], seen: new Set() };
    const after = offset + (point > 0xffff ? 2 : 1);
    for (let i = 0; i < current.at.length; i++) {
      const at = current.at[i] ?? 0;
      const saved = current.saved[i] ?? [];
      const step = steps[at];
      if (step?.op === 'match') {
        best = saved;
        // Those behind it are worse ways, whatever they would still find.
        break;
      }
      if (step?.op === 'set' && point >= 0 && inSet(step.set, point))
        follow(steps, next, { step: at + 1, saved, text, offset: after });
    }
    if (offset >= text.length) return best;
    current = next;
    offset = after;
  }
}

interface Way {
  readonly step: number;
  readonly saved: readonly number[];
  readonly text: string;
  readonly offset: number;
}

/** Adds a way, and all that it leads to without taking a character, in order of preference. */
function follow(steps: readonly Step[], threads: Threads, way: Way): void {
  const open: { step: number; saved: readonly number[] }[] = [way];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { step: at, saved } = item;
    if (threads.seen.has(at)) continue;
    threads.seen.add(at);
    const step = steps[at];
    if (step?.op === 'split') {
      if (step.other !== step.to) open.push({ step: step.other, saved });
      open.push({ step: step.to, saved });
    } else if (step?.op === 'save') {
      const copy = saved.slice();
      while (copy.length < step.slot) copy.push(-1);
      copy[step.slot] = way.offset;
      open.push({ step: at + 1, saved: copy });
    } else if (step?.op === 'edge') {
      if (holds(step.edge, way.text, way.offset)) open.push({ step: at + 1, saved });
    } else {
      threads.at.push(at);
      threads.saved.push(saved);
    }
  }
}

function inSet(set: CharacterSet, point: number): boolean {
  for (const [from, to] of set.ranges) if (point >= from && point <= to) return !set.negated;
  return set.negated;
}

function holds(edge: 'start' | 'end' | 'word' | 'not-word', text: string, offset: number): boolean {
  if (edge === 'start') return offset === 0;
  // As in Java, the end is also before a last line break.
  if (edge === 'end') return offset === text.length || (offset === text.length - 1 && text.charAt(offset) === '\n');
  const boundary = isWord(text.charAt(offset - 1)) !== isWord(text.charAt(offset));
  return boundary === (edge === 'word');
}

function isWord(character: string): boolean {
  return /^\w$/.test(character);
}
