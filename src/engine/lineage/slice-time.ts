import type { Curve } from '../../stream/curve.ts';
import { defined } from '../../stream/assert.ts';
import type { KnownTime } from './masked-kernels.ts';

/** The curves of all nodes, by id, over the slice that is under way, for a run beside over the same slices. */
export class SliceTime implements KnownTime {
  private readonly curves = new Map<string, Curve>();

  begin(): void {
    this.curves.clear();
  }

  add(nodeId: string, curve: Curve): void {
    this.curves.set(nameOf(nodeId, curve.firstSeq), curve);
  }

  /** The curve of a node over the round that begins with entry `firstSeq`. */
  curve(nodeId: string, firstSeq: number): Curve {
    return defined(this.curves.get(nameOf(nodeId, firstSeq)), 'the curve of a round');
  }
}

function nameOf(nodeId: string, firstSeq: number): string {
  return `${String(firstSeq)} ${nodeId}`;
}
