import type { Limits } from '../engine/limits.ts';
import { FramePort } from '../worker/frame-port.ts';
import type { FrameSender } from '../worker/frame-sender.ts';
import type { Frame } from '../worker/protocol.ts';
import { Session } from '../worker/session.ts';

export interface SessionPage {
  readonly session: Session;
  readonly frames: Frame[];
  /** Kept with the newest frame, or the next one, that says so. */
  readonly until: (wanted: (frame: Frame) => boolean) => Promise<Frame>;
}

/** A session with a page that takes every frame at once. */
export function sessionPage(limits?: Limits, pointBytes?: number): SessionPage {
  const session = new Session(() => performance.now(), limits, pointBytes);
  return { session, ...framePage(session.frames) };
}

/** A page that takes every frame at once. */
export function framePage(sender: FrameSender): Omit<SessionPage, 'session'> {
  const frames: Frame[] = [];
  let waiting: { wanted: (frame: Frame) => boolean; resolve: (frame: Frame) => void }[] = [];
  const channel = {
    onmessage: null as ((event: MessageEvent) => void) | null,
    postMessage: (frame: Frame) => {
      frames.push(frame);
      waiting = waiting.filter(({ wanted, resolve }) => {
        if (!wanted(frame)) return true;
        resolve(frame);
        return false;
      });
      setTimeout(() => channel.onmessage?.({ data: { credit: 1 } } as MessageEvent));
    },
  };
  sender.connect(new FramePort(channel, () => sender.credited()));
  return {
    frames,
    until: (wanted) => {
      const last = frames.at(-1);
      if (last !== undefined && wanted(last)) return Promise.resolve(last);
      return new Promise((resolve) => waiting.push({ wanted, resolve }));
    },
  };
}
