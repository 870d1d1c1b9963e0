import type { Frame, FrameCredit } from './protocol.ts';

/** The part of a `MessagePort` that frames need. */
export type FrameChannel = Pick<MessagePort, 'postMessage' | 'onmessage'>;

/**
 * The worker's end of the frame port: one credit. A frame may be posted only while the page has the last one behind it;
 * `onCredit` tells when that is so again.
 */
export class FramePort {
  private readonly channel: FrameChannel;
  private hasCredit = true;

  constructor(channel: FrameChannel, onCredit: () => void) {
    this.channel = channel;
    channel.onmessage = ({ data }: MessageEvent) => {
      if ((data as FrameCredit).credit !== 1) return;
      this.hasCredit = true;
      onCredit();
    };
  }

  get isReady(): boolean {
    return this.hasCredit;
  }

  /** The frame's typed arrays are gone from here afterwards. */
  post(frame: Frame): void {
    this.hasCredit = false;
    this.channel.postMessage(frame, transferables(frame));
  }
}

/** Buffers of all typed arrays in a frame, each once. */
export function transferables(frame: Frame): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  collect(frame.charts, buffers);
  collect(frame.results, buffers);
  collect(frame.table, buffers);
  collect(frame.drops, buffers);
  collect(frame.plane, buffers);
  return [...buffers];
}

function collect(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    return;
  }
  // Cells are the only long plain arrays; they hold no typed ones.
  if (Array.isArray(value) && typeof value[0] !== 'object') return;
  for (const part of Object.values(value)) collect(part, buffers);
}
