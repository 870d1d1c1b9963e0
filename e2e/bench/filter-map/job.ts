import type { Job } from '../job.ts';
import { fused } from './fused.ts';
import { plain, rxjs } from './rows.ts';
import { tidemark } from './tidemark.ts';

/** value >= 5000 → value * 2 + 1, over rows of three columns. */
export const filterMapJob: Job = { name: 'filter-map', contenders: [fused, tidemark, plain, rxjs] };
