import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';

/** Numbers of a configuration whose limits are named in what is said about a wrong one. */

export function whole(name: string, min: number, max: number): z.ZodNumber {
  return z.number().int().min(min, `${name} is at least ${min}.`).max(max, `${name} is at most ${max}.`);
}

export function duration(name: string, least = 0): z.ZodNumber {
  return whole(name, least, DURATION_LIMIT_MS);
}

export function signedDuration(name: string): z.ZodNumber {
  return whole(name, -DURATION_LIMIT_MS, DURATION_LIMIT_MS);
}

export function percent(name: string, max = 100): z.ZodNumber {
  return z.number().min(0, `${name} is at least 0.`).max(max, `${name} is at most ${max}.`);
}
