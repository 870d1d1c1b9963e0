import type { Area } from './boxes.ts';

/** Lines at which a moved box stands in line with others: `x` of an upright one, `y` of a level one. */
export interface HelperLines {
  readonly x: number | null;
  readonly y: number | null;
}

/** Where others have their edges and centres. */
export interface Lines {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

export function linesOf(boxes: readonly Area[]): Lines {
  return {
    xs: boxes.flatMap(({ x, w }) => [x, x + w / 2, x + w]),
    ys: boxes.flatMap(({ y, h }) => [y, y + h / 2, y + h]),
  };
}

export interface Snap {
  /** What is added to the position of everything that moves. */
  readonly dx: number;
  readonly dy: number;
  readonly lines: HelperLines;
}

/** Draws a moved box to a line of others within reach, and where there is none to the grid; each axis by itself. */
export function snapTo(
  box: Area,
  lines: Lines,
  { reach, grid }: { readonly reach: number; readonly grid: number },
): Snap {
  const across = nearest([box.x, box.x + box.w / 2, box.x + box.w], lines.xs, reach);
  const down = nearest([box.y, box.y + box.h / 2, box.y + box.h], lines.ys, reach);
  return {
    dx: across?.by ?? toGrid(box.x, grid),
    dy: down?.by ?? toGrid(box.y, grid),
    lines: { x: across?.line ?? null, y: down?.line ?? null },
  };
}

function toGrid(value: number, grid: number): number {
  return Math.round(value / grid) * grid - value;
}

function nearest(
  own: readonly number[],
  lines: readonly number[],
  reach: number,
): { readonly by: number; readonly line: number } | null {
  let best: { readonly by: number; readonly line: number } | null = null;
  for (const line of lines) {
    for (const value of own) {
      const by = line - value;
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best.by))) best = { by, line };
    }
  }
  return best;
}
