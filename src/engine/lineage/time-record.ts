import type { Curve } from '../../stream/curve.ts';
import { NO_WATERMARK } from '../../stream/time.ts';

/**
 * The curves of all nodes, by id, over a stretch of the log from its first entry on, so that a replay of fewer rows has the
 * same.
 */
export class TimeRecord {
  private readonly nodes = new Map<string, NodeTime>();
  private readonly entries: number;

  constructor(entries: number) {
    this.entries = entries;
  }

  add(nodeId: string, curve: Curve): void {
    const time = this.nodes.get(nodeId) ?? newTime(this.entries);
    this.nodes.set(nodeId, time);
    const { firstSeq, before, idleBefore } = curve;
    // A node that begins with an edit does not go on from the one of its name before.
    if (before !== timeBefore(time, firstSeq).before) time.begins.set(firstSeq, { before, idleBefore });
    time.watermarks.set(curve.watermarks, firstSeq);
    if (curve.idle !== null) time.idle.set(curve.idle, firstSeq);
  }

  /** The curve of a node over entries `firstSeq` .. `firstSeq + length - 1`. */
  curve(nodeId: string, firstSeq: number, length: number): Curve {
    const time = this.nodes.get(nodeId) ?? newTime(firstSeq + length);
    const idle = time.idle.subarray(firstSeq, firstSeq + length);
    return {
      firstSeq,
      ...(time.begins.get(firstSeq) ?? timeBefore(time, firstSeq)),
      watermarks: time.watermarks.subarray(firstSeq, firstSeq + length),
      idle: idle.includes(1) ? idle : null,
    };
  }
}

interface NodeTime {
  readonly watermarks: Float64Array;
  readonly idle: Uint8Array;
  /** By entry: what held before it, where that is not what held after the one before. */
  readonly begins: Map<number, Pick<Curve, 'before' | 'idleBefore'>>;
}

function newTime(entries: number): NodeTime {
  return { watermarks: new Float64Array(entries), idle: new Uint8Array(entries), begins: new Map() };
}

function timeBefore({ watermarks, idle }: NodeTime, firstSeq: number): Pick<Curve, 'before' | 'idleBefore'> {
  if (firstSeq === 0) return { before: NO_WATERMARK, idleBefore: false };
  return { before: watermarks[firstSeq - 1] ?? NO_WATERMARK, idleBefore: idle[firstSeq - 1] === 1 };
}
