export const SIZE_MS = 60_000;
export const ADVANCE_MS = 10_000;
