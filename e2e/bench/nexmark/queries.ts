import { q0 } from './queries/q0.ts';
import { q1 } from './queries/q1.ts';
import { q11 } from './queries/q11.ts';
import { q12 } from './queries/q12.ts';
import { q14 } from './queries/q14.ts';
import { q2 } from './queries/q2.ts';
import { q22 } from './queries/q22.ts';
import { q3 } from './queries/q3.ts';
import { q5 } from './queries/q5.ts';
import { q7 } from './queries/q7.ts';
import { q8 } from './queries/q8.ts';
import type { Query } from './query.ts';

/** The queries of the benchmark that are run here. */
export const queries: readonly Query[] = [q0, q1, q2, q3, q5, q7, q8, q11, q12, q14, q22];
