import type { ReactElement } from 'react';

/** A line of the palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  readonly icon: ReactElement;
  /** Stands after the title. */
  readonly hint?: string;
  /** Other words that people search for. */
  readonly also?: string;
  /** As in `Command.keys`. */
  readonly keys?: string;
  /** Why it cannot be chosen; such an entry is shown all the same, so that nobody wonders where it is. */
  readonly refusal?: string | null;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}
