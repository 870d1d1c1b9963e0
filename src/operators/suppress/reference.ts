import type { RowKindName } from '../../stream/row-kind.ts';
import type { DataType } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import type { Reference, ReferenceFactory, ReferenceResult, ReferenceRow } from '../reference.ts';
import { noFates, passed } from '../reference.ts';
import type { SuppressBound } from './definition.ts';

/** The bytes of each column; null for NULL, which has none. */
type Key = readonly (string | null)[];

interface Held {
  readonly key: Key;
  readonly waitsBy: number;
  readonly isNew: boolean;
  row: ReferenceRow;
}

/**
 * `KTableSuppressProcessorSupplier` over a list that is searched from the front each time. A buffer bounded in bytes is
 * beyond it: what a byte of state is, the kernel alone says.
 */
export const suppressReference: ReferenceFactory<SuppressBound> = ({ bound }) => new Suppress(bound);

class Suppress implements Reference {
  private readonly bound: SuppressBound;
  private readonly counted = noFates();
  private held: Held[] = [];
  private observed = -1;

  constructor(bound: SuppressBound) {
    this.bound = bound;
  }

  row(_input: number, row: ReferenceRow): readonly ReferenceResult[] {
    const { until, windowEnd, waitMs, maxRows, onFull } = this.bound;
    if (!(row.ts >= 0)) {
      this.counted.rejected++;
      return [passed(row, 'rejected', row.values)];
    }
    this.observed = Math.max(this.observed, row.ts);
    this.put(row, until === 'time-limit' ? row.ts : Number(row.values[windowEnd!]));
    const results: ReferenceResult[] = [];
    for (;;) {
      const first = this.held[0];
      const isDue = first !== undefined && first.waitsBy <= this.observed - waitMs;
      const isTooMany = onFull === 'emit-early' && this.held.length > maxRows;
      if (first === undefined || !(isDue || isTooMany)) return results;
      this.held.shift();
      results.push(...this.released(first, row));
    }
  }

  /** The list stays in order of time, then of the key's bytes. */
  private put(row: ReferenceRow, waitsBy: number): void {
    const { columns, fields } = this.bound.key;
    const key = fields.map(({ type }, i) => hexOf(row.values[columns[i]!]!, type));
    const same = this.held.find((update) => update.key.every((part, i) => part === key[i]));
    if (same !== undefined) {
      same.row = row;
      this.counted.filtered++;
      return;
    }
    this.held.push({ key, waitsBy, isNew: opOf(row) === '+I', row });
    this.held.sort((a, b) => a.waitsBy - b.waitsBy || compareBytes(a.key, b.key));
  }

  private released({ row, isNew }: Held, { seq, phase }: ReferenceRow): readonly ReferenceResult[] {
    const isFinal = this.bound.until === 'window-closes';
    if (isFinal && opOf(row) === '-D') {
      this.counted.filtered++;
      return [];
    }
    this.counted.used++;
    const op = isFinal ? '+I' : opOf(row) === '-D' ? '-D' : isNew ? '+I' : '+U';
    return [{ ...passed(row, 'out', row.values), seq, phase, op }];
  }

  /** Time moves with updates alone. */
  watermark(): readonly ReferenceResult[] {
    return [];
  }

  fates(): ReturnType<Reference['fates']> {
    return { ...this.counted, held: this.held.length };
  }
}

function compareBytes(a: Key, b: Key): number {
  const [left, right] = [a.join(''), b.join('')];
  return left === right ? 0 : left < right ? -1 : 1;
}

function opOf({ op = '+I' }: ReferenceRow): RowKindName {
  return op;
}

/** The bytes that the serializers write: numbers big-endian in two's complement, texts as UTF-8. */
function hexOf(value: Value, type: DataType): string | null {
  if (value === null) return null;
  switch (type.kind) {
    case 'STRING':
      return encodeURIComponent(String(value)).replace(/%(..)|./g, (character, hex: string | undefined) =>
        hex === undefined ? character.charCodeAt(0).toString(16) : hex.toLowerCase(),
      );
    case 'DOUBLE':
      return wholeHex(new BigUint64Array(Float64Array.of(Number(value)).buffer)[0]!, 64);
    case 'DECIMAL':
      return wholeHex(BigInt(String(value).replace('.', '')), 128);
    case 'BIGINT':
    case 'TIMESTAMP':
      return wholeHex(typeof value === 'bigint' ? value : BigInt(Number(value)), 64);
    case 'BOOLEAN':
      return value === true ? '01' : '00';
    default:
      return wholeHex(BigInt(Number(value)), 32);
  }
}

function wholeHex(value: bigint, bits: number): string {
  return BigInt.asUintN(bits, value)
    .toString(16)
    .padStart(bits / 4, '0');
}
