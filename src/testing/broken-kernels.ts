import type { KernelRegistry } from '../engine/node.ts';
import { kernels } from '../operators/kernels.ts';
import type { Kernel, KernelInput, KernelOutput, OperatorKind, Round } from '../operators/operator.ts';
import type { Batch } from '../stream/batch.ts';
import { rowAt, rowCount, withSelection } from '../stream/batch.ts';
import type { Curve } from '../stream/curve.ts';
import type { StateLook } from '../stream/state-look.ts';

/** A kernel with one fault, and the law that must find it. */
export interface BrokenKernel {
  readonly law: number;
  readonly fault: string;
  readonly kind: OperatorKind;
  readonly registry: KernelRegistry;
}

const NOTHING_TOLD: StateLook = { parts: [], windows: [], openWindows: 0, contents: [] };

type Run = (round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput) => Curve;

/** The registry with some methods of one kind replaced; `make` is given the sound kernel, once for every operator that is built. */
function replacing(kind: OperatorKind, make: (sound: Kernel) => Partial<Kernel>): KernelRegistry {
  const factory = kernels[kind] as (request: never) => Kernel;
  const faulty = (request: never): Kernel => {
    const sound = factory(request);
    return {
      run: (round, inputs, clock, out) => sound.run(round, inputs, clock, out),
      mostOutputs: (rows) => sound.mostOutputs(rows),
      stateSize: () => sound.stateSize(),
      look: (most) => sound.look?.(most) ?? NOTHING_TOLD,
      snapshot: (writer) => sound.snapshot(writer),
      restore: (reader) => sound.restore(reader),
      ...make(sound),
    };
  };
  return { ...kernels, [kind]: faulty };
}

function replaced(kind: OperatorKind, make: (sound: Kernel) => Run): KernelRegistry {
  return replacing(kind, (sound) => ({ run: make(sound) }));
}

/** Hands on the rows of each batch for which `keeps` says so. */
function selecting(keeps: (batch: Batch, i: number) => boolean): (sound: Kernel) => Run {
  return () => (_round, inputs, clock, out) => {
    for (const batch of inputs[0]!.batches) {
      const rows: number[] = [];
      for (let i = 0; i < rowCount(batch); i++) if (keeps(batch, i)) rows.push(rowAt(batch, i));
      out.fates.used += rows.length;
      out.fates.filtered += rowCount(batch) - rows.length;
      if (rows.length > 0) out.emit('out', withSelection(batch, Int32Array.from(rows)));
    }
    return clock;
  };
}

let everSeen = 0;

export const brokenKernels: readonly BrokenKernel[] = [
  {
    law: 1,
    fault: 'a counter outlives the run',
    kind: 'filter',
    registry: replaced(
      'filter',
      selecting(() => everSeen++ % 3 !== 0),
    ),
  },
  {
    law: 1,
    fault: 'a look takes away what it tells',
    kind: 'filter',
    registry: replacing('filter', (sound) => {
      let wasLookedAt = false;
      const look = (): StateLook => {
        wasLookedAt = true;
        return NOTHING_TOLD;
      };
      return { run: selecting(() => !wasLookedAt)(sound), look };
    }),
  },
  {
    law: 1,
    fault: 'a look leaves out what it should tell',
    kind: 'aggregate',
    registry: replacing('aggregate', () => ({ look: () => NOTHING_TOLD })),
  },
  {
    law: 2,
    fault: 'the first row of a round is special',
    kind: 'filter',
    registry: replaced(
      'filter',
      selecting((_batch, i) => i > 0),
    ),
  },
  {
    law: 3,
    fault: 'a counter is missing from the snapshot',
    kind: 'filter',
    registry: replaced('filter', forgetful),
  },
  {
    law: 4,
    fault: 'a filter lets everything pass',
    kind: 'filter',
    registry: replaced(
      'filter',
      selecting(() => true),
    ),
  },
  {
    law: 5,
    fault: 'a late row is counted twice',
    kind: 'window',
    registry: replaced('window', (sound) => (round, inputs, clock, out) => {
      const curve = sound.run(round, inputs, clock, out);
      out.fates.late *= 2;
      return curve;
    }),
  },
  {
    law: 6,
    fault: 'the watermark follows the last entry back',
    kind: 'map',
    registry: replaced('map', (sound) => (round, inputs, clock, out) => {
      const curve = sound.run(round, inputs, clock, out);
      return { ...curve, watermarks: curve.watermarks.map((value, i) => (i % 5 === 4 ? value - 10 : value)) };
    }),
  },
  {
    law: 7,
    fault: 'windows fire with the round, not with their step',
    kind: 'window',
    registry: replaced('window', atRoundEnd),
  },
  {
    law: 8,
    fault: 'every other row is lost',
    kind: 'filter',
    registry: replaced('filter', forgetful),
  },
  {
    law: 9,
    fault: 'what a snapshot lacks is lost in a seek',
    kind: 'filter',
    registry: replaced('filter', forgetful),
  },
  {
    law: 9,
    fault: 'a look tells what only a straight run knows',
    kind: 'filter',
    registry: replacing('filter', (sound) => {
      let seen = 0;
      const run: Run = (round, inputs, clock, out) => {
        seen += round.length;
        return sound.run(round, inputs, clock, out);
      };
      return { run, look: () => ({ ...NOTHING_TOLD, openWindows: seen }) };
    }),
  },
];

/** Counts rows in a variable that no snapshot knows. */
function forgetful(sound: Kernel): Run {
  let seen = 0;
  return selecting(() => seen++ % 2 === 0)(sound);
}

/** Moves every result to the round's last entry. */
function atRoundEnd(sound: Kernel): Run {
  return (round, inputs, clock, out) => {
    const last = round.firstSeq + round.length - 1;
    const moved: KernelOutput = {
      fates: out.fates,
      trace: out.trace,
      buffers: out.buffers,
      dropped: (drop) => out.dropped(drop),
      rejected: (rejection) => out.rejected(rejection),
      emit: (port, batch) => out.emit(port, port === 'out' ? { ...batch, seq: batch.seq.map(() => last) } : batch),
    };
    return sound.run(round, inputs, clock, moved);
  };
}
