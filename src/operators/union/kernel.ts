import type { Batch } from '../../stream/batch.ts';
import { kindAt, phaseAt, rowAt, rowCount, withSelection } from '../../stream/batch.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { Curve } from '../../stream/curve.ts';
import type { Schema } from '../../stream/types.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round } from '../operator.ts';
import { Floats } from '../shared/floats.ts';
import type { Run } from '../shared/merge-by-position.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { Stateless } from '../shared/stateless.ts';

export function unionKernel({ outputs }: KernelRequest<null>): Kernel {
  return new UnionKernel(outputs.out!.schema);
}

/** Runs shorter than this on average are copied together: a batch has a price of its own. */
const SHORT_RUN = 64;

/** Hands on the inputs' rows in the common order: long runs as they are, short ones copied into common batches. */
class UnionKernel extends Stateless {
  private readonly schema: Schema;

  constructor(schema: Schema) {
    super();
    this.schema = schema;
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    const runs: Run[] = [];
    let rows = 0;
    forEachRun(inputs, (run) => {
      runs.push(run);
      rows += run.to - run.from;
    });
    out.fates.used += rows;
    // Rows of a window keep where they came from, and inputs may differ in the columns that say so.
    const canCopy = runs.every(({ batch }) => batch.origin === null);
    const batches = inputs.reduce((sum, input) => sum + input.batches.length, 0);
    const areLong = runs.length <= batches || runs.length * SHORT_RUN <= rows;
    if (areLong || !canCopy) for (const run of runs) out.emit('out', selected(run));
    else this.copy(runs, out);
    return clock;
  }

  private copy(runs: readonly Run[], out: KernelOutput): void {
    let chunk: Run[] = [];
    let rows = 0;
    for (const run of runs) {
      if (rows > 0 && rows + run.to - run.from > CHUNK_ROWS) {
        out.emit('out', gathered(chunk, this.schema));
        chunk = [];
        rows = 0;
      }
      chunk.push(run);
      rows += run.to - run.from;
    }
    if (rows > 0) out.emit('out', gathered(chunk, this.schema));
  }
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
