import { useRef } from 'react';
import type { ReactElement } from 'react';
import { useFits } from '../theme/use-fits.ts';
import type { ChartName } from './chart-places.ts';
import { CHART_NAMES, ChartPlace, useChartPlaces } from './chart-places.ts';
import styles from './charts.module.css';
import { ClockPanel } from './clock-panel.tsx';
import { DropPanel } from './drop-panel.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import { LatenessPanel } from './lateness-panel.tsx';
import { StatePanel } from './state-panel.tsx';
import { WindowPanel } from './window-panel.tsx';

const PANELS: Readonly<Record<ChartName, () => ReactElement>> = {
  windows: WindowPanel,
  clocks: ClockPanel,
  drops: DropPanel,
  lateness: LatenessPanel,
  latency: LatencyPanel,
  state: StatePanel,
};

/** From this width on all charts have room. */
const ROOM_FOR_ALL_REM = 75;

/** The charts of the watched node. Loaded when it is first shown. */
export function ChartGrid(): ReactElement {
  const grid = useRef<HTMLDivElement>(null);
  const isWide = useFits(grid, { widthRem: ROOM_FOR_ALL_REM });
  const chosen = useChartPlaces((state) => state.shown);
  const shown = isWide ? CHART_NAMES : chosen;
  return (
    <div ref={grid} className={styles['grid']} data-wide={isWide || undefined}>
      {shown.map((name, place) => {
        const Panel = PANELS[name];
        return (
          <ChartPlace key={name} value={isWide ? null : place}>
            <Panel />
          </ChartPlace>
        );
      })}
    </div>
  );
}
