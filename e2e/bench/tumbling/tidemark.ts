import { windowEngine } from '../windows/window-engine.ts';

const window = { kind: 'tumbling', sizeMs: 10_000 };

/** The whole engine. */
export const tidemark = windowEngine({ window });

/** The same while everything that happens is traced. */
export const traced = windowEngine({ window, name: 'traced', listener: 'trace' });

/** The same with the worker's charts and tables listening. */
export const charted = windowEngine({ window, name: 'charted', listener: 'charts' });
