import { loadPart } from '../load-part.ts';
import type * as analysis from './analysis.ts';

export type Analysis = typeof analysis;

let loaded: Analysis | null = null;
let loading: Promise<Analysis> | null = null;

/** Fetched when first asked for; a fetch that failed is tried again. */
export function loadAnalysis(): Promise<Analysis> {
  loading ??= loadPart(() => import('./analysis.ts')).then(
    (module) => (loaded = module),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** Null while it is on its way. */
export function analysisNow(): Analysis | null {
  return loaded;
}
