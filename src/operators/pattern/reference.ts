import type { Schema } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import type { Fates } from '../operator.ts';
import { aggregatesFail, aggregatesOf } from '../reference-aggregates.ts';
import { evaluateExpression } from '../reference-expression.ts';
import { sameRow } from '../reference-order.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { PatternBound } from './bound.ts';
import type { Holds, Reading, Taken } from './reference-readings.ts';
import { endsWithTime, readingsOf } from './reference-readings.ts';

/**
 * Keeps every row of a key. With each row that is looked at, all rows from each beginning on are read anew in every way that
 * the pattern allows; a way of reading that the last row completes is a match. What Flink calls partial matches are the
 * readings that are still open (`NFA`, `NFACompiler`, `CepOperator`, `AfterMatchSkipStrategy`, Flink 2.0).
 */
export function patternReference(request: ReferenceRequest<PatternBound>): Reference {
  return new PatternReference(request);
}

/** Rows of one key. */
interface Lane {
  readonly key: readonly Value[];
  /** Not looked at yet, in order of arrival. */
  queue: ReferenceRow[];
  /** In the order in which they were looked at, each with the time that it was looked at for. */
  readonly rows: { readonly row: ReferenceRow; readonly timeMs: number }[];
  /** Places of rows that were in a result. */
  readonly told: Set<number>;
  beginnings: Beginning[];
  /** Complete, and behind something that began before. */
  waiting: readonly Taken[][];
}

/** A first row, and the ways of reading on from it that are still open. */
interface Beginning {
  readonly first: number;
  open: readonly Reading[];
}

/** Where results stand, and the time to which time has moved. */
interface Moment {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly timeMs: number;
}

class PatternReference implements Reference {
  private readonly bound: PatternBound;
  private readonly request: ReferenceRequest<PatternBound>;
  private readonly schemas: readonly Schema[];
  private readonly lanes: Lane[] = [];
  private readonly counted = noFates();
  /** Whether a row fulfils a condition, by key, step, row and the rows that the condition asks about. */
  private readonly known = new Map<string, boolean>();

  constructor(request: ReferenceRequest<PatternBound>) {
    this.request = request;
    this.bound = request.bound;
    const { fields } = request.inputs[0]!.schema;
    this.schemas = this.bound.steps.map((_, i) => ({
      fields: [...fields, ...this.knownTo(i).map((step) => rowNamed(this.bound.steps[step]!.name, fields))],
    }));
  }

  row(_input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
    const isByClock = this.bound.timeDomain === 'processing';
    if ((!isByClock && Number.isNaN(row.ts)) || this.fails(row)) return this.reject(row);
    if (!isByClock && row.ts <= watermark) {
      this.counted.late++;
      this.counted.lateWindows++;
      return [passed(row, 'late', row.values)];
    }
    const lane = this.laneOf(row);
    if (!isByClock) {
      lane.queue.push(row);
      return [];
    }
    const moment: Moment = { seq: row.seq, phase: row.phase, timeMs: row.at };
    return [...this.moveTime(lane, moment), ...this.look(lane, row, moment)];
  }

  watermark(watermark: number, seq: number): readonly ReferenceResult[] {
    if (this.bound.timeDomain === 'processing') return [];
    return this.dueLanes(watermark).flatMap((lane) => {
      const results: ReferenceResult[] = [];
      const due = lane.queue.filter(({ ts }) => ts <= watermark).toSorted((a, b) => a.ts - b.ts || a.seq - b.seq);
      lane.queue = lane.queue.filter(({ ts }) => ts > watermark);
      due.forEach((row, i) => {
        const moment: Moment = { seq, phase: 1, timeMs: row.ts };
        if (due[i - 1]?.ts !== row.ts) results.push(...this.moveTime(lane, moment));
        results.push(...this.look(lane, row, moment));
      });
      return [...results, ...this.moveTime(lane, { seq, phase: 1, timeMs: watermark })];
    });
  }

  clock(now: number, seq: number): readonly ReferenceResult[] {
    if (this.bound.timeDomain !== 'processing') return [];
    return this.dueLanes(now).flatMap((lane) => this.moveTime(lane, { seq, phase: 1, timeMs: now }));
  }

