import { useRef } from 'react';

interface Return {
  /** Keeps in mind what has the keyboard now, instead of what had it when this was drawn first. */
  readonly remember: () => void;
  /** Gives it back, once. */
  readonly goBack: () => void;
}

/** For what comes up for a moment and takes the keyboard. */
export function useReturn(): Return {
  const before = useRef(holderNow());
  return {
    remember: () => {
      before.current = holderNow();
    },
    goBack: () => {
      const { current } = before;
      before.current = null;
      if (current instanceof HTMLElement || current instanceof SVGElement) current.focus();
    },
  };
}

/** Whether nothing in particular has the keyboard: the page, or the graph as a whole. */
export function isNowhere(holder: EventTarget | null): boolean {
  return holder === null || holder === document.body || (holder instanceof Element && holder.tagName === 'MAIN');
}

/** What has the keyboard; of a menu, which is gone by the time, the button that it hangs on. */
function holderNow(): Element | null {
  const menu = document.activeElement?.closest('[role="menu"]') ?? null;
  if (menu === null) return document.activeElement;
  return document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
}
