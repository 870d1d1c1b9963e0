import type { ReactElement } from 'react';
import type { Parameter } from '../../app/document-parameters.ts';
import { trySetting } from '../../app/document-settings.ts';
import { formatDuration } from '../theme/format.ts';
import styles from './fields.module.css';

interface ParameterSliderProps {
  readonly nodeId: string;
  readonly parameter: Parameter;
  readonly value: unknown;
}

const STEPS_A_DECADE = 20;
const DECADES = 9;

/** Two digits that count: what a hand can set. */
function durationAt(place: number): number {
  return Number((10 ** (place / STEPS_A_DECADE)).toPrecision(2));
}

function placeOf(durationMs: number): number {
  return durationMs < 1 ? 0 : Math.round(STEPS_A_DECADE * Math.log10(durationMs));
}

/** Beneath a field that says so; a drag is one undo step, as typing is. */
export function ParameterSlider({ nodeId, parameter, value }: ParameterSliderProps): ReactElement | null {
  const { meta, path } = parameter;
  const { slider } = meta;
  if (slider === undefined || typeof value !== 'number') return null;
  const isLog = slider === 'log';
  const range = isLog ? { min: 0, max: STEPS_A_DECADE * DECADES, step: 1 } : slider;
  return (
    <input
      type="range"
      className={styles['slider']}
      aria-label={`${meta.title}, slider`}
      aria-valuetext={isLog ? formatDuration(value) : String(value)}
      {...range}
      value={isLog ? placeOf(value) : value}
      onChange={({ target }) => {
        const place = Number(target.value);
        trySetting(nodeId, path, isLog ? Math.round(durationAt(place)) : place);
      }}
    />
  );
}
