import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GAP_MS, MOST_WAITING, announce, useAnnouncement } from './announce.ts';

let heard: string[] = [];
let stop: () => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  stop = useAnnouncement.subscribe(({ text }) => heard.push(text));
});

afterEach(() => {
  vi.runAllTimers();
  stop();
  vi.useRealTimers();
});

function all(): readonly string[] {
  vi.runAllTimers();
  return heard;
}

test('what is said alone is said at once; two at once are both said, one after the other', () => {
  announce('Paused.');
  announce('The branch differs.');
  expect(heard).toEqual(['Paused.']);
  vi.advanceTimersByTime(GAP_MS - 1);
  expect(heard).toEqual(['Paused.']);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(['Paused.', 'The branch differs.']);
});

test('the gap is kept behind the last one, too', () => {
  announce('One.');
  vi.advanceTimersByTime(GAP_MS);
  announce('Two.');
  announce('Three.');
  expect(heard).toEqual(['One.', 'Two.']);
  expect(all()).toEqual(['One.', 'Two.', 'Three.']);
});

test('the same in a row is said once; said later it is said again', () => {
  announce('Zoomed in.');
  announce('Zoomed in.');
  announce('Moved.');
  announce('Moved.');
  announce('Zoomed in.');
  expect(all()).toEqual(['Zoomed in.', 'Moved.', 'Zoomed in.']);
  announce('Zoomed in.');
  expect(all()).toEqual(['Zoomed in.', 'Moved.', 'Zoomed in.', 'Zoomed in.']);
});

test('what is urgent goes before what waits, in the order in which it came', () => {
  announce('Running.');
  announce('A node was added.');
  announce('The run stopped.', 'urgent');
  announce('A consumer is lost.', 'urgent');
  announce('A consumer is lost.', 'urgent');
  expect(all()).toEqual(['Running.', 'The run stopped.', 'A consumer is lost.', 'A node was added.']);
});

test('of the places that the keys pass only the newest waits, and nothing else gives way to it', () => {
  announce('Event 1.', 'place');
  announce('Event 2.', 'place');
  announce('Paused.');
  for (let i = 3; i < 30; i++) announce(`Event ${String(i)}.`, 'place');
  expect(all()).toEqual(['Event 1.', 'Paused.', 'Event 29.']);
});

test('where too much waits the oldest words of the way are left out, never a result', () => {
  announce('Running.');
  for (let i = 0; i < MOST_WAITING + 2; i++) {
    announce(`Result ${String(i)}.`);
    announce(`On the way ${String(i)}.`, 'progress');
  }
  announce('The run stopped.', 'urgent');
  const said = all();
  expect(said.slice(0, 2)).toEqual(['Running.', 'The run stopped.']);
  expect(said.filter((text) => text.startsWith('Result'))).toHaveLength(MOST_WAITING + 2);
  expect(said.filter((text) => text.startsWith('On the way'))).toEqual([]);
});

test('as long as there is room the way is told', () => {
  announce('Running.');
  for (let i = 0; i < MOST_WAITING + 2; i++) announce(`On the way ${String(i)}.`, 'progress');
  expect(all()).toEqual([
    'Running.',
    ...Array.from({ length: MOST_WAITING }, (_, i) => `On the way ${String(i + 2)}.`),
  ]);
});
