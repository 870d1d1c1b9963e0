import type { Area } from './boxes.ts';

export interface Clearance {
  /** Between boxes, at least. */
  readonly gap: number;
  /** The way is a multiple of it. */
  readonly grid: number;
}

/** The shortest way up or down for boxes that move together, so that they cover none of those that stay. */
export function clearOf(moved: readonly Area[], fixed: readonly Area[], { gap, grid }: Clearance): number {
  const blocked = moved.flatMap((box) =>
    fixed
      .filter((other) => box.x < other.x + other.w + gap && other.x < box.x + box.w + gap)
      .map((other) => ({
        from: Math.floor((other.y - gap - box.h - box.y) / grid) * grid,
        to: Math.ceil((other.y + other.h + gap - box.y) / grid) * grid,
      })),
  );
  // The run of ways, each blocked by some pair, that leads over 0; both its ends are free.
  let run = { from: 0, to: -Infinity };
  for (const { from, to } of blocked.sort((a, b) => a.from - b.from)) {
    if (from < run.to) run = { from: run.from, to: Math.max(run.to, to) };
    else if (run.from < 0 && run.to > 0) break;
    else run = { from, to };
  }
  if (run.from >= 0 || run.to <= 0) return 0;
  return -run.from <= run.to ? run.from : run.to;
}
