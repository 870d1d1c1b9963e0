import type { Value } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import type { Side } from '../reference-match.ts';
import { ReferenceMatch, sameValue, sameValues } from '../reference-match.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates } from '../reference.ts';
import type { WindowJoinBound } from './bound.ts';

interface Kept {
  readonly row: ReferenceRow;
  readonly side: Side;
  /** In how many windows the row still is. */
  windows: number;
  wasGiven: boolean;
}

type Span = readonly [start: number, end: number];

interface Window {
  readonly key: readonly Value[];
  readonly span: Span;
  /** Both sides, in order of arrival. */
  readonly rows: Kept[];
  /** When its first row came, as a number in order of arrival. */
  readonly first: number;
  hasFired: boolean;
  /** How often it has fired, the windows that it came from included. */
  firings: number;
}

interface Place {
  readonly seq: number;
  readonly phase: 0 | 1;
}

/**
 * Every window of every key as a list of rows. Flink 2.0: `WindowJoinOperator` of SQL, whose windows come with the rows and
 * are gone with their one firing; `JoinedStreams` of the DataStream API, which is a `WindowOperator` over both sides.
 */
export function windowJoinReference(request: ReferenceRequest<WindowJoinBound>): Reference {
  return new WindowJoin(request);
}

class WindowJoin implements Reference {
  private readonly bound: WindowJoinBound;
  private readonly match: ReferenceMatch;
  private readonly counted: Fates = noFates();
  private windows: Window[] = [];
  private arrivals = 0;

  constructor({ bound, inputs }: ReferenceRequest<WindowJoinBound>) {
    this.bound = bound;
    this.match = new ReferenceMatch(bound, inputs);
  }

  row(input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
    const side: Side = input === 0 ? 0 : 1;
    const spans = this.spansOf(side, row);
    if (spans === null) {
      this.counted.rejected++;
      return [this.alone(side, row, 'rejected')];
    }
    // By the clock nothing is late.
    const now = this.isByClock ? -Infinity : watermark;
    const own: Kept = { row, side, windows: 0, wasGiven: false };
    const key = this.bound.nullAware ? [] : this.match.keyOf(side, row.values);
    const lacksKey = !this.bound.nullAware && this.match.lacksKey(side, row.values);
    const taken: Window[] = [];
    for (const span of spans) {
      const window = this.opened(key, span, now);
      if (window !== null) taken.push(window);
      else this.counted.lateWindows++;
    }
    if (taken.length === 0) {
      const isLate = spans.length > 0 || row.ts + this.bound.latenessMs <= now;
      this.counted[isLate ? 'late' : 'filtered']++;
      return isLate ? [this.alone(side, row, 'late')] : [];
    }
    if (lacksKey && !this.givesAlone(side)) {
      this.counted.unmatched++;
      this.windows = this.windows.filter(({ rows }) => rows.length > 0);
      return [];
    }
    this.counted.held++;
    own.windows = taken.length;
    for (const { rows } of taken) rows.push(own);
    // EventTimeTrigger.onElement: at once where the watermark has passed
    return taken.flatMap((window) => (window.span[1] - 1 <= now ? this.fire(window, row) : []));
  }

  watermark(watermark: number, seq: number): readonly ReferenceResult[] {
    return this.isByClock ? [] : this.timers(watermark, { seq, phase: 1 });
  }

  clock(now: number, seq: number): readonly ReferenceResult[] {
    return this.isByClock ? this.timers(now, { seq, phase: 1 }) : [];
  }

  fates(): Fates {
    return this.counted;
  }

  private get isByClock(): boolean {
    return this.bound.timeDomain === 'processing';
  }

  /** Whether a row of the side can be in a result without a partner. */
  private givesAlone(side: Side): boolean {
    const { kind } = this.bound;
    return kind === 'full' || kind === (side === 0 ? 'left' : 'right') || (kind === 'anti' && side === 0);
  }

  private spansOf(side: Side, row: ReferenceRow): readonly Span[] | null {
    const { inherited, window, sizeMs, advanceMs, gapMs, offsetMs } = this.bound;
    if (inherited !== null) {
      const { start, end, localOffsetMs } = inherited[side];
      const bounds = [row.values[start] ?? null, row.values[end] ?? null];
      // The columns are in local time, the watermark is not.
      return bounds.includes(null) ? null : [[Number(bounds[0]) - localOffsetMs, Number(bounds[1]) - localOffsetMs]];
    }
    const time = this.isByClock ? row.at : row.ts;
    if (Number.isNaN(time)) return null;
    if (window === 'session') return [[time, time + gapMs]];
    const spans: Span[] = [];
    // The newest first.
    for (let start = Math.floor((time - offsetMs) / advanceMs) * advanceMs + offsetMs; start > time - sizeMs;) {
      spans.push([start, start + sizeMs]);
      start -= advanceMs;
    }
    return spans;
  }

