import { createContext } from 'react';
import { create } from 'zustand';
import { keep, readKept } from '../../app/kept.ts';

/** The charts that there are, as a choice of them calls them. */
export const CHART_TITLES = {
  windows: 'Results',
  clocks: 'Watermark and lag',
  drops: 'Drops',
  lateness: 'Lateness of events',
  latency: 'Latency of results',
  state: 'State',
} as const;
export type ChartName = keyof typeof CHART_TITLES;

export const CHART_NAMES = Object.keys(CHART_TITLES) as readonly ChartName[];

/** Places where there is not room for all. */
const PLACES = 4;
const KEY = 'charts';

interface ChartPlaces {
  /** Which chart stands in each place. */
  readonly shown: readonly ChartName[];
  /** One that stands elsewhere changes places. */
  readonly show: (place: number, name: ChartName) => void;
}

export const useChartPlaces = create<ChartPlaces>()((set, get) => ({
  shown: keptPlaces(readKept(KEY)),
  show: (place, name) => {
    const shown = withChart(get().shown, place, name);
    keep(KEY, shown);
    set({ shown });
  },
}));

export function withChart(shown: readonly ChartName[], place: number, name: ChartName): readonly ChartName[] {
  const before = shown[place];
  if (before === undefined) return shown;
  return shown.map((each, i) => {
    if (i === place) return name;
    return each === name ? before : each;
  });
}

/** What was kept, as far as it can still be shown. */
export function keptPlaces(kept: unknown): readonly ChartName[] {
  const first = CHART_NAMES.slice(0, PLACES);
  if (!Array.isArray(kept)) return first;
  const known = CHART_NAMES.filter((name) => kept.includes(name));
  const isWhole = kept.length === PLACES && known.length === PLACES;
  return isWhole ? kept.filter((name): name is ChartName => known.includes(name as ChartName)) : first;
}

/** Of the chart around; null where all have room. */
export const ChartPlace = createContext<number | null>(null);
