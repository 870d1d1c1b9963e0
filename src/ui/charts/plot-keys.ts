import { createContext, useContext, useEffect } from 'react';
import type { KeyboardEvent, RefObject } from 'react';

/** What a plot does with a key; whether it was for it. */
export type PlotKey = (event: KeyboardEvent) => boolean;

/** The frame has the focus, the plot within it knows what keys mean. */
export const PlotKeys = createContext<RefObject<PlotKey | null> | null>(null);

export function usePlotKeys(onKey: PlotKey): void {
  const placeRef = useContext(PlotKeys);
  useEffect(() => {
    if (placeRef === null) return undefined;
    placeRef.current = onKey;
    return () => {
      placeRef.current = null;
    };
  });
}
