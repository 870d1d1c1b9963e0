import { windowEngine } from '../windows/window-engine.ts';
import { GAP_MS } from './gap.ts';

/** The whole engine. */
export const tidemark = windowEngine({ window: { kind: 'session', gapMs: GAP_MS } });
