import type { ResultTable, TableColumn } from '../../app/run-state.ts';
import { formatTime, formatWindowDated, formatWindowShort } from '../theme/format.ts';
import { cellText, isRightAligned } from '../timeline/cell-text.ts';
import { needsDate, timeOfDayText } from './day-of-times.ts';

/** A column as the list of rows shows it. */
export interface RowColumn {
  readonly name: string;
  /** As written in SQL; what stands for no column of the stream has none. */
  readonly type: string | null;
  readonly isKey: boolean;
  readonly isNumber: boolean;
  /** In characters. */
  readonly width: number;
  readonly textAt: (row: number) => string;
}

const START = 'window_start';
const END = 'window_end';
const [LEAST_CHARS, MOST_CHARS] = [4, 30];
/** Rows that a column's width is made for. */
const MEASURED = 200;

type Draft = Omit<RowColumn, 'width'>;

/** The window, the key, the times, then the rest as it comes. */
export function rowColumns(table: ResultTable, closeWindow: (window: string) => string): readonly RowColumn[] {
  const hasWindow = !Number.isNaN(table.windowStartMs[table.length - 1] ?? Number.NaN);
  const shown = table.columns.filter(({ name }) => !hasWindow || (name !== START && name !== END));
  const ranked = shown
    .map((column, place) => ({ column, place, rank: rankOf(column, table.key) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ column }) => columnDraft(column, table.key.includes(column.name)));
  const drafts = hasWindow ? [windowDraft(table, closeWindow), ...ranked] : ranked;
  return [...drafts, timeDraft(table)].map((draft) => ({ ...draft, width: widthOf(draft, table.length) }));
}

function rankOf({ name, type }: TableColumn, key: readonly string[]): number {
  if (key.includes(name)) return 0;
  return type === 'TIMESTAMP' ? 1 : 2;
}

function columnDraft({ name, type, values }: TableColumn, isKey: boolean): Draft {
  const withDate = needsDate(values, type);
  return {
    name,
    type,
    isKey,
    isNumber: isRightAligned(type),
    textAt: (row) => (withDate ? null : timeOfDayText(values[row], type)) ?? cellText(values[row] ?? null, type),
  };
}

function windowDraft({ windowStartMs, windowEndMs }: ResultTable, close: (window: string) => string): Draft {
  const write = needsDate([...windowStartMs], 'TIMESTAMP') ? formatWindowDated : formatWindowShort;
  return {
    name: 'window',
    type: null,
    isKey: false,
    isNumber: false,
    textAt: (row) => close(write(windowStartMs[row] ?? Number.NaN, windowEndMs[row] ?? Number.NaN)),
  };
}

function timeDraft({ tsMs }: ResultTable): Draft {
  return { name: 'event time', type: null, isKey: false, isNumber: false, textAt: (row) => formatTime(tsMs[row]) };
}

function widthOf({ name, type, textAt }: Draft, length: number): number {
  let most = Math.max(name.length, type?.length ?? 0, LEAST_CHARS);
  for (let row = Math.max(0, length - MEASURED); row < length; row++) most = Math.max(most, textAt(row).length);
  return Math.min(most, MOST_CHARS);
}

/** A row as the stream has it, to be handed on. */
export function rowJson({ columns }: ResultTable, row: number): string {
  return JSON.stringify(Object.fromEntries(columns.map(({ name, values }) => [name, values[row] ?? null])));
}
