import type { PlaneUpdate } from '../../app/plane-updates.ts';
import type { TimeRange } from '../../app/time-view.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';
import { clearCanvas } from './clear-canvas.ts';
import { drawAxes } from './draw-axes.ts';
import { drawLines, drawWater } from './draw-lines.ts';
import { drawOverlay } from './draw-overlay.ts';
import { drawPairs, hidesLinks } from './draw-pairs.ts';
import { drawPaneLabels, drawPanes, paneFills, shownPanes } from './draw-panes.ts';
import type { PaneFills, ShownPane } from './draw-panes.ts';
import { PointPainter } from './draw-points.ts';
import type { Frame } from './frame.ts';
import { frameOf } from './frame.ts';
import { firstAtLeast } from './growing.ts';
import { findOutside } from './outside.ts';
import type { Outside } from './outside.ts';
import { LineagePlaces } from './lineage-places.ts';
import { litPanes } from './lit-panes.ts';
import type { Palette } from './palette.ts';
import { readPalette } from './palette.ts';
import { PlaneData } from './plane-data.ts';
import { PlaneGhost } from './plane-ghost.ts';
import { tellingKey } from './telling-key.ts';
import { keyOfWindow } from './window-story.ts';
import type { View, ViewMode } from './view.ts';
import { fitted } from './view.ts';

const TELL_PAUSE_MS = 250;
const RANGES_PAUSE_MS = 180;

/** What the page says beside the picture. A new object when something of it changed. */
export interface PlaneState {
  readonly data: PlaneData | null;
  /** Grows with what has come; data itself stays the same object. */
  readonly version: number;
  readonly mode: ViewMode;
  readonly key: number;
  readonly outside: Outside | null;
  readonly hidesPanes: boolean;
  readonly hidesLinks: boolean;
  /** What the hand put into view, once it rests. */
  readonly shown: View | null;
}

const NOTHING_HIDDEN = { outside: null, hidesPanes: false, hidesLinks: false };

interface Surfaces {
  readonly host: HTMLElement;
  /** Of the host, px. Told by its observer: asked for in a frame, it would have the page laid out at once. */
  width: number;
  height: number;
  readonly base: CanvasRenderingContext2D;
  readonly overlay: CanvasRenderingContext2D;
}

/** Draws the plane, a frame at a time and only when something changed. React hears of it a few times a second at most. */
export class PlaneScreen {
  state: PlaneState = {
    data: null,
    version: 0,
    mode: 'follow',
    key: 0,
    outside: null,
    hidesPanes: false,
    hidesLinks: false,
    shown: null,
  };
  frame: Frame | null = null;
  panes: readonly ShownPane[] = [];
  hovered = -1;
  /** Place of the stretch of a window that the pointer is on, where it is on no point. */
  hoveredPane = -1;
  selected = -1;
  box: { x1: number; y1: number; x2: number; y2: number } | null = null;
  private view: View | null = null;
  private surfaces: Surfaces | null = null;
  private palette: Palette | null = null;
  private fills: PaneFills = { dots: '', hatch: '' };
  private readonly painter = new PointPainter();
  private readonly lineage = new LineagePlaces();
  private readonly ghost = new PlaneGhost();
  private readonly listeners = new Set<() => void>();
  private readonly pointListeners = new Set<() => void>();
  private animation = 0;
  private isBaseStale = true;
  private toldAtMs = -Infinity;
  private toldTimer: ReturnType<typeof setTimeout> | undefined;
  private wide = false;
  private ownRanges: { readonly eventRange: TimeRange; readonly atRange: TimeRange } | null = null;
  private rangesTimer: ReturnType<typeof setTimeout> | undefined;
  private hasChosenKey = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Hears when another point is pointed at. */
  readonly subscribePoint = (listener: () => void): (() => void) => {
    this.pointListeners.add(listener);
    return () => this.pointListeners.delete(listener);
  };

  readonly snapshot = (): PlaneState => this.state;

