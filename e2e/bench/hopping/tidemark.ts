import { windowEngine } from '../windows/window-engine.ts';
import { ADVANCE_MS, SIZE_MS } from './windows.ts';

/** The whole engine. */
export const tidemark = windowEngine({ window: { kind: 'hopping', sizeMs: SIZE_MS, advanceMs: ADVANCE_MS } });
