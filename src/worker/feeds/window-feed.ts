import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_ON_TIME, kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import { DELETE, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import { isNumeric } from '../../stream/types.ts';
import { cell } from '../../stream/value.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import type { WindowChart } from '../chart-protocol.ts';
import type { RoundTimes } from './latency-feed.ts';
import { valueText } from './value-text.ts';
import { KEPT_COLUMNS, WindowValues } from './window-values.ts';

/** What is known of a window's results before the run begins. */
export interface WindowFacts {
  /** Result columns whose values may be summed over keys. */
  readonly additive: ReadonlySet<string>;
  /** Whether a later pane holds only what is new. */
  readonly addsPanes: boolean;
}

/** Follows the windowed results of one stream. Rows that stand for no window are passed over. */
export class WindowFeed {
  static readonly sharedFields = ['type', 'additive', 'valueColumns', 'names'];
  private readonly type: StreamType;
  private readonly additive: ReadonlySet<string>;
  /** Numeric columns that are not part of the key, in the schema's order. */
  private readonly valueColumns: readonly number[];
  private readonly names: readonly string[];
  private readonly values: WindowValues;
  private chosen: string | null = null;

  constructor(type: StreamType, keyNames: readonly string[], facts: WindowFacts) {
    this.type = type;
    this.additive = facts.additive;
    const fields = type.schema.fields;
    this.valueColumns = fields
      .map((_, i) => i)
      .filter((i) => {
        const field = fields[i];
        return field !== undefined && isNumeric(field.type) && !keyNames.includes(field.name);
      })
      .slice(0, KEPT_COLUMNS);
    this.names = this.valueColumns.map((i) => fields[i]?.name ?? '');
    this.values = new WindowValues(this.valueColumns.length, facts.addsPanes);
  }

  choose(column: string | null): void {
    this.chosen = column;
  }

  /** To be called before a copy is made. */
  settle(): void {
    this.values.settle();
  }

  add(batch: Batch, { firstSeq, at }: RoundTimes): void {
    const origin = batch.origin;
    if (origin === null || this.valueColumns.length === 0) return;
    const columns = this.valueColumns.map((i) => batch.columns[i]);
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      const startMs = origin.windowStartMs[row] ?? Number.NaN;
      const endMs = origin.windowEndMs[row] ?? Number.NaN;
      if (Number.isNaN(startMs) || Number.isNaN(endMs)) continue;
      const kind = kindAt(batch, row);
      if (kind === UPDATE_BEFORE) continue;
      const key = keyText(origin.keyColumns, origin.keyFields, row);
      if (kind === DELETE) this.values.remove(startMs, endMs, key);
      else {
        const timing = origin.timing[row] ?? PANE_ON_TIME;
        const seq = batch.seq[row] ?? firstSeq;
        const atMs = at[seq - firstSeq] ?? Number.NaN;
        this.values.put({ startMs, endMs, key, timing, seq, atMs }, (c) => this.number(columns[c], c, row));
      }
    }
  }

  /** As the watermark stands. Null while nothing fired, or when no result column is a number. */
  chart(watermark: WatermarkMs): WindowChart | null {
    if (this.values.isEmpty || this.names.length === 0) return null;
    const column = Math.max(0, this.chosen === null ? 0 : this.names.indexOf(this.chosen));
    const isAdditive = this.additive.has(this.names[column] ?? '');
    const { windowed } = this.type;
    return this.values.chart({
      column,
      names: this.names,
      isAdditive,
      isMerging: windowed?.isMerging === true,
      // What stays open for ever has no such time.
      closedEndMs: windowed === undefined ? -Infinity : watermark - windowed.closesAfterMs,
    });
  }

  private number(column: Column | undefined, c: number, row: number): number {
    if (column === undefined || isNull(column.nulls, row)) return Number.NaN;
    if (column.kind === 'float' || column.kind === 'int') return column.values[row] ?? Number.NaN;
    const field = this.type.schema.fields[this.valueColumns[c] ?? 0];
    return field === undefined ? Number.NaN : Number(cell(column, field.type, row));
  }
}

function keyText(columns: readonly Column[], fields: StreamType['schema']['fields'], row: number): string {
  const only = columns[0];
  if (columns.length === 1 && only?.kind === 'text' && !isNull(only.nulls, row)) {
    return only.dictionary[only.ids[row] ?? 0] ?? '';
  }
  return columns
    .map((column, i) => {
      const type = fields[i]?.type;
      return type === undefined ? '' : valueText(cell(column, type, row), type);
    })
    .join(' · ');
}
