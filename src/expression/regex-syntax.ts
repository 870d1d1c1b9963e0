import { PatternError } from './like.ts';

/**
 * Regular expressions as a tree: the part of Java's syntax that a matcher without backtracking can run. Look-around, back
 * references, possessive and atomic groups are refused.
 */
export type Regex =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  | {
      readonly kind: 'repeat';
      readonly part: Regex;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    }
  | { readonly kind: 'group'; readonly part: Regex; readonly number: number }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'not-word' };

/** Code points in [from, to] pairs, or all but these. */
export interface CharacterSet {
  readonly ranges: readonly (readonly [number, number])[];
  readonly negated: boolean;
}

const DIGIT: readonly [number, number][] = [[48, 57]];
const WORD: readonly [number, number][] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: readonly [number, number][] = [
  [9, 13],
  [32, 32],
];
const CONTROLS = new Map([
  ['n', 10],
  ['t', 9],
  ['r', 13],
  ['f', 12],
  ['e', 27],
  ['a', 7],
  ['0', 0],
]);
const REPEAT_LIMIT = 1000;

/** Groups are numbered from 1 by their opening bracket. */
export function parseRegex(pattern: string, shown: string): { readonly regex: Regex; readonly groups: number } {
  const reader = new Reader(pattern, shown);
  const regex = reader.choice();
  if (!reader.done()) reader.refuse('a bracket ) too many');
  return { regex, groups: reader.groups };
}

class Reader {
  groups = 0;
  private readonly shown: string;
  private readonly points: readonly string[];
  private at = 0;
  private depth = 0;

  constructor(pattern: string, shown: string) {
    this.shown = shown;
    this.points = Array.from(pattern);
  }

  done(): boolean {
    return this.at >= this.points.length;
  }

  refuse(why: string): never {
    throw new PatternError(`The pattern '${this.shown}' cannot be used: ${why}.`);
  }

  private peek(offset = 0): string {
    return this.points[this.at + offset] ?? '';
  }

  private accept(point: string): boolean {
    if (this.done() || this.peek() !== point) return false;
    this.at++;
    return true;
  }

  choice(): Regex {
    if (++this.depth > 50) this.refuse('its brackets are nested more than 50 deep');
    const options = [this.sequence()];
    while (this.accept('|')) options.push(this.sequence());
    this.depth--;
    return options.length === 1 ? (options[0] ?? { kind: 'sequence', parts: [] }) : { kind: 'choice', options };
  }

  private sequence(): Regex {
    const parts: Regex[] = [];
    while (!this.done() && this.peek() !== '|' && this.peek() !== ')') parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Regex {
    let part = this.atom();
    for (;;) {
      const bounds = this.bounds();
      if (bounds === null) return part;
      const greedy = !this.accept('?');
      if (this.peek() === '+') this.refuse('possessive repeats (++) are not supported');
      part = { kind: 'repeat', part, least: bounds[0], most: bounds[1], greedy };
    }
  }

  private bounds(): readonly [number, number] | null {
    if (this.accept('*')) return [0, Infinity];
    if (this.accept('+')) return [1, Infinity];
    if (this.accept('?')) return [0, 1];
    if (this.peek() !== '{') return null;
    const rest = this.points.slice(this.at, this.at + 16).join('');
    const match = /^\{(\d{1,6})(,(\d{0,6}))?\}/.exec(rest);
    if (match === null) return this.refuse('the bracket { does not start a repeat; write \\{ for the character');
    this.at += match[0].length;
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === '' ? Infinity : Number(match[3]);
    if (most < least) this.refuse(`in ${match[0]} the second number is the smaller one`);
    if (least > REPEAT_LIMIT || (most > REPEAT_LIMIT && most !== Infinity))
      this.refuse(`${match[0]} repeats more than ${REPEAT_LIMIT} times`);
    return [least, most];
  }

  private atom(): Regex {
    const point = this.peek();
    this.at++;
    switch (point) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'set', set: this.characterClass() };
      case '.':
        return {
          kind: 'set',
          set: {
            ranges: [
              [10, 10],
              [13, 13],
              [0x85, 0x85],
              [0x2028, 0x2029],
            ],
            negated: true,
          },
        };
      case '^':
        return { kind: 'edge', edge: 'start' };
      case '$':
        return { kind: 'edge', edge: 'end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        return this.refuse(`${point} repeats nothing`);
      default:
        return one(point);
    }
  }

  private group(): Regex {
    let number = 0;
    if (this.accept('?')) {
      if (!this.accept(':')) this.refuse('look-around, flags and named groups (?…) are not supported, only (?:…)');
    } else number = ++this.groups;
    const part = this.choice();
    if (!this.accept(')')) this.refuse('a bracket ( is not closed');
    return number === 0 ? part : { kind: 'group', part, number };
  }

  private escape(): Regex {
    const point = this.peek();
    if (point === 'b' || point === 'B') {
      this.at++;
      return { kind: 'edge', edge: point === 'b' ? 'word' : 'not-word' };
    }
    return { kind: 'set', set: this.escapedSet() };
  }

  /** What stands behind a backslash, as a set. */
  private escapedSet(): CharacterSet {
    if (this.done()) return this.refuse('it ends with a backslash');
    const point = this.peek();
    this.at++;
    const named = new Map([
      ['d', DIGIT],
      ['w', WORD],
      ['s', SPACE],
    ]).get(point.toLowerCase());
    if (named !== undefined) return { ranges: named, negated: point !== point.toLowerCase() };
    const control = CONTROLS.get(point);
    if (control !== undefined) return { ranges: [[control, control]], negated: false };
    if (/[1-9]/.test(point)) return this.refuse(`the back reference \\${point} cannot be matched in linear time`);
    if (/[A-Za-z]/.test(point)) return this.refuse(`\\${point} is not supported`);
    const code = point.codePointAt(0) ?? 0;
    return { ranges: [[code, code]], negated: false };
  }

  private characterClass(): CharacterSet {
    const negated = this.accept('^');
    const ranges: (readonly [number, number])[] = [];
    for (let first = true; first || this.peek() !== ']'; first = false) {
      if (this.done()) this.refuse('a bracket [ is not closed');
      if (this.peek() === '[' || (this.peek() === '&' && this.peek(1) === '&'))
        this.refuse('classes inside of classes are not supported; write \\[ for the character');
      const low = this.classMember(ranges);
      if (low === null) continue;
      if (this.peek() !== '-' || this.peek(1) === ']' || this.peek(1) === '') {
        ranges.push([low, low]);
        continue;
      }
      this.at++;
      const high = this.classMember(ranges);
      if (high === null || high < low) this.refuse('a range in [ ] runs backwards');
      else ranges.push([low, high]);
    }
    this.at++;
    return { ranges, negated };
  }

  /** A single code point; a set such as \d goes into `ranges` and gives null. */
  private classMember(ranges: (readonly [number, number])[]): number | null {
    const point = this.peek();
    this.at++;
    if (point !== '\\') return point.codePointAt(0) ?? 0;
    const set = this.escapedSet();
    const [only] = set.ranges;
    if (!set.negated && set.ranges.length === 1 && only !== undefined && only[0] === only[1]) return only[0];
    if (!set.negated) ranges.push(...set.ranges);
    else ranges.push(...complement(set.ranges));
    return null;
  }
}

function complement(ranges: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const result: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  return [...result, [next, 0x10ffff]];
}

export function one(point: string): Regex {
  const code = point.codePointAt(0) ?? 0;
  return { kind: 'set', set: { ranges: [[code, code]], negated: false } };
}
