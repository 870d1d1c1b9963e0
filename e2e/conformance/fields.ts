import type { Json, JsonObject } from './case.ts';
import { Inexpressible, isObject } from './case.ts';

/** A whole number that must be there. */
export function numberOf(owner: JsonObject, name: string): number {
  const value = owner[name];
  if (typeof value === 'number') return value;
  throw new Inexpressible(`${name} is ${JSON.stringify(value)}, no number`);
}

/** A whole number, or what holds where the case says nothing. */
export function numberOr(owner: JsonObject, name: string, otherwise: number): number {
  return owner[name] === undefined || owner[name] === null ? otherwise : numberOf(owner, name);
}

export function textOf(owner: JsonObject, name: string): string {
  const value = owner[name];
  if (typeof value === 'string') return value;
  throw new Inexpressible(`${name} is ${JSON.stringify(value)}, no text`);
}

export function objectOf(owner: JsonObject, name: string): JsonObject {
  const value = owner[name];
  if (isObject(value)) return value;
  throw new Inexpressible(`${name} is ${JSON.stringify(value)}, no object`);
}

export function listOf(owner: JsonObject, name: string): readonly Json[] {
  const value = owner[name];
  if (Array.isArray(value)) return value as readonly Json[];
  throw new Inexpressible(`${name} is ${JSON.stringify(value)}, no list`);
}

/** A time as cases write it: `MAX_LONG` and `MIN_LONG` are the ends of time. */
export function timeOf(value: Json | undefined): number {
  if (value === 'MAX_LONG') return Infinity;
  if (value === 'MIN_LONG') return -Infinity;
  if (typeof value === 'number') return value;
  throw new Inexpressible(`${JSON.stringify(value)} is no time`);
}

export function writtenTime(timeMs: number | null): Json {
  if (timeMs === Infinity) return 'MAX_LONG';
  return timeMs === -Infinity ? 'MIN_LONG' : timeMs;
}

/** The narrowest column type that holds all of these. */
export function typeOfValues(values: readonly (Json | undefined)[]): string {
  const present = values.filter((value) => value !== null && value !== undefined);
  if (present.length > 0 && present.every((value) => typeof value === 'number')) {
    return present.every((value) => Number.isInteger(value)) ? 'BIGINT' : 'DOUBLE';
  }
  return present.length > 0 && present.every((value) => typeof value === 'boolean') ? 'BOOLEAN' : 'STRING';
}
