import type { Field } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { aggregatesFail, aggregatesOf } from '../reference-aggregates.ts';
import { evaluateExpression } from '../reference-expression.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { PatternBound } from './bound.ts';
import type { Standing } from './reference-steps.ts';
import { outcomes, standingAt } from './reference-steps.ts';

/** A row by the time that counts, and its number. */
interface Row {
  readonly row: ReferenceRow;
  readonly timeMs: number;
  readonly number: number;
}

interface Beginning {
  readonly taken: readonly { readonly step: number; readonly row: Row }[];
  /** Null for a match. */
  readonly at: Standing | null;
}

interface Group {
  readonly key: readonly Value[];
  waiting: Row[];
  beginnings: Beginning[];
  /** Matches that wait for earlier beginnings. */
  matches: Beginning[];
}

interface Moment {
  readonly seq: number;
  readonly phase: 0 | 1;
}

/** Every beginning is a plain list of the rows that it has taken; nothing is shared, and fates are counted anew each time. */
export function patternReference(request: ReferenceRequest<PatternBound>): Reference {
  return new PatternReference(request);
}

class PatternReference implements Reference {
  private readonly request: ReferenceRequest<PatternBound>;
  private readonly groups: Group[] = [];
  private readonly rows: Row[] = [];
  private readonly told = new Set<Row>();
  private readonly counted = noFates();
  /** Answers of conditions, by the row, the step and the rows that it asks about. */
  private readonly known = new Map<ReferenceRow, Map<string, boolean | null>>();

  constructor(request: ReferenceRequest<PatternBound>) {
    this.request = request;
  }

  row(_input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
    const { bound, inputs, dialect } = this.request;
    const byClock = bound.timeDomain === 'processing';
    const aggregates = bound.measures.map(({ aggregate }) => aggregate);
    const fails = bound.steps.some(({ asks }, i) => asks.length === 0 && this.asks(i, row, []) === null);
    if (fails || aggregatesFail({ aggregates, schema: inputs[0]!.schema, dialect }, row))
      return this.refuse(row, 'rejected');
    const timeMs = byClock ? row.at : row.ts;
    if (Number.isNaN(timeMs)) return this.refuse(row, 'rejected');
    if (!byClock && timeMs <= watermark) {
      this.counted.lateWindows++;
      return this.refuse(row, 'late');
    }
    const kept = { row, timeMs, number: this.rows.length };
    this.rows.push(kept);
    const group = this.groupOf(row);
    if (byClock) {
      return [...this.advance(group, timeMs, row), ...this.lookAt(group, kept, row)];
    }
    group.waiting.push(kept);
    group.waiting.sort(before);
    return [];
  }

  private refuse(row: ReferenceRow, port: 'late' | 'rejected'): readonly ReferenceResult[] {
    this.counted[port]++;
    return [passed(row, port, row.values)];
  }

  private groupOf(row: ReferenceRow): Group {
    const key = this.request.bound.key.columns.map((column) => row.values[column]!);
    let group = this.groups.find((other) => other.key.every((value, i) => same(value, key[i]!)));
    if (group === undefined) this.groups.push((group = { key, waiting: [], beginnings: [], matches: [] }));
    return group;
  }

  watermark(watermark: number, seq: number): readonly ReferenceResult[] {
    return this.request.bound.timeDomain === 'processing' ? [] : this.comeTo(watermark, seq);
  }

  clock(now: number, seq: number): readonly ReferenceResult[] {
    return this.request.bound.timeDomain === 'processing' ? this.comeTo(now, seq) : [];
  }

  private comeTo(timeMs: number, seq: number): readonly ReferenceResult[] {
    const moment: Moment = { seq, phase: 1 };
    const due = this.groups.flatMap((group) => {
      const ending = this.request.bound.withinMs === 0 ? [] : group.beginnings;
      const firsts = [
        ...group.waiting.map((row) => ({ timeMs: row.timeMs, number: row.number })),
        ...ending.map((beginning) => ({ timeMs: this.endOf(beginning), number: first(beginning).number })),
      ].sort(before);
      return firsts[0] !== undefined && firsts[0].timeMs <= timeMs ? [{ group, ...firsts[0] }] : [];
    });
    return due.sort(before).flatMap(({ group }) => {
      const results: ReferenceResult[] = [];
      const ready = group.waiting.filter((row) => row.timeMs <= timeMs);
      group.waiting = group.waiting.filter((row) => row.timeMs > timeMs);
      for (const row of ready) {
        results.push(...this.advance(group, row.timeMs, moment), ...this.lookAt(group, row, moment));
      }
      return [...results, ...this.advance(group, timeMs, moment)];
    });
  }

  private endOf(beginning: Beginning): number {
    const { withinMs } = this.request.bound;
    return first(beginning).timeMs + withinMs;
  }

  private advance(group: Group, timeMs: number, moment: Moment): readonly ReferenceResult[] {
    const { steps, timeouts, withinMs } = this.request.bound;
    if (withinMs === 0) return [];
    const over = group.beginnings.filter((beginning) => this.endOf(beginning) <= timeMs);
    group.beginnings = group.beginnings.filter((beginning) => this.endOf(beginning) > timeMs);
    const isMatch = ({ at }: Beginning): boolean =>
      steps[at!.step]!.negated && steps[at!.step]!.contiguity !== 'strict';
    group.matches.push(...over.filter(isMatch));
    const matches = over.length === 0 ? [] : this.release(group, timeMs, moment);
    if (!timeouts) return matches;
    const ended = over.filter((beginning) => !isMatch(beginning));
    return [
      ...matches,
      ...ended.map((beginning) => this.tell(group, beginning, { ...moment, ts: this.endOf(beginning) }, true)),
    ];
  }

