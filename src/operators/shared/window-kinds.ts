/** The kinds of window, in the order in which they are offered. */
export const WINDOW_KINDS = [
  'tumbling',
  'hopping',
  'session',
  'sliding',
  'cumulate',
  'count',
  'global',
  'inherited',
] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** When a window says what it has: once it is complete, with every event, or in panes before, at and after its end. */
export const EMISSIONS = ['on-close', 'each-event', 'panes'] as const;
export type Emission = (typeof EMISSIONS)[number];

/** What a later pane of a window holds: everything so far, only what is new, or everything with the former taken back. */
export const ACCUMULATIONS = ['accumulating', 'discarding', 'retracting'] as const;
export type Accumulation = (typeof ACCUMULATIONS)[number];
