import { create } from 'zustand';
import type { Json } from '../stream/value.ts';
import type { LineagePath } from './lineage-path.ts';

/** The lineage that is told on the screen: tables mark its rows, the canvas its way. */
export interface ShownLineage extends LineagePath {
  /** Entries of the log that are in it. */
  readonly events: ReadonlySet<number>;
  /** Names of results that are in it, by `resultName`. */
  readonly results: ReadonlySet<string>;
}

interface LineageView {
  readonly shown: ShownLineage | null;
  readonly show: (shown: ShownLineage | null) => void;
}

export const useLineageView = create<LineageView>()((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
}));

/** By its values, in the order of the columns: one entry may bring many results. */
export function resultName(nodeId: string, seq: number, values: readonly Json[]): string {
  return `${nodeId} ${String(seq)} ${JSON.stringify(values)}`;
}
