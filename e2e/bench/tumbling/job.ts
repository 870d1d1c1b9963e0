import type { Job } from '../job.ts';
import { fused } from './fused.ts';
import { plain, rxjs } from './rows.ts';
import { tidemark } from './tidemark.ts';

/** Count and sum by key in windows of 10 s that close with the watermark. */
export const tumblingJob: Job = { name: 'tumbling', contenders: [fused, tidemark, plain, rxjs] };
