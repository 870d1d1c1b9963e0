import { create } from 'zustand';

/** Nodes with a breakpoint of their own that is on: the canvas marks them, and needs to know no more. */
export const useWatchedNodes = create<{ readonly ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }));
