import type { PlannedNode } from '../../pipeline/plan.ts';
import type { Batch } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { DELETE, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import { cell } from '../../stream/value.ts';
import { figuresOf, valueColumnOf } from './plane-facts.ts';
import type { PaneFiring } from './pane-stretches.ts';
import type { RowKeys } from './row-keys.ts';

interface FiringRules {
  readonly node: PlannedNode;
  /** Whether windows are of one key each. */
  readonly isMerging: boolean;
  /** Result columns whose values may be summed over keys. */
  readonly additive: ReadonlySet<string>;
}

/** Reads results of a window as firings: those of one entry, window and timing are one, over all keys where windows are shared. */
export class FiringReader {
  private readonly rules: FiringRules;
  private readonly keys: RowKeys;
  private readonly valueColumn: number;
  private readonly isAdditive: boolean;
  private readonly localOffsetMs: number;

  constructor(rules: FiringRules, keys: RowKeys) {
    const { node, additive } = rules;
    this.rules = rules;
    this.keys = keys;
    this.valueColumn = valueColumnOf(node);
    this.isAdditive = additive.has(node.outputs.out?.schema.fields[this.valueColumn]?.name ?? '');
    this.localOffsetMs = figuresOf(node)?.localOffsetMs ?? 0;
  }

  /** In order of position. */
  read(outputs: readonly Batch[], fromSeq: number, slice: LogSlice): readonly PaneFiring[] {
    const firings: PaneFiring[] = [];
    const open = new Map<string, PaneFiring>();
    let seq = -1;
    for (const batch of outputs) {
      const count = batch.origin === null ? 0 : rowCount(batch);
      for (let i = 0; i < count; i++) {
        const row = rowAt(batch, i);
        const own = batch.seq[row] ?? 0;
        if (own < fromSeq) continue;
        if (own !== seq) open.clear();
        seq = own;
        this.addRow(batch, row, slice, { firings, open });
      }
    }
    return firings;
  }

  private addRow(
    batch: Batch,
    row: number,
    slice: LogSlice,
    told: { readonly firings: PaneFiring[]; readonly open: Map<string, PaneFiring> },
  ): void {
    const { origin } = batch;
    const kind = kindAt(batch, row);
    const startMs = (origin?.windowStartMs[row] ?? Number.NaN) - this.localOffsetMs;
    const endMs = (origin?.windowEndMs[row] ?? Number.NaN) - this.localOffsetMs;
    if (origin === null || Number.isNaN(startMs) || kind === UPDATE_BEFORE || kind === DELETE) return;
    const timing = origin.timing[row] ?? 0;
    const phase = phaseAt(batch, row);
    // A window that merges is of one key.
    const own = this.rules.isMerging ? ` ${String(told.firings.length)}` : '';
    const name = `${String(phase)} ${String(startMs)} ${String(endMs)} ${String(timing)}${own}`;
    const value = this.valueAt(batch, row);
    const known = told.open.get(name);
    if (known !== undefined) {
      known.results++;
      known.value = this.isAdditive ? known.value + value : Number.NaN;
      return;
    }
    const seq = batch.seq[row] ?? 0;
    const atMs = slice.at[seq - slice.firstSeq] ?? Number.NaN;
    const keyOf = (): number =>
      this.rules.isMerging ? this.keys.numberOf(origin.keyFields, origin.keyColumns, row) : 0;
    const firing = { seq, phase, atMs, startMs, endMs, keyOf, timing, value, results: 1 };
    told.open.set(name, firing);
    told.firings.push(firing);
  }

  private valueAt(batch: Batch, row: number): number {
    const column = batch.columns[this.valueColumn];
    if (column === undefined || isNull(column.nulls, row)) return Number.NaN;
    if (column.kind === 'float' || column.kind === 'int') return column.values[row] ?? Number.NaN;
    const field = this.rules.node.outputs.out?.schema.fields[this.valueColumn];
    return field === undefined ? Number.NaN : Number(cell(column, field.type, row));
  }
}
