import { windowEngine } from '../windows/window-engine.ts';

/** The whole engine. */
export const tidemark = windowEngine({ window: { kind: 'tumbling', sizeMs: 10_000 } });
