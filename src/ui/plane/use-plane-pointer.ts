import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useTimeView } from '../../app/time-view.ts';
import { pointAt, paneAt } from './hit-test.ts';
import type { PlaneScreen } from './plane-screen.ts';
import { selectPane, selectPoint } from './select.ts';
import { panned, zoomed } from './view.ts';

const CLICK_PX = 4;

interface Hand {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly isBox: boolean;
  moved: boolean;
  lastX: number;
  lastY: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Mouse, pen and fingers on the plane: drag to pan, Shift and drag for a box, wheel and pinch to zoom, click to select. */
export function usePlanePointer(
  screen: PlaneScreen,
  host: RefObject<HTMLDivElement | null>,
  onHover: (spot: Spot | null) => void,
): void {
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const gesture = new PlaneGesture(screen, element, onHover);
    const listen = new AbortController();
    const { signal } = listen;
    element.addEventListener('pointerdown', (event) => gesture.down(event), { signal });
    element.addEventListener('pointermove', (event) => gesture.move(event), { signal });
    element.addEventListener('pointerup', (event) => gesture.up(event), { signal });
    element.addEventListener('pointercancel', (event) => gesture.cancel(event), { signal });
    element.addEventListener('pointerleave', () => gesture.leave(), { signal });
    element.addEventListener('dblclick', () => screen.showMode('all'), { signal });
    element.addEventListener('wheel', (event) => gesture.wheel(event), { signal, passive: false });
    return () => listen.abort();
  }, [screen, host, onHover]);
}

class PlaneGesture {
  private readonly screen: PlaneScreen;
  private readonly element: HTMLElement;
  private readonly onHover: (spot: Spot | null) => void;
  private readonly hands = new Map<number, Hand>();

  constructor(screen: PlaneScreen, element: HTMLElement, onHover: (spot: Spot | null) => void) {
    this.screen = screen;
    this.element = element;
    this.onHover = onHover;
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { x, y } = this.spot(event);
    this.element.setPointerCapture(event.pointerId);
    const isBox = event.shiftKey;
    this.hands.set(event.pointerId, { id: event.pointerId, x, y, lastX: x, lastY: y, isBox, moved: false });
    this.onHover(null);
  }

  move(event: PointerEvent): void {
    const spot = this.spot(event);
    const hand = this.hands.get(event.pointerId);
    if (hand === undefined) {
      this.hover(spot);
      return;
    }
    if (!hand.moved && Math.hypot(spot.x - hand.x, spot.y - hand.y) < CLICK_PX) return;
    hand.moved = true;
    const other = [...this.hands.values()].find(({ id }) => id !== hand.id);
    if (other !== undefined) this.pinch(hand, other, spot);
    else if (hand.isBox) {
      this.screen.box = { x1: hand.x, y1: hand.y, x2: spot.x, y2: spot.y };
      this.screen.redraw(false);
    } else this.pan(spot.x - hand.lastX, spot.y - hand.lastY);
    hand.lastX = spot.x;
    hand.lastY = spot.y;
  }

  up(event: PointerEvent): void {
    const hand = this.hands.get(event.pointerId);
    this.hands.delete(event.pointerId);
    if (hand === undefined) return;
    const { box } = this.screen;
    this.screen.box = null;
    if (!hand.moved) this.click(this.spot(event));
    else if (box !== null) this.showBox(box);
    this.screen.tellRanges();
    this.screen.redraw(false);
  }

  cancel(event: PointerEvent): void {
    this.hands.delete(event.pointerId);
    this.screen.box = null;
    this.screen.redraw(false);
  }

  leave(): void {
    if (this.hands.size > 0) return;
    this.screen.point(-1);
    useTimeView.getState().pointAt(null);
    this.onHover(null);
  }

  wheel(event: WheelEvent): void {
    const frame = this.screen.coming;
    if (frame === null) return;
    event.preventDefault();
    const { x, y } = this.spot(event);
    const delta = event.deltaMode === 0 ? event.deltaY : 16 * event.deltaY;
    const factor = Math.exp(Math.max(-1, Math.min(1, delta * (event.ctrlKey ? 0.01 : 0.0016))));
    this.screen.show(zoomed(frame.view, factor, frame.eventAt(x), frame.atAt(y)));
    this.screen.tellRangesSoon();
  }

  private pan(dx: number, dy: number): void {
    const frame = this.screen.coming;
    if (frame !== null) this.screen.show(panned(frame.view, -dx * frame.eventPerPx, dy * frame.atPerPx));
  }

  private pinch(hand: Hand, other: Hand, spot: Spot): void {
    const frame = this.screen.coming;
    if (frame === null) return;
    const before = Math.hypot(hand.lastX - other.lastX, hand.lastY - other.lastY);
    const after = Math.hypot(spot.x - other.lastX, spot.y - other.lastY);
    if (before < 8 || after < 8) return;
    const x = (spot.x + other.lastX) / 2;
    const y = (spot.y + other.lastY) / 2;
    this.screen.show(zoomed(frame.view, before / after, frame.eventAt(x), frame.atAt(y)));
  }

  private showBox({ x1, y1, x2, y2 }: { x1: number; y1: number; x2: number; y2: number }): void {
    const { frame } = this.screen;
    if (frame === null || Math.abs(x2 - x1) < 6 || Math.abs(y2 - y1) < 6) return;
    this.screen.show({
      eventFromMs: frame.eventAt(Math.min(x1, x2)),
      eventToMs: frame.eventAt(Math.max(x1, x2)),
      atFromMs: frame.atAt(Math.max(y1, y2)),
      atToMs: frame.atAt(Math.min(y1, y2)),
    });
  }

  private hover(spot: Spot): void {
    const { screen } = this;
    const { frame } = screen;
    const { data, key } = screen.state;
    if (frame === null || data === null) return;
    const isIn = spot.x >= frame.left && spot.x <= frame.right && spot.y >= 0 && spot.y <= frame.bottom;
    const place = isIn ? pointAt(data, frame, key, spot) : -1;
    screen.point(place, isIn && place < 0 ? (paneAt(screen.panes, spot)?.place ?? -1) : -1);
    const cursor = isIn ? { eventMs: frame.eventAt(spot.x), atMs: frame.atAt(spot.y) } : null;
    useTimeView.getState().pointAt(cursor);
    this.onHover(isIn ? spot : null);
  }

  private click(spot: Spot): void {
    const { screen } = this;
    const { data, key } = screen.state;
    this.element.focus({ preventScroll: true });
    if (screen.frame === null || data === null) return;
    const place = pointAt(data, screen.frame, key, spot);
    const pane = place < 0 ? paneAt(screen.panes, spot) : null;
    if (place >= 0) selectPoint(data, place);
    else if (pane !== null) selectPane(data, pane);
    else useTimeView.getState().select(null);
  }

  private spot(event: MouseEvent): Spot {
    const box = this.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}
