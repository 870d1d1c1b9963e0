import type { CompiledExpression } from '../../expression/compile.ts';
import type { TimeDomain } from '../../stream/node-definition.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { BoundAggregate } from '../shared/aggregates/bound-aggregate.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import type { Trigger } from '../shared/trigger.ts';
import type { Accumulation, Emission, WindowKind } from '../shared/window-kinds.ts';
import type { WindowEngine } from './config.ts';

/** A window node whose figures were found consistent; figures that the kind does not use are 0. */
export interface WindowBound {
  readonly kind: WindowKind;
  readonly result: 'aggregates' | 'rows';
  readonly sizeMs: DurationMs;
  readonly advanceMs: DurationMs;
  readonly stepMs: DurationMs;
  readonly gapMs: DurationMs;
  /** The gap of each event, whole ms; null for a fixed one. */
  readonly gap: CompiledExpression | null;
  /** In UTC: local time and the document's offset together. */
  readonly offsetMs: DurationMs;
  /** What stands between UTC, which windows are kept in, and the local time that their bounds are told in. */
  readonly localOffsetMs: DurationMs;
  readonly countRows: number;
  /** 0 where windows of rows do not overlap. */
  readonly everyRows: number;
  /** As far as the dialect has it. */
  readonly latenessMs: DurationMs;
  /** Kafka's grace as it follows from lateness and upstream delays; 0 in other dialects. */
  readonly graceMs: DurationMs;
  readonly emission: Emission;
  readonly accumulation: Accumulation;
  /** What the emission comes to in terms of triggers. Not for `stores`. */
  readonly trigger: Trigger;
  readonly key: BoundKey;
  /** Each a list of places in `key`, ascending; one with all of them where the document says nothing. */
  readonly groupingSets: readonly (readonly number[])[];
  readonly hasGroupingId: boolean;
  readonly aggregates: readonly BoundAggregate[];
  /** What windows are aligned to: event time, which may be that of arrival, or the processing clock. */
  readonly timeDomain: TimeDomain;
  /** Whether rows of the input take others back. */
  readonly takesChanges: boolean;
  /** Places of the columns `window_start` and `window_end` of the input, for inherited windows. */
  readonly inherited: { readonly start: number; readonly end: number } | null;
  /** How results are given out: one a window, keyed ones that replace each other, or with the former taken back. */
  readonly changes: 'append' | 'upsert' | 'retract';
  readonly engine: WindowEngine;
  /** How long the clock must go on after a row, ms; null where no clock is needed. */
  readonly clockHorizonMs: DurationMs | null;
}

/** Whether the windows of a kind have a start and an end. */
export function hasBounds(kind: WindowKind): boolean {
  return kind !== 'count' && kind !== 'global';
}