  attach(host: HTMLElement, base: HTMLCanvasElement, overlay: HTMLCanvasElement): () => void {
    const [one, other] = [base.getContext('2d'), overlay.getContext('2d')];
    if (one === null || other === null) return () => undefined;
    const surfaces = { host, width: host.clientWidth, height: host.clientHeight, base: one, overlay: other };
    this.surfaces = surfaces;
    this.restyle();
    const resize = new ResizeObserver(() => {
      surfaces.width = host.clientWidth;
      surfaces.height = host.clientHeight;
      this.redraw();
    });
    resize.observe(host);
    const styled = new MutationObserver(() => this.restyle());
    styled.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-lecture', 'style'],
    });
    const forced = matchMedia('(forced-colors: active)');
    const onForced = (): void => this.restyle();
    forced.addEventListener('change', onForced);
    return () => {
      resize.disconnect();
      styled.disconnect();
      forced.removeEventListener('change', onForced);
      cancelAnimationFrame(this.animation);
      clearTimeout(this.toldTimer);
      this.animation = 0;
      this.surfaces = null;
    };
  }

  /** What came from the engine. */
  hear(update: PlaneUpdate): void {
    let { data } = this.state;
    if (update.facts !== null && (data === null || data.filling !== update.filling)) {
      const isOther = data?.facts.nodeId !== update.facts.nodeId;
      data = new PlaneData(update.facts, update.filling);
      this.selected = this.hovered = this.hoveredPane = -1;
      if (isOther) {
        this.hasChosenKey = false;
        this.wide = false;
        this.view = null;
        this.set({ data, key: 0, mode: 'follow', ...NOTHING_HIDDEN });
      } else this.set({ data });
    }
    if (data === null || data.filling !== update.filling) return;
    data.append(update);
    this.selected = this.placeOfSelection();
    this.chooseTellingKey(data);
    this.tellSoon();
    this.redraw();
  }

  /** Nothing is known of the run any more. */
  clear(): void {
    this.view = null;
    this.set({ data: null, ...NOTHING_HIDDEN });
    this.redraw();
  }

  showMode(mode: 'follow' | 'all', wide = false): void {
    this.wide = wide;
    this.ownRanges = null;
    this.set({ mode });
    useTimeView.getState().showRanges({ eventRange: null, atRange: null });
    this.redraw();
  }

  /** Puts the view where the hand wants it. */
  show(view: View): void {
    this.view = view;
    if (this.state.mode !== 'free') this.set({ mode: 'free' });
    this.redraw();
  }

  /** Tells the charts which times are in view, once the hand rests. */
  tellRanges(): void {
    clearTimeout(this.rangesTimer);
    const { view } = this;
    if (view === null || this.state.mode !== 'free') return;
    this.ownRanges = {
      eventRange: { fromMs: view.eventFromMs, toMs: view.eventToMs },
      atRange: { fromMs: view.atFromMs, toMs: view.atToMs },
    };
    useTimeView.getState().showRanges(this.ownRanges);
    this.set({ shown: view });
  }

  tellRangesSoon(): void {
    clearTimeout(this.rangesTimer);
    this.rangesTimer = setTimeout(() => this.tellRanges(), RANGES_PAUSE_MS);
  }

  /** Somebody else chose which times are in view. */
  followRanges(): void {
    const { eventRange, atRange } = useTimeView.getState();
    if (eventRange === this.ownRanges?.eventRange && atRange === this.ownRanges?.atRange) return;
    this.ownRanges = null;
    const { data, mode } = this.state;
    if (eventRange === null && atRange === null) {
      if (mode === 'free') this.set({ mode: 'all' });
      this.redraw();
      return;
    }
    const whole = data === null ? null : fitted(data, 'all', this.wide);
    if (whole === null) return;
    this.show({
      eventFromMs: eventRange?.fromMs ?? whole.eventFromMs,
      eventToMs: eventRange?.toMs ?? whole.eventToMs,
      atFromMs: atRange?.fromMs ?? whole.atFromMs,
      atToMs: atRange?.toMs ?? whole.atToMs,
    });
  }

  chooseKey(key: number): void {
    this.hasChosenKey = true;
    this.set({ key });
    this.redraw();
  }

  point(hovered: number, pane = -1): void {
    if (pane !== this.hoveredPane) {
      this.hoveredPane = pane;
      this.redraw(false);
    }
    if (hovered === this.hovered) return;
    this.hovered = hovered;
    for (const listener of this.pointListeners) listener();
    this.redraw(false);
  }

  /** Where times stand once it is drawn anew: the hand may move several times a frame. */
  get coming(): Frame | null {
    const { frame, view, palette } = this;
    if (frame === null || view === null || palette === null || view === frame.view) return frame;
    return frameOf(view, frame.width, frame.height, palette.root);
  }

  /** The selected row among the points; -1 where it is none of them. */
  placeOfSelection(): number {
    const { data } = this.state;
    const { selection } = useTimeView.getState();
    if (data === null || selection?.kind !== 'event' || selection.nodeId !== data.facts.nodeId) return -1;
    const { seq } = data.points;
    const place = firstAtLeast(seq.values, seq.length, selection.seq);
    return seq.at(place) === selection.seq ? place : -1;
  }

  selectionChanged(): void {
    this.selected = this.placeOfSelection();
    this.showSelected();
    this.redraw(this.state.data?.facts.interval !== null || (this.state.data?.pairs.length ?? 0) > 0);
  }

  /** What was selected elsewhere is shown, too: its key, where one key is, and, while nothing moves, its place. */
  private showSelected(): void {
    const { data, key } = this.state;
    const { selection } = useTimeView.getState();
    if (data === null || selection === null || selection.nodeId !== data.facts.nodeId) return;
    const own = selection.kind === 'pane' ? keyOfWindow(data, selection) : data.points.key.at(this.selected);
    if (key !== 0 && own > 0 && own !== key) this.chooseKey(own);
    const isMoving = useRunStore.getState().status.kind === 'running';
    if (!isMoving && this.selected >= 0) this.reveal(this.selected);
  }

  /** Brings a point into view, as far as it is not. */
  reveal(place: number): void {
    const { data } = this.state;
    const view = this.view;
    if (data === null || view === null) return;
    const time = data.points.tsMs.at(place);
    const at = data.points.atMs.at(place);
    const isSeen =
      (Number.isNaN(time) || (time >= view.eventFromMs && time <= view.eventToMs)) &&
      at >= view.atFromMs &&
      at <= view.atToMs;
    if (isSeen) return;
    const width = (view.eventToMs - view.eventFromMs) / 2;
    const height = (view.atToMs - view.atFromMs) / 2;
    const middle = Number.isNaN(time) ? (view.eventFromMs + view.eventToMs) / 2 : time;
    this.show({
      eventFromMs: middle - width,
      eventToMs: middle + width,
      atFromMs: at - height,
      atToMs: at + height,
    });
  }

  redraw(isBaseStale = true): void {
    this.isBaseStale ||= isBaseStale;
    if (this.animation !== 0 || this.surfaces === null) return;
    this.animation = requestAnimationFrame(() => {
      this.animation = 0;
      this.paint();
    });
  }

  private restyle(): void {
    if (this.surfaces === null) return;
    this.palette = readPalette(this.surfaces.host);
    this.fills = paneFills(this.surfaces.base, this.palette);
    this.redraw();
  }

  private paint(): void {
    const { surfaces, palette } = this;
    const { data, mode, key } = this.state;
    if (surfaces === null || palette === null) return;
    const { width, height, base, overlay } = surfaces;
    if (width < 40 || height < 40) return;
    const scale = Math.min(3, devicePixelRatio);
    if (data === null) {
      clearCanvas(base, width, height, scale);
      clearCanvas(overlay, width, height, scale);
      return;
    }
    if (mode !== 'free') this.view = fitted(data, mode, this.wide) ?? this.view;
    if (this.view === null) return;
    const frame = frameOf(this.view, width, height, palette.root);
    this.frame = frame;
    if (this.isBaseStale) {
      this.isBaseStale = false;
      clearCanvas(base, width, height, scale);
      this.paintBase(base, frame, data, { palette, key, scale });
    }
    clearCanvas(overlay, width, height, scale);
    const { cursor, selection } = useTimeView.getState();
    const own = selection?.nodeId === data.facts.nodeId ? selection : null;
    const { selected, hovered, box } = this;
    const lit = litPanes(data, this.panes, { place: hovered >= 0 ? hovered : selected, pane: this.hoveredPane });
    const lineage = this.lineage.told(data);
    this.ghost.draw(overlay, frame, data, { palette, panes: this.panes, key });
    const marked = { cursor, selection: own, selected, hovered, lit, lineage, box };
    drawOverlay(overlay, frame, data, { palette, marked });
  }

  private paintBase(
    context: CanvasRenderingContext2D,
    frame: Frame,
    data: PlaneData,
    look: { readonly palette: Palette; readonly key: number; readonly scale: number },
  ): void {
    const { palette, key } = look;
    drawAxes(context, frame, palette);
    context.save();
    context.beginPath();
    context.rect(frame.left, 0, frame.right - frame.left, frame.bottom);
    context.clip();
    const panes = shownPanes(data, frame, key);
    this.panes = panes ?? [];
    drawPanes(context, this.panes, palette, this.fills);
    drawWater(context, frame, data, palette);
    drawLines(context, frame, data, palette);
    drawPairs(context, frame, data, { palette, key, selected: this.selected < 0 ? null : this.selected });
    this.painter.draw(context, frame, data, look);
    if (!this.painter.isCounted) this.redraw();
    drawPaneLabels(context, frame, { data, palette, panes: this.panes });
    context.restore();
    this.noteWhatIsHidden(data, frame, panes === null);
  }

  private noteWhatIsHidden(data: PlaneData, frame: Frame, hidesPanes: boolean): void {
    const { state } = this;
    const outside = findOutside(data, frame.view);
    const links = hidesLinks(data, frame, state.key);
    const isSame =
      outside?.text === state.outside?.text && hidesPanes === state.hidesPanes && links === state.hidesLinks;
    if (!isSame) queueMicrotask(() => this.set({ outside, hidesPanes, hidesLinks: links }));
  }

  /** Sessions and joins of many keys on top of each other cannot be read: one key is shown at first. */
  private chooseTellingKey(data: PlaneData): void {
    const key = this.hasChosenKey ? null : tellingKey(data);
    if (key === null) return;
    // It stays the same once there is enough to tell, so that the picture does not jump.
    if (data.points.length > 200) this.hasChosenKey = true;
    if (key !== this.state.key) this.set({ key });
  }

  private tellSoon(): void {
    const now = performance.now();
    clearTimeout(this.toldTimer);
    const waitMs = Math.max(0, this.toldAtMs + TELL_PAUSE_MS - now);
    this.toldTimer = setTimeout(() => {
      this.toldAtMs = performance.now();
      this.set({});
    }, waitMs);
  }

  private set(part: Partial<PlaneState>): void {
    this.state = { ...this.state, ...part, version: this.state.version + 1 };
    for (const listener of this.listeners) listener();
  }
}