  /** The window that takes a row of the key, sessions merged with those that they touch; null if it is late. */
  private opened(key: readonly Value[], span: Span, now: number): Window | null {
    const isLate = ([, end]: Span): boolean => end - 1 + this.bound.latenessMs <= now;
    const known = this.windows.filter((window) => sameValues(window.key, key));
    if (this.bound.window !== 'session') {
      const found = known.find((window) => sameValues(window.span, span));
      return isLate(span) ? null : (found ?? this.create(key, span, this.arrivals++));
    }
    const touching = known.filter(({ span: [start, end] }) => start <= span[1] && end >= span[0]);
    const merged: Span = [
      Math.min(span[0], ...touching.map((window) => window.span[0])),
      Math.max(span[1], ...touching.map((window) => window.span[1])),
    ];
    if (isLate(merged)) return null;
    const first = Math.min(this.arrivals++, ...touching.map((window) => window.first));
    const [only] = touching;
    if (only !== undefined && touching.length === 1 && sameValues(only.span, merged)) return only;
    this.windows = this.windows.filter((window) => !touching.includes(window));
    const window = this.create(key, merged, first);
    window.firings = Math.max(0, ...touching.map(({ firings }) => firings));
    window.rows.push(...touching.flatMap(({ rows }) => rows));
    window.rows.sort((a, b) => a.row.seq - b.row.seq);
    return window;
  }

  private create(key: readonly Value[], span: Span, first: number): Window {
    const window: Window = { key, span, rows: [], first, hasFired: false, firings: 0 };
    this.windows.push(window);
    return window;
  }

  /** Windows that are complete by now, then forgotten a lateness later, in order of these times. */
  private timers(now: number, place: Place): readonly ReferenceResult[] {
    const lateness = this.isByClock ? 0 : this.bound.latenessMs;
    const results: ReferenceResult[] = [];
    const order = (a: Window, b: Window): number => a.span[1] - b.span[1] || a.span[0] - b.span[0] || a.first - b.first;
    for (const window of this.windows.toSorted(order)) {
      if (window.span[1] - 1 > now) continue;
      if (!window.hasFired) results.push(...this.fire(window, place));
      if (window.span[1] - 1 + lateness <= now) this.forget(window);
    }
    return results;
  }

  private forget(window: Window): void {
    this.windows.splice(this.windows.indexOf(window), 1);
    for (const kept of window.rows) {
      if (--kept.windows > 0) continue;
      this.counted.held--;
      this.counted[kept.wasGiven ? 'used' : 'unmatched']++;
    }
  }

  private fire(window: Window, place: Place): readonly ReferenceResult[] {
    window.hasFired = true;
    window.firings++;
    const { kind } = this.bound;
    const results: ReferenceResult[] = [];
    const lead: Side = kind === 'right' ? 1 : 0;
    const others = window.rows.filter(({ side }) => side !== lead);
    const met = new Set<Kept>();
    for (const own of window.rows.filter(({ side }) => side === lead)) {
      const partners = others.filter((other) => (lead === 0 ? this.matches(own, other) : this.matches(other, own)));
      for (const partner of partners) met.add(partner);
      if (kind === 'semi' || kind === 'anti') {
        if (partners.length > 0 === (kind === 'semi')) results.push(this.result(window, [own, null], place));
        if (kind === 'semi') for (const partner of partners) partner.wasGiven = true;
      } else if (partners.length > 0) {
        results.push(...partners.map((partner) => this.result(window, [own, partner], place)));
      } else if (this.givesAlone(lead)) results.push(this.result(window, [own, null], place));
    }
    if (kind === 'full') {
      for (const other of others) if (!met.has(other)) results.push(this.result(window, [other, null], place));
    }
    return results;
  }

  /** A further condition that fails does not hold. Beside NULL no key of NOT IN is known to differ. */
  private matches({ row: left }: Kept, { row: right }: Kept): boolean {
    const isMatch = this.bound.nullAware
      ? this.match.keyOf(0, left.values).every((value, i) => {
          const other = this.match.keyOf(1, right.values)[i] ?? null;
          if (value !== null && other !== null) return sameValue(value, other);
          // A column in which NULL is a value like others stays that.
          return this.bound.nullSafe[i] !== true || value === other;
        })
      : this.match.keysMatch(left.values, right.values);
    return isMatch && this.match.residualHolds(left.values, right.values) === true;
  }

  private result(
    { span, firings }: Window,
    [own, partner]: readonly [Kept, Kept | null],
    { seq, phase }: Place,
  ): ReferenceResult {
    own.wasGiven = true;
    if (partner !== null) partner.wasGiven = true;
    const isLeftAlone = this.bound.kind === 'semi' || this.bound.kind === 'anti';
    const values = isLeftAlone
      ? own.row.values
      : this.match.joined(own.side, own.row.values, partner?.row.values ?? null);
    // On time by a timer, late with a row.
    const pane = [phase === 1 ? 1 : 2, firings - 1] as const;
    const offsetMs = this.bound.inherited?.[0].localOffsetMs ?? 0;
    return { port: 'out', seq, phase, ts: span[1] - 1, values, window: [span[0] + offsetMs, span[1] + offsetMs], pane };
  }

  private alone(side: Side, row: ReferenceRow, port: 'late' | 'rejected'): ReferenceResult {
    const { seq, phase, ts } = row;
    return { port, seq, phase, ts, values: this.match.joined(side, row.values, null), window: null, pane: null };
  }
}
