import type { ReactElement, ReactNode } from 'react';
import {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFIRED,
  FATE_REFUSED,
  FATE_REJECTED,
} from '../../app/plane-updates.ts';
import { partLines } from './draw-lines.ts';
import { FateMark } from './fate-mark.tsx';
import { LineMark, PaneMark } from './line-marks.tsx';
import type { PlaneData } from './plane-data.ts';
import { useRightName } from './use-right-name.ts';
import styles from './plane.module.css';

/** Marks, lines and areas of the plane, as far as there are any: with little room the first of them, all are in the guide. */
export function PlaneLegend({ data, word }: { data: PlaneData | null; word: string }): ReactElement | null {
  const rightName = useRightName(data);
  if (data === null) return null;
  return (
    <span className={styles['legend']} aria-hidden>
      {entriesOf(data, word, rightName).map(({ text, mark }) => (
        <span key={text}>
          {mark}
          {text}
        </span>
      ))}
    </span>
  );
}

interface Entry {
  readonly mark: ReactNode;
  readonly text: string;
  readonly isThere: boolean;
}

function entriesOf(data: PlaneData, word: string, rightName: string | null): readonly Entry[] {
  const { counts, facts, lines, pairs, panes } = data;
  const parts = partLines(data);
  const event = (fate: number, text: string): Entry => ({
    mark: <FateMark fate={fate} />,
    text,
    isThere: (counts.byFate[fate] ?? 0) > 0,
  });
  const line = (kind: 'wm' | 'part' | 'horizon' | 'diag' | 'link', text: string, isThere: boolean): Entry => ({
    mark: <LineMark kind={kind} />,
    text,
    isThere,
  });
  const all: readonly Entry[] = [
    event(FATE_ON_TIME, 'on time'),
    event(FATE_LATE_KEPT, 'late'),
    event(FATE_DROPPED, 'dropped'),
    { mark: <FateMark fate={FATE_ON_TIME} isSquare />, text: rightName ?? '', isThere: rightName !== null },
    line('wm', word, (lines[0]?.seq.length ?? 0) > 0),
    line('link', 'joined', pairs.length > 0),
    {
      mark: <PaneMark kind="pane" />,
      text: facts.window?.isMerging === true ? 'session' : 'window',
      isThere: panes.length > 0 && facts.window !== null,
    },
    event(FATE_REFIRED, 'fired again'),
    line('horizon', facts.horizonWord, facts.horizonMs > 0),
    event(FATE_REFUSED, 'not taken'),
    event(FATE_REJECTED, 'rejected'),
    line('part', `of each ${parts[0]?.about.role === 'input' ? 'input' : 'partition'}`, parts.length > 0),
    line('diag', 'ideal', true),
  ];
  return all.filter(({ isThere }) => isThere);
}