  fates(): Fates {
    const fates = { ...this.counted };
    for (const { queue, rows, told, beginnings, waiting } of this.lanes) {
      fates.held += queue.length;
      const open = beginnings.flatMap((beginning) => beginning.open.map(({ taken }) => taken));
      const held = new Set([...open, ...waiting].flat().map(({ at }) => at));
      rows.forEach((_, at) => fates[held.has(at) ? 'held' : told.has(at) ? 'used' : 'unmatched']++);
    }
    return fates;
  }

  /** Keys in which a row or the end of a beginning's time is due, by the first of these, then by arrival. */
  private dueLanes(nowMs: number): readonly Lane[] {
    const { withinMs } = this.bound;
    return this.lanes
      .map((lane) => {
        const rows = lane.queue.map(({ ts, seq }) => ({ dueMs: ts, seq }));
        const ends = lane.beginnings.map(({ first }) => {
          const { row, timeMs } = lane.rows[first]!;
          return { dueMs: timeMs + withinMs, seq: row.seq };
        });
        const due = [...rows, ...(withinMs > 0 ? ends : [])].filter(({ dueMs }) => dueMs <= nowMs);
        return { lane, first: due.toSorted((a, b) => a.dueMs - b.dueMs || a.seq - b.seq)[0] };
      })
      .flatMap(({ lane, first }) => (first === undefined ? [] : [{ lane, ...first }]))
      .toSorted((a, b) => a.dueMs - b.dueMs || a.seq - b.seq)
      .map(({ lane }) => lane);
  }

  /** Ends the beginnings whose time is over. */
  private moveTime(lane: Lane, moment: Moment): readonly ReferenceResult[] {
    const { withinMs, timeouts, steps } = this.bound;
    const isOver = ({ first }: Beginning): boolean =>
      withinMs > 0 && moment.timeMs - lane.rows[first]!.timeMs >= withinMs;
    const over = lane.beginnings.filter(isOver);
    lane.beginnings = lane.beginnings.filter((beginning) => !isOver(beginning));
    const ended = over.flatMap(({ open }) => open);
    const matches = ended.filter((reading) => endsWithTime(steps, reading));
    const results = this.release(lane, matches, moment);
    if (!timeouts) return results;
    const rest = ended.filter((reading) => !matches.includes(reading));
    return [
      ...results,
      ...rest.map(({ taken }) =>
        this.tell(lane, taken, { ...moment, timeMs: lane.rows[taken[0]!.at]!.timeMs + withinMs }, true),
      ),
    ];
  }

  private look(lane: Lane, row: ReferenceRow, moment: Moment): readonly ReferenceResult[] {
    lane.rows.push({ row, timeMs: moment.timeMs });
    const last = lane.rows.length - 1;
    const holds = this.conditionsOf(lane);
    const complete: Reading[] = [];
    lane.beginnings = [...lane.beginnings, { first: last, open: [] }].filter((beginning) => {
      const readings = readingsOf(this.bound.steps, holds, beginning.first, last);
      complete.push(...readings.complete);
      beginning.open = readings.open;
      return readings.open.length > 0;
    });
    return this.release(lane, complete, moment);
  }

  /** Tells of matches before which nothing began that is still open, and gives up what each makes void. */
  private release(lane: Lane, complete: readonly Reading[], moment: Moment): readonly ReferenceResult[] {
    const { skip } = this.bound;
    const startOf = (taken: readonly Taken[]): number => taken[0]!.at;
    lane.waiting = [...lane.waiting, ...complete.map(({ taken }) => [...taken])].toSorted(
      (a, b) => startOf(a) - startOf(b),
    );
    const results: ReferenceResult[] = [];
    for (let match = lane.waiting[0]; match !== undefined; match = lane.waiting[0]) {
      const start = startOf(match);
      if (skip !== 'no-skip' && lane.beginnings.some(({ first }) => first < start)) break;
      lane.waiting = lane.waiting.slice(1);
      const from = this.goesOnWith(match);
      lane.beginnings = lane.beginnings.filter(({ first }) => first >= from);
      lane.waiting = lane.waiting.filter((other) => startOf(other) >= from);
      results.push(this.tell(lane, match, { ...moment, timeMs: this.timeOf(lane, match, moment) }, false));
    }
    return results;
  }

  /** Place of the first row that may begin another match after this one. */
  private goesOnWith(match: readonly Taken[]): number {
    const ofStep = match.filter(({ step }) => step === this.bound.skipStep);
    switch (this.bound.skip) {
      case 'no-skip':
        return 0;
      case 'to-next':
        return match[0]!.at + 1;
      case 'past-last':
        return match.at(-1)!.at + 1;
      case 'to-first':
        return ofStep[0]?.at ?? 0;
      case 'to-last':
        return ofStep.at(-1)?.at ?? 0;
    }
  }

