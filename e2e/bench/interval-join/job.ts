import type { Job } from '../job.ts';
import { fused } from './fused.ts';
import { plain, rxjs } from './rows.ts';
import { tidemark } from './tidemark.ts';

/** Rows of two streams, by key, the right one 0 to 2 s after the left, both ends in. */
export const intervalJoinJob: Job = { name: 'interval-join', contenders: [fused, tidemark, plain, rxjs] };
