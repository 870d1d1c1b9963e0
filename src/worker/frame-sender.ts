import type { FramePort } from './frame-port.ts';
import type { Frame } from './protocol.ts';

/** Sends the page what there is to show: at once, or as soon as the page can take it. */
export class FrameSender {
  private readonly next: () => Frame | null;
  private port: FramePort | null = null;
  private hasNews = true;
  /** Who sends instead, of more than this. */
  private relay: FrameSender | null = null;

  /** `next` makes the frame of this moment; null while there is none to be shown. */
  constructor(next: () => Frame | null) {
    this.next = next;
  }

  connect(port: FramePort): void {
    this.port = port;
    this.tell();
  }

  /** From now on another one is told, and sends what there is to show. */
  tellInstead(relay: FrameSender | null): void {
    this.relay = relay;
  }

  /** There is something new to show. */
  tell(): void {
    this.relay?.tell();
    this.hasNews = true;
    this.send();
  }

  /** Called when the page can take another frame. */
  credited(): void {
    if (this.hasNews) this.send();
  }

  private send(): void {
    if (this.port?.isReady !== true) return;
    const frame = this.next();
    if (frame === null) return;
    // Of a run that goes there is always more.
    this.hasNews = frame.status.kind === 'running' || frame.through?.status.kind === 'running';
    this.port.post(frame);
  }
}