  private lookAt(group: Group, row: Row, moment: Moment): readonly ReferenceResult[] {
    const { steps, withinMs } = this.request.bound;
    const start = standingAt(steps, withinMs > 0, 0)!;
    const next: Beginning[] = [];
    for (const { taken, at } of [...group.beginnings, { taken: [], at: start }]) {
      const asked = { from: at!, isBeginning: taken.length === 0 };
      const { moves, isStopped } = outcomes(steps, withinMs > 0, asked, (i) => this.asks(i, row.row, taken) === true);
      for (const { as, to } of moves) {
        const path = as === null ? taken : [...taken, { step: as, row }];
        if (to === null) group.matches.push({ taken: path, at: null });
        else if (!isStopped) next.push({ taken: path, at: to });
      }
    }
    group.beginnings = next;
    return this.release(group, row.timeMs, moment);
  }

  private asks(i: number, row: ReferenceRow, taken: Beginning['taken']): boolean | null {
    const { asks } = this.request.bound.steps[i]!;
    const question = [i, ...asks.map((step) => taken.findLast((each) => each.step === step)?.row.number)].join(' ');
    const answers = this.known.get(row) ?? new Map<string, boolean | null>();
    this.known.set(row, answers);
    if (!answers.has(question)) answers.set(question, this.answer(i, row, taken));
    return answers.get(question) ?? null;
  }

  /** Whether a step's condition holds, given what was taken before; null where it fails. */
  private answer(i: number, row: ReferenceRow, taken: Beginning['taken']): boolean | null {
    const { bound, inputs } = this.request;
    const { fields } = inputs[0]!.schema;
    const others: Field[] = [];
    const values: Value[] = [...row.values];
    bound.steps.slice(0, i + 1).forEach(({ name, negated }, step) => {
      if (negated) return;
      others.push({ name, type: { kind: 'ROW', fields }, nullable: true });
      const last = taken.findLast((each) => each.step === step)?.row.row.values;
      values.push(last === undefined ? null : new Map(fields.map((field, column) => [field.name, last[column]!])));
    });
    const outcome = evaluateExpression(bound.steps[i]!.condition, { fields: [...fields, ...others] }, values);
    return outcome.ok ? outcome.value === true : null;
  }

  private release(group: Group, timeMs: number, moment: Moment): readonly ReferenceResult[] {
    const { skip, withinMs } = this.request.bound;
    const results: ReferenceResult[] = [];
    group.matches.sort((a, b) => before(first(a), first(b)));
    for (;;) {
      const [match] = group.matches;
      if (match === undefined) return results;
      if (skip !== 'no-skip' && group.beginnings.some((other) => before(first(other), first(match)) < 0))
        return results;
      group.matches.shift();
      const isGivenUp = this.givenUpBy(match);
      group.beginnings = group.beginnings.filter((other) => !isGivenUp(first(other)));
      group.matches = group.matches.filter((other) => !isGivenUp(first(other)));
      const own = match.at === null ? match.taken.at(-1)!.row.timeMs : first(match).timeMs + withinMs;
      results.push(this.tell(group, match, { ...moment, ts: timeMs === Infinity ? own : timeMs }, false));
    }
  }

  /** Whether another that begins with this row is given up. */
  private givenUpBy({ taken }: Beginning): (start: Row) => boolean {
    const { skip, skipStep } = this.request.bound;
    const rows = taken.map(({ row }) => row);
    const ofStep = taken.filter(({ step }) => step === skipStep).map(({ row }) => row);
    switch (skip) {
      case 'no-skip':
        return () => false;
      case 'to-next':
        return (start) => before(start, rows[0]!) <= 0;
      case 'past-last':
        return (start) => before(start, rows.at(-1)!) <= 0;
      case 'to-first':
        return (start) => ofStep.length > 0 && before(start, ofStep[0]!) < 0;
      case 'to-last':
        return (start) => ofStep.length > 0 && before(start, ofStep.at(-1)!) < 0;
    }
  }

  private tell(
    group: Group,
    { taken }: Beginning,
    place: Moment & { readonly ts: number },
    isTimeout: boolean,
  ): ReferenceResult {
    const { bound, inputs, dialect } = this.request;
    for (const { row } of taken) this.told.add(row);
    const measures = bound.measures.flatMap(({ step, aggregate }) => {
      const of = taken.filter((each) => step === null || each.step === step);
      const rows = of.map(({ row }, seq) => ({ ...row.row, seq }));
      return aggregatesOf({ aggregates: [aggregate], schema: inputs[0]!.schema, dialect }, rows);
    });
    const values = [...group.key, ...(bound.timeouts ? [isTimeout] : []), ...measures];
    const { seq, phase, ts } = place;
    return { seq, phase, ts, port: 'out', values, window: null, pane: null };
  }

  fates(): ReturnType<Reference['fates']> {
    const held = new Set(
      this.groups.flatMap(({ waiting, beginnings, matches }) => [
        ...waiting,
        ...[...beginnings, ...matches].flatMap(({ taken }) => taken.map(({ row }) => row)),
      ]),
    );
    const gone = this.rows.filter((row) => !held.has(row));
    const used = gone.filter((row) => this.told.has(row)).length;
    return { ...this.counted, held: held.size, used, unmatched: gone.length - used };
  }
}

function first({ taken }: Beginning): Row {
  return taken[0]!.row;
}

function before(a: Pick<Row, 'timeMs' | 'number'>, b: Pick<Row, 'timeMs' | 'number'>): number {
  return a.timeMs === b.timeMs ? a.number - b.number : a.timeMs - b.timeMs;
}

/** -0 is 0 and NaN is itself. */
function same(a: Value, b: Value): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
