import { isTyping } from './keyboard-target.ts';

/** What is still meant by the time that it is heard. */
const KEPT = 10;

let waiting: readonly KeyboardEvent[] = [];

/** What a browser would do with keys that are the page's own: save it, find in it, go to its address bar. */
const BROWSERS_OWN = /^([sdoiekgy]|Enter)$/i;

function keep(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat || event.isComposing || isTyping(event.target)) return;
  const isMod = event.ctrlKey || event.metaKey;
  if ((isMod && BROWSERS_OWN.test(event.key)) || event.key === '/') event.preventDefault();
  waiting = [...waiting, event].slice(0, KEPT);
}

/** Keeps the keys that are pressed before the commands, which come after the graph, are there to hear them. */
export function keepEarlyKeys(): void {
  window.addEventListener('keydown', keep);
}

/** The keys that were kept, in their order. No more are kept. */
export function takeEarlyKeys(): readonly KeyboardEvent[] {
  window.removeEventListener('keydown', keep);
  const taken = waiting;
  waiting = [];
  return taken;
}
