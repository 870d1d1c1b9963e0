import type { Kernel, KernelInput, KernelOutput, KernelRequest, OperatorKind } from '../../operators/operator.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount, withColumns } from '../../stream/batch.ts';
import { FRESH_BUFFERS } from '../../stream/buffers.ts';
import { isNull } from '../../stream/column.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import { StateReader, StateWriter } from '../../stream/state-codec.ts';
import { rowToJson } from '../../stream/value.ts';
import type { NumberedRequest } from './numbered-request.ts';
import { numberedRequest } from './numbered-request.ts';
import type { ArrivedRow, RowFilter } from './row-numbers.ts';
import { RowNumbers, arrivedRow } from './row-numbers.ts';

/** A row that left a node: the how manyeth of an entry at a port, from 0. */
export interface RowPlace {
  readonly port: OutputPortName;
  readonly seq: number;
  readonly nth: number;
}

export function placeName({ port, seq, nth }: RowPlace): string {
  return `${port} ${String(seq)} ${String(nth)}`;
}

interface GivenRow {
  readonly batch: Batch;
  readonly row: number;
}

/** Rows of some entries, by port and entry. */
type GivenRows = Map<string, GivenRow[]>;

/** What the tracer is for: rows that left a node. */
export interface Traced {
  readonly wanted: readonly RowPlace[];
  readonly isNumbered: RowFilter;
}

/**
 * Finds the rows that came to a node and are in rows that left it. A second kernel of the same meaning gets the same rows
 * with their numbers in one more column, and hands these on as it does any value: the operator itself says what is in a result.
 */
export class RowTracer {
  /** By the name of the place; those that were found. */
  readonly members = new Map<string, readonly ArrivedRow[]>();
  private readonly traced: Traced;
  private readonly entries: ReadonlySet<number>;
  /** What the second kernel holds, while the first one's state goes over to another. */
  private handedOn: { readonly bytes: Uint8Array; readonly numbers: readonly RowNumbers[] } | null = null;

  constructor(traced: Traced) {
    this.traced = traced;
    this.entries = new Set(traced.wanted.map(({ seq }) => seq));
  }

  /** In place of the kernel of the node that is traced: does what that does. */
  beside(kind: OperatorKind, request: KernelRequest<never>, make: (request: KernelRequest<never>) => Kernel): Kernel {
    const kernel = make(request);
    const numbered = numberedRequest(kind, request);
    if (numbered === null) return kernel;
    const twin = make(numbered.request);
    let numbers: readonly RowNumbers[] = request.inputs.map(
      (type, i) => new RowNumbers(i, type, this.traced.isNumbered),
    );
    const run = kernel.run.bind(kernel);
    const snapshot = kernel.snapshot.bind(kernel);
    const restore = kernel.restore.bind(kernel);
    return Object.assign(kernel, {
      snapshot: ((writer) => {
        snapshot(writer);
        const own = new StateWriter({});
        twin.snapshot(own);
        this.handedOn = { bytes: own.finish(), numbers };
      }) satisfies Kernel['snapshot'],
      restore: ((reader) => {
        restore(reader);
        const { bytes, numbers: before } = defined(this.handedOn, 'what the kernel before held');
        twin.restore(new StateReader(bytes));
        numbers = before;
      }) satisfies Kernel['restore'],
      run: ((round, inputs, clock, out) => {
        // Read before the kernel has them: columns that wait are good for one round.
        const again = inputs.map((input, i): KernelInput => {
          const own = defined(numbers[i], 'numbers of an input');
          const type = defined(numbered.request.inputs[i], 'input');
          return { ...input, type, batches: input.batches.map((batch) => own.numbered(batch)) };
        });
        const given: GivenRows = new Map();
        const curve = run(round, inputs, clock, this.hearing(out, given));
        const numberedRows: GivenRows = new Map();
        twin.run(round, again, clock, this.listening(numberedRows));
        this.match(given, numberedRows, { request, places: numbered.places, numbers });
        return curve;
      }) satisfies Kernel['run'],
    });
  }

