import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

interface Room {
  readonly widthRem?: number;
  readonly heightRem?: number;
}

/** Whether an element is at least as large as that, now and after every change of its size; false before it is there. */
export function useFits(target: RefObject<HTMLElement | null>, { widthRem = 0, heightRem = 0 }: Room): boolean {
  const [fits, setFits] = useState(false);
  useLayoutEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const look = (): void => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      setFits(element.clientWidth >= widthRem * rem && element.clientHeight >= heightRem * rem);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, [target, widthRem, heightRem]);
  return fits;
}
