export const GAP_MS = 5000;
