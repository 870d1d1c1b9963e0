import type { EventTimeMs, WatermarkMs, Window } from './time.ts';
import type { Json } from './value.ts';

/** What an operator's state holds, for whoever looks at a run that stands between two rounds. */
export interface StateLook {
  /** The entries of the state by kind: together they are the `rows` of `stateSize`. */
  readonly parts: readonly StatePart[];
  /** The open windows that come first, in order. */
  readonly windows: readonly OpenWindow[];
  /** All that are open. */
  readonly openWindows: number;
  /** What stands in the state, kind by kind. */
  readonly contents: readonly StateContents[];
}

export interface StatePart {
  /** In the plural: `left rows`. */
  readonly what: string;
  readonly count: number;
}

export interface OpenWindow extends Window {
  /** Keys that have a sum in it. */
  readonly keys: number;
  /** Rows in these sums. */
  readonly rows: number;
  /** The watermark that fires it; of one that has fired, that lets it go. */
  readonly untilMs: WatermarkMs;
  /** Whether it has fired and is kept for late rows. */
  readonly hasFired: boolean;
  /** The watermark that lets it go: that of its firing where nothing late is waited for. */
  readonly goesMs: WatermarkMs;
}

/** The entries of one kind that come first. */
export interface StateContents {
  /** In the plural: `keys in windows`. */
  readonly what: string;
  /** Which of them come first: `ends first`. */
  readonly order: string;
  readonly columns: readonly StateColumn[];
  readonly entries: readonly StateEntry[];
  /** All that there are, told here or not. */
  readonly total: number;
}

export interface StateColumn {
  readonly name: string;
  readonly type: string;
  readonly isKey: boolean;
}

export interface StateEntry {
  readonly window: Window | null;
  /** One a column, as results are written. */
  readonly cells: readonly Json[];
  readonly until: StateUntil | null;
  /** Of a row that is kept as it came, where its time matters to what becomes of it. */
  readonly moment?: StateMoment;
}

export interface StateMoment {
  readonly timeMs: EventTimeMs;
  /** Of a row that waits for partners: their first and last time, both in. Null where time does not decide. */
  readonly partners: { readonly fromMs: EventTimeMs; readonly toMs: EventTimeMs } | null;
}

/** When something becomes of an entry, by the time that the node goes by. */
export interface StateUntil {
  readonly timeMs: number;
  /** `fires`, `goes`: what it then does. */
  readonly does: string;
  /** When it is let go, where that is later. */
  readonly goesMs?: number;
  /** By the processing clock, where the node goes by event time otherwise. */
  readonly isByClock?: boolean;
}
