import type { RowKindName } from '../../stream/row-kind.ts';
import type { Value } from '../../stream/value.ts';
import type { ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { evaluateExpression } from '../reference-expression.ts';
import type { WindowBound } from './bound.ts';
import { hasBounds } from './bound.ts';
import type { Aggregated, Gathered } from '../reference-aggregates.ts';
import { aggregatesFail, aggregatesOf, sameValue } from '../reference-aggregates.ts';

/** What every reference of windows needs to know of its node. */
export interface Setting extends Aggregated {
  readonly bound: WindowBound;
}

export function settingOf({ bound, inputs, dialect }: ReferenceRequest<WindowBound>): Setting {
  return { bound, schema: inputs[0]!.schema, dialect, aggregates: bound.aggregates };
}

/** One key in one window. */
export interface Cell {
  readonly key: GroupKey;
  readonly start: number;
  readonly end: number;
}

/** The values of the key's columns, NULL for those that the grouping set leaves out. */
export interface GroupKey {
  readonly set: number;
  readonly values: readonly Value[];
}

/** One key for each grouping set. */
export function keysOf({ bound }: Setting, row: ReferenceRow): readonly GroupKey[] {
  return bound.groupingSets.map((set, number) => ({
    set: number,
    values: bound.key.columns.map((column, i) => (set.includes(i) ? row.values[column]! : null)),
  }));
}

export function sameKey(a: GroupKey, b: GroupKey): boolean {
  return a.set === b.set && a.values.every((value, i) => sameValue(value, b.values[i]!));
}

/** The time that a row is windowed by: its own, or that of the clock. */
export function timeOf({ bound }: Setting, row: ReferenceRow): number {
  return bound.timeDomain === 'processing' ? row.at : row.ts;
}

/** Whether a row cannot be windowed: no time, or an expression that fails for it. */
export function isUnusable(setting: Setting, row: ReferenceRow): boolean {
  return Number.isNaN(timeOf(setting, row)) || aggregatesFail(setting, row) || Number.isNaN(gapOf(setting, row));
}

/** The gap after which a session ends that holds the row; NaN where it cannot be told. */
export function gapOf({ bound, schema }: Setting, row: ReferenceRow): number {
  if (bound.gap === null) return bound.gapMs;
  const outcome = evaluateExpression(bound.gap, schema, row.values);
  return outcome.ok && outcome.value !== null && Number(outcome.value) > 0 ? Number(outcome.value) : Number.NaN;
}

/**
 * The windows of a row, the one that ends first first. Starts lie on the grid of the distance between two windows; a
 * session begins as the row and a gap. Count and global windows are one without bounds.
 */
export function windowsOf(setting: Setting, row: ReferenceRow): readonly (readonly [number, number])[] {
  const { bound } = setting;
  const time = timeOf(setting, row);
  switch (bound.kind) {
    case 'tumbling':
      return [onGrid(time, bound.sizeMs, bound.offsetMs)].map((start) => [start, start + bound.sizeMs] as const);
    case 'hopping': {
      const windows: (readonly [number, number])[] = [];
      for (let start = onGrid(time, bound.advanceMs, bound.offsetMs); start > time - bound.sizeMs;) {
        windows.unshift([start, start + bound.sizeMs]);
        start -= bound.advanceMs;
      }
      return windows;
    }
    case 'cumulate': {
      const start = onGrid(time, bound.sizeMs, bound.offsetMs);
      const windows: (readonly [number, number])[] = [];
      for (let end = start + bound.stepMs; end <= start + bound.sizeMs; end += bound.stepMs) {
        if (end > time) windows.push([start, end]);
      }
      return windows;
    }
    case 'session':
      return [[time, time + gapOf(setting, row)]];
    case 'inherited':
      return [[Number(row.values[bound.inherited!.start]), Number(row.values[bound.inherited!.end])]];
    default:
      return [[-Infinity, Infinity]];
  }
}

/** The last start up to `time`: no division, no remainder of negative times. */
function onGrid(time: number, distance: number, offset: number): number {
  const near = Math.round((time - offset) / distance) * distance + offset;
  return near > time ? near - distance : near;
}

/** A result of a window. */
export interface Shown {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly ts: number;
  readonly timing: number;
  readonly index: number;
  readonly op?: RowKindName;
}

export function resultOf(setting: Setting, cell: Cell, values: readonly Value[], at: Shown): ReferenceResult {
  const { bound } = setting;
  const { key, start, end } = cell;
  const isBounded = hasBounds(bound.kind);
  return {
    port: 'out',
    seq: at.seq,
    phase: at.phase,
    ts: at.ts,
    op: at.op ?? '+I',
    values: [
      ...key.values,
      ...(bound.hasGroupingId ? [groupingId(bound, key.set)] : []),
      ...(isBounded ? [start, end] : []),
      ...values,
    ],
    window: isBounded ? [start, end] : null,
    pane: isBounded ? [at.timing, at.index] : null,
  };
}

export function valuesOf(setting: Setting, rows: Gathered): readonly Value[] {
  return aggregatesOf(setting, rows);
}

/** A bit for each column of the key, set where the set leaves it out; the last column's is the lowest. */
function groupingId({ key, groupingSets }: WindowBound, set: number): number {
  return key.columns.reduce((id, _column, i) => id * 2 + (groupingSets[set]!.includes(i) ? 0 : 1), 0);
}
