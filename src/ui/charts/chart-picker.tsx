import { ChevronsUpDown } from 'lucide-react';
import { useContext } from 'react';
import type { ReactElement } from 'react';
import type { ChartName } from './chart-places.ts';
import { CHART_NAMES, CHART_TITLES, ChartPlace, useChartPlaces } from './chart-places.ts';
import styles from './charts.module.css';

/** Puts another chart in this place. Nothing where all charts are in view. */
export function ChartPicker({ name }: { name: string }): ReactElement | null {
  const place = useContext(ChartPlace);
  const show = useChartPlaces((state) => state.show);
  if (place === null) return null;
  return (
    <span className={styles['picker']} title="Another chart in this place">
      <ChevronsUpDown size={12} aria-hidden />
      <select
        aria-label="Chart in this place"
        value={name}
        onChange={(event) => show(place, event.target.value as ChartName)}
      >
        {CHART_NAMES.map((each) => (
          <option key={each} value={each}>
            {CHART_TITLES[each]}
          </option>
        ))}
      </select>
    </span>
  );
}
