import type { Consumer } from './consumers/consumer.ts';
import type { EngineControl, Frame, OpenReport, OpenRequest, Through } from './protocol.ts';
import { FrameSender } from './frame-sender.ts';
import type { Session } from './session.ts';
import type { TableOrder } from './table-protocol.ts';

/** The part of the engine that says what frames show. */
type ViewControl = Pick<
  EngineControl,
  'open' | 'restart' | 'close' | 'watch' | 'chooseValue' | 'orderTable' | 'showPlane' | 'lookThrough'
>;

/** A consumer that is looked through, and the figures that it showed last. */
interface Looked {
  readonly id: string;
  readonly consumer: Consumer;
  seen: Frame | null;
}

/**
 * Whose run the screen shows: the session's own, or that of a consumer of its log. Where the run itself stands is told with
 * either. With another run, or when the consumer goes, it is the session's own again.
 */
export class RunView implements ViewControl {
  /** Sends the frames. */
  readonly frames = new FrameSender(() => this.frame());
  private readonly own: Session;
  private readonly consumer: (id: string) => Consumer | null;
  private looked: Looked | null = null;
  private watched: string | null = null;
  private isPlaneShown = false;

  constructor(own: Session, consumer: (id: string) => Consumer | null) {
    this.own = own;
    this.consumer = consumer;
    own.frames.tellInstead(this.frames);
  }

  /** The one whose run is looked at. */
  get session(): Session {
    return this.looked?.consumer.session ?? this.own;
  }

  get isOwn(): boolean {
    return this.looked === null;
  }

  open(request: OpenRequest): Promise<OpenReport> {
    this.lookThrough(null);
    return this.own.open(request);
  }

  restart(run: number): Promise<void> {
    this.lookThrough(null);
    return this.own.restart(run);
  }

  close(): Promise<void> {
    this.lookThrough(null);
    return this.own.close();
  }

  lookThrough(id: string | null): boolean {
    const consumer = id === null ? null : this.consumer(id);
    if (id !== null && consumer === null) return false;
    if (consumer === (this.looked?.consumer ?? null)) return true;
    const before = this.session;
    before.plane.show(false);
    if (before !== this.own) before.frames.tellInstead(null);
    this.looked = id === null || consumer === null ? null : { id, consumer, seen: null };
    const { session } = this;
    session.frames.tellInstead(this.frames);
    // All charts of it are new to the screen.
    session.watch(this.watched);
    session.plane.show(this.isPlaneShown);
    this.frames.tell();
    return true;
  }

  /** The consumer is about to go. */
  leave(id: string): void {
    if (this.looked?.id === id) this.lookThrough(null);
  }

  watch(nodeId: string | null): void {
    this.watched = nodeId;
    this.own.watch(nodeId);
    if (!this.isOwn) this.session.watch(nodeId);
  }

  chooseValue(column: string | null): void {
    this.session.chooseValue(column);
  }

  orderTable(order: TableOrder): void {
    this.session.orderTable(order);
  }

  showPlane(isShown: boolean): void {
    this.isPlaneShown = isShown;
    this.session.plane.show(isShown);
  }

  private frame(): Frame | null {
    const { looked, own } = this;
    if (looked === null) return own.frame();
    const standing = own.frame(false);
    if (standing === null) return null;
    const { id, consumer } = looked;
    // On its way to its place it shows what it showed last.
    const now = consumer.status.kind === 'loading' ? null : consumer.session.frame();
    const seen = now ?? looked.seen;
    if (seen === null) return standing;
    looked.seen = { ...seen, charts: [], results: null, table: null, drops: null, plane: null };
    const { run, jumps, stop, status, position, clocks } = standing;
    return { ...seen, run, jumps, stop, status, position, clocks, through: throughOf(id, seen, consumer) };
  }
}

function throughOf(consumer: string, { position, jumps, clocks }: Frame, { status }: Consumer): Through {
  return { consumer, seq: position.seq, jumps, status, clocks };
}