  /** That of the moment; at the end of all time the match's own. */
  private timeOf(lane: Lane, match: readonly Taken[], { timeMs }: Moment): number {
    if (timeMs !== Infinity) return timeMs;
    const { steps, withinMs } = this.bound;
    const last = steps.at(-1)!;
    if (last.negated && last.contiguity !== 'strict') return lane.rows[match[0]!.at]!.timeMs + withinMs;
    return lane.rows[match.at(-1)!.at]!.timeMs;
  }

  private tell(lane: Lane, match: readonly Taken[], moment: Moment, isTimeout: boolean): ReferenceResult {
    const { measures, timeouts } = this.bound;
    match.forEach(({ at }) => lane.told.add(at));
    const told = measures.flatMap(({ step, aggregate }) => {
      const rows = match.filter((taken) => step === null || taken.step === step);
      // In the order in which they were taken, whatever that of their arrival.
      const inOrder = rows.map(({ at }, i) => ({ ...lane.rows[at]!.row, seq: i }));
      return aggregatesOf(this.aggregated([aggregate]), inOrder);
    });
    const { seq, phase, timeMs: ts } = moment;
    const values = [...lane.key, ...(timeouts ? [isTimeout] : []), ...told];
    return { port: 'out', seq, phase, ts, values, window: null, pane: null };
  }

  /** Whether something that the row alone decides cannot be computed. */
  private fails(row: ReferenceRow): boolean {
    const { steps, measures } = this.bound;
    const conditionFails = steps.some(
      ({ condition, asks }, i) =>
        asks.length === 0 &&
        !evaluateExpression(
          condition,
          this.schemas[i]!,
          this.beside(row, i, () => null),
        ).ok,
    );
    return conditionFails || aggregatesFail(this.aggregated(measures.map(({ aggregate }) => aggregate)), row);
  }

  private conditionsOf(lane: Lane): Holds {
    return (place, at, taken) => {
      const lastOf = (step: number): number => taken.findLast((each) => each.step === step)?.at ?? -1;
      const { condition, asks } = this.bound.steps[place]!;
      const { row } = lane.rows[at]!;
      const name = [this.lanes.indexOf(lane), place, at, ...asks.map(lastOf)].join();
      let known = this.known.get(name);
      if (known === undefined) {
        const values = this.beside(row, place, (step) => lane.rows[lastOf(step)]?.row ?? null);
        const outcome = evaluateExpression(condition, this.schemas[place]!, values);
        known = outcome.ok && outcome.value === true;
        this.known.set(name, known);
      }
      return known;
    };
  }

  /** A row with the last rows that steps have taken, as the condition of step `place` sees them. */
  private beside(row: ReferenceRow, place: number, last: (step: number) => ReferenceRow | null): readonly Value[] {
    const { fields } = this.request.inputs[0]!.schema;
    const asRow = (taken: ReferenceRow | null): Value =>
      taken === null ? null : new Map(fields.map(({ name }, i) => [name, taken.values[i] ?? null]));
    return [...row.values, ...this.knownTo(place).map((step) => asRow(last(step)))];
  }

  /** Steps that a condition may ask about. */
  private knownTo(place: number): readonly number[] {
    return this.bound.steps.map((_, i) => i).filter((i) => i <= place && !this.bound.steps[i]!.negated);
  }

  private aggregated(
    aggregates: readonly PatternBound['measures'][number]['aggregate'][],
  ): Parameters<typeof aggregatesOf>[0] {
    return { aggregates, schema: this.request.inputs[0]!.schema, dialect: this.request.dialect };
  }

  private reject(row: ReferenceRow): readonly ReferenceResult[] {
    this.counted.rejected++;
    return [passed(row, 'rejected', row.values)];
  }

  private laneOf(row: ReferenceRow): Lane {
    const key = this.bound.key.columns.map((column) => row.values[column] ?? null);
    const known = this.lanes.find((lane) => sameRow(lane.key, key));
    if (known !== undefined) return known;
    const lane: Lane = { key, queue: [], rows: [], told: new Set(), beginnings: [], waiting: [] };
    this.lanes.push(lane);
    return lane;
  }
}

function rowNamed(name: string, fields: Schema['fields']): Schema['fields'][number] {
  return { name, type: { kind: 'ROW', fields }, nullable: true };
}
