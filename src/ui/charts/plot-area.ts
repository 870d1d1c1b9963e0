import { createContext, useContext, useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Where a plot draws its marks, between its axes: px from the left and from the top of its picture. */
export interface PlotArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of a rem, by 16: text is as much larger. */
  readonly root: number;
}

export const PlotAreaContext = createContext<PlotArea | null>(null);

/** Of the plot around; null where it has no room for marks. */
export function usePlotArea(): PlotArea | null {
  return useContext(PlotAreaContext);
}

/** Width of a text at an axis, px, about: measured exactly it would have the page laid out while it is drawn. */
export function axisTextWidth(text: string, root: number): number {
  return text.length * AXIS_CHAR_PX * root;
}

/** A digit of a wide face at 11 px. */
const AXIS_CHAR_PX = 6.8;

export interface Size {
  readonly width: number;
  readonly height: number;
  readonly root: number;
}

/** Of an element, px, now and after every change; null before it is there. */
export function useSize(target: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const look = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      const root = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height, root }));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, [target]);
  return size;
}
