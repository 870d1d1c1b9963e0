import { useTimeView } from '../../app/time-view.ts';
import { announce } from '../theme/announce.ts';
import { firstAtLeast } from './growing.ts';
import type { PlaneData } from './plane-data.ts';
import type { PlaneScreen } from './plane-screen.ts';
import { pointSentence, viewWords } from './plane-words.ts';
import { selectPoint } from './select.ts';
import { panned, zoomed } from './view.ts';
import type { View } from './view.ts';

/** Keys of the plane. True where the key meant something. */
export function onPlaneKey(screen: PlaneScreen, key: string, isShift: boolean, word: string): boolean {
  if (isShift && key.startsWith('Arrow')) return pan(screen, key);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return walk(screen, 1, word);
    case 'ArrowLeft':
    case 'ArrowDown':
      return walk(screen, -1, word);
    case 'PageUp':
      return walkToOther(screen, -1, word);
    case 'PageDown':
      return walkToOther(screen, 1, word);
    case 'Home':
      return goTo(screen, 0, 1, word);
    case 'End':
      return goTo(screen, Infinity, -1, word);
    case 'Enter':
    case ' ':
      return choose(screen);
    case '+':
    case '=':
      return zoom(screen, 0.7);
    case '-':
      return zoom(screen, 1 / 0.7);
    case '0':
      screen.showMode('all');
      announce('The plane shows all.');
      return true;
    case 'f':
      screen.showMode('follow');
      announce('The plane follows the run.');
      return true;
    case 'Escape':
      if (useTimeView.getState().selection === null && screen.hovered < 0) return false;
      screen.point(-1);
      useTimeView.getState().select(null);
      return true;
    default:
      return false;
  }
}

function end(data: PlaneData): number {
  return firstAtLeast(data.points.seq.values, data.points.length, data.endSeq);
}

/** To the next row of the key that is shown, in order of arrival. */
function walk(screen: PlaneScreen, step: 1 | -1, word: string): boolean {
  const { data } = screen.state;
  if (data === null) return false;
  const from = screen.hovered >= 0 ? screen.hovered : screen.selected;
  const start = from >= 0 ? from + step : step > 0 ? firstInView(screen, data) : end(data) - 1;
  return goTo(screen, start, step, word);
}

function firstInView(screen: PlaneScreen, data: PlaneData): number {
  const fromMs = screen.frame?.view.atFromMs ?? -Infinity;
  return firstAtLeast(data.points.atMs.values, end(data), fromMs);
}

function goTo(screen: PlaneScreen, place: number, step: 1 | -1, word: string): boolean {
  const { data, key } = screen.state;
  if (data === null) return false;
  const to = end(data);
  for (let at = step < 0 ? Math.min(place, to - 1) : place; at >= 0 && at < to; at += step) {
    if (key !== 0 && data.points.key.at(at) !== key) continue;
    tell(screen, data, at, word);
    return true;
  }
  announce(step > 0 ? 'This is the last event.' : 'This is the first event.');
  return true;
}

/** To the next row that was not on time. */
function walkToOther(screen: PlaneScreen, step: 1 | -1, word: string): boolean {
  const { data, key } = screen.state;
  if (data === null) return false;
  const { others } = data.points;
  const from = screen.hovered >= 0 ? screen.hovered : screen.selected;
  let i = firstAtLeast(others.values, others.length, from < 0 ? (step > 0 ? 0 : Infinity) : from + (step > 0 ? 1 : 0));
  if (step < 0) i--;
  for (; i >= 0 && i < others.length && others.at(i) < end(data); i += step) {
    const place = others.at(i);
    if (key !== 0 && data.points.key.at(place) !== key) continue;
    tell(screen, data, place, word);
    return true;
  }
  announce(step > 0 ? 'No later event was late or dropped.' : 'No earlier event was late or dropped.');
  return true;
}

function tell(screen: PlaneScreen, data: PlaneData, place: number, word: string): void {
  screen.reveal(place);
  screen.point(place);
  announce(pointSentence(data, place, word), 'place');
}

function choose(screen: PlaneScreen): boolean {
  const { data } = screen.state;
  if (data === null || screen.hovered < 0) return false;
  selectPoint(data, screen.hovered);
  return true;
}

function zoom(screen: PlaneScreen, factor: number): boolean {
  const frame = screen.coming;
  const { data } = screen.state;
  if (frame === null || data === null) return false;
  const place = screen.hovered >= 0 ? screen.hovered : screen.selected;
  const time = data.points.tsMs.at(place);
  const eventMs = Number.isNaN(time) ? (frame.view.eventFromMs + frame.view.eventToMs) / 2 : time;
  const atMs = place < 0 ? (frame.view.atFromMs + frame.view.atToMs) / 2 : data.points.atMs.at(place);
  show(screen, zoomed(frame.view, factor, eventMs, atMs));
  return true;
}

function pan(screen: PlaneScreen, key: string): boolean {
  const frame = screen.coming;
  if (frame === null) return false;
  const wide = 0.15 * (frame.view.eventToMs - frame.view.eventFromMs);
  const high = 0.15 * (frame.view.atToMs - frame.view.atFromMs);
  const dx = key === 'ArrowRight' ? wide : key === 'ArrowLeft' ? -wide : 0;
  const dy = key === 'ArrowUp' ? high : key === 'ArrowDown' ? -high : 0;
  show(screen, panned(frame.view, dx, dy));
  return true;
}

function show(screen: PlaneScreen, view: View): void {
  screen.show(view);
  screen.tellRangesSoon();
  announce(viewWords(view), 'place');
}