  private hearing(out: KernelOutput, given: GivenRows): KernelOutput {
    const emit: KernelOutput['emit'] = (port, batch) => {
      this.note(given, port, batch);
      out.emit(port, batch);
    };
    return Object.create(out, { emit: { value: emit } }) as KernelOutput;
  }

  private listening(given: GivenRows): KernelOutput {
    const fates = { used: 0, held: 0, late: 0, filtered: 0, unmatched: 0, rejected: 0, lateWindows: 0 };
    return {
      buffers: FRESH_BUFFERS,
      fates,
      trace: null,
      emit: (port, batch) => this.note(given, port, batch),
      dropped: () => undefined,
      rejected: () => undefined,
    };
  }

  private note(given: GivenRows, port: OutputPortName, batch: Batch): void {
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      const seq = batch.seq[row] ?? -1;
      if (!this.entries.has(seq)) continue;
      const name = entryName(port, seq);
      const rows = given.get(name);
      if (rows === undefined) given.set(name, [{ batch, row }]);
      else rows.push({ batch, row });
    }
  }

  /**
   * Finds the numbered row of each that is wanted. There may be more numbered rows than others, where a result that is the
   * same as before is passed over: they come in the same order.
   */
  private match(given: GivenRows, numbered: GivenRows, { request, places, numbers }: Matching): void {
    for (const place of this.traced.wanted) {
      const name = entryName(place.port, place.seq);
      const rows = given.get(name);
      const others = numbered.get(name);
      const columns = places[place.port];
      const type = request.outputs[place.port];
      if (rows?.[place.nth] === undefined || others === undefined || columns === undefined || type === undefined)
        continue;
      const found = counterpart(rows, others, place.nth, { type, columns });
      if (found === null) continue;
      const members = numbersIn(found, columns).map((number) => {
        // A row that goes another way than out is itself, whatever it takes back.
        const own = place.port === 'out' ? number : numbers[arrivedRow(number).input]?.ownNumber(number);
        return arrivedRow(own ?? number);
      });
      this.members.set(placeName(place), members);
    }
  }
}

interface Matching {
  readonly request: KernelRequest<never>;
  readonly places: NumberedRequest['places'];
  readonly numbers: readonly RowNumbers[];
}

interface Layout {
  readonly type: StreamType;
  readonly columns: readonly number[];
}

function counterpart(
  rows: readonly GivenRow[],
  others: readonly GivenRow[],
  nth: number,
  { type, columns }: Layout,
): GivenRow | null {
  let next = 0;
  for (const [i, row] of rows.entries()) {
    const text = textOf(row, type);
    while (next < others.length && textOf(withoutNumbers(defined(others[next], 'row'), columns), type) !== text) next++;
    if (next === others.length) return null;
    if (i === nth) return others[next] ?? null;
    next++;
  }
  return null;
}

function textOf({ batch, row }: GivenRow, type: StreamType): string {
  return JSON.stringify([
    kindAt(batch, row),
    phaseAt(batch, row),
    batch.ts[row],
    rowToJson(batch.columns, type.schema, row),
  ]);
}

function withoutNumbers({ batch, row }: GivenRow, columns: readonly number[]): GivenRow {
  const own = batch.columns.filter((_, index) => !columns.includes(index));
  return { batch: withColumns(batch, own), row };
}

/** Ascending, each once. */
function numbersIn({ batch, row }: GivenRow, columns: readonly number[]): readonly number[] {
  const numbers = new Set<number>();
  for (const index of columns) {
    const column = batch.columns[index];
    if (column === undefined || isNull(column.nulls, row)) continue;
    if (column.kind === 'float') numbers.add(column.values[row] ?? 0);
    if (column.kind !== 'list' || column.child.kind !== 'float') continue;
    for (let i = column.offsets[row] ?? 0; i < (column.offsets[row + 1] ?? 0); i++)
      numbers.add(column.child.values[i] ?? 0);
  }
  return [...numbers].sort((a, b) => a - b);
}

function entryName(port: OutputPortName, seq: number): string {
  return `${port} ${String(seq)}`;
}
