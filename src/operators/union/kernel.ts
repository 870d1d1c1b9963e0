import type { Batch } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount, withSelection } from '../../stream/batch.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Curve } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { Schema } from '../../stream/types.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { emitInChunks } from '../shared/emit-chunks.ts';
import { Floats } from '../shared/floats.ts';
import type { Run } from '../shared/merge-by-position.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { TableRows } from '../shared/table-rows-state.ts';
import type { UnionBound } from './definition.ts';

export function unionKernel(request: KernelRequest<UnionBound>): Kernel {
  return new UnionKernel(request);
}

/** Runs shorter than this on average are copied together: a batch has a price of its own. */
const SHORT_RUN = 64;

/**
 * Hands on the inputs' rows in the common order: long runs as they are, short ones copied into common batches. Of keyed
 * inputs it keeps the rows, so that what they replace is spelled out.
 */
class UnionKernel implements Kernel {
  private readonly schema: Schema;
  /** By input; null for one that is not keyed. */
  private readonly tables: readonly (TableRows | null)[];

  constructor({ bound, inputs, outputs, dialect }: KernelRequest<UnionBound>) {
    this.schema = outputs.out!.schema;
    this.tables = bound.tableKeys.map((key, i) =>
      key === null ? null : new TableRows(inputs[i]!, key, dialect.tables.changes),
    );
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    const runs: Run[] = [];
    let rows = 0;
    forEachRun(inputs, (arriving) => {
      const run = this.spelledOut(arriving, out);
      if (run === null) return;
      runs.push(run);
      rows += run.to - run.from;
    });
    // Rows of a window keep where they came from, and inputs may differ in the columns that say so.
    const canCopy = runs.every(({ batch }) => batch.origin === null);
    const batches = inputs.reduce((sum, input) => sum + input.batches.length, 0);
    const areLong = runs.length <= batches || runs.length * SHORT_RUN <= rows;
    if (areLong || !canCopy) for (const run of runs) emitInChunks(out, 'out', selected(run));
    else this.copy(runs, out);
    return clock;
  }

  /** The run as it goes on, its rows counted; null when nothing does. */
  private spelledOut(run: Run, out: KernelOutput): Run | null {
    const table = this.tables[run.input] ?? null;
    if (table === null) {
      out.fates.used += run.to - run.from;
      return run;
    }
    const { changes, count } = table.take(selected(run), nothingFails, out);
    out.fates.used += count;
    return changes === null ? null : { ...run, batch: changes, from: 0, to: changes.length };
  }

  private copy(runs: readonly Run[], out: KernelOutput): void {
    let chunk: Run[] = [];
    let rows = 0;
    for (const run of runs) {
      if (rows > 0 && rows + run.to - run.from > CHUNK_ROWS) {
        emitInChunks(out, 'out', gathered(chunk, this.schema));
        chunk = [];
        rows = 0;
      }
      chunk.push(run);
      rows += run.to - run.from;
    }
    if (rows > 0) emitInChunks(out, 'out', gathered(chunk, this.schema));
  }

  mostOutputs(_rows: number): number {
    return this.tables.some((table) => table !== null) ? 2 : 1;
  }

  look(most: number): StateLook {
    return lookAtKinds(...this.tables.map((table, i) => table?.lookAt(`rows of input ${i + 1}`, most) ?? null));
  }

  stateSize(): StateSize {
    const sizes = this.tables.flatMap((table) => table?.stateSize() ?? []);
    return {
      rows: sizes.reduce((sum, { rows }) => sum + rows, 0),
      bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  snapshot(writer: StateWriter): void {
    for (const table of this.tables) table?.snapshot(writer);
  }

  restore(reader: StateReader): void {
    for (const table of this.tables) table?.restore(reader);
  }
}

/** A union computes nothing. */
function nothingFails(): void {
  // No expression.
}

function selected({ batch, from, to }: Run): Batch {
  if (from === 0 && to === rowCount(batch)) return batch;
  return withSelection(
    batch,
    Int32Array.from({ length: to - from }, (_, i) => rowAt(batch, from + i)),
  );
}

function gathered(runs: readonly Run[], schema: Schema): Batch {
  const columns = schema.fields.map((field) => columnBuilder(field.type));
  const seq = new Floats();
  const ts = new Floats();
  const phases: number[] = [];
  const kinds: number[] = [];
  for (const { batch, from, to } of runs) {
    for (let i = from; i < to; i++) {
      const row = rowAt(batch, i);
      for (let c = 0; c < columns.length; c++) columns[c]!.appendFrom(batch.columns[c]!, row);
      seq.push(batch.seq[row]!);
      ts.push(batch.ts[row]!);
      phases.push(phaseAt(batch, row));
      kinds.push(kindAt(batch, row));
    }
  }
  const { length } = seq;
  return {
    length,
    selection: null,
    columns: columns.map((builder) => builder.finish()),
    phase: phases.some((phase) => phase !== 0) ? Uint8Array.from(phases) : null,
    kinds: kinds.some((kind) => kind !== 0) ? Uint8Array.from(kinds) : null,
    seq: seq.take(),
    ts: ts.take(),
    origin: null,
  };
}
