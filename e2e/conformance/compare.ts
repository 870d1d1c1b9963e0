import type { Actual } from './adapter.ts';
import type { Json, JsonObject, VectorCase } from './case.ts';

const LONGEST = 150;

/** The first difference between what a case states and what came, short; null where there is none. */
export function vectorDifference(stated: VectorCase, actual: Actual): string | null {
  const { expected, expectedDropped } = stated;
  if (expected === undefined) return null;
  const difference = outputsDifference(stated, expected, actual.outputs);
  if (difference !== null) return difference;
  if (typeof expectedDropped === 'number' && actual.dropped !== null && actual.dropped !== expectedDropped) {
    return `${actual.dropped} dropped, not ${expectedDropped}`;
  }
  return null;
}

/** Types whose outputs are a state: a case looks at it after some steps, and at some of it. */
const STATES: ReadonlySet<Json | undefined> = new Set(['watermarkMultiplexer', 'idlenessTimer']);

function outputsDifference(
  { engine, operator, ordered }: VectorCase,
  given: readonly JsonObject[],
  outputs: readonly JsonObject[],
): string | null {
  const isState = STATES.has(operator['type']);
  const same = engine === 'beam' || isState ? agrees : equal;
  const expected = given.map(withoutTimer);
  const stated = new Set(expected.map(({ step }) => step));
  const actual = isState
    ? outputs.filter(({ step }) => stated.has(step))
    : engine === 'beam'
      ? lookedAt(expected, outputs)
      : outputs;
  if (ordered === true) return sequenceDifference(expected, actual, same);
  const steps = [...new Set([...expected, ...actual].map(({ step }) => step))];
  for (const step of steps) {
    const at = (output: JsonObject): boolean => output['step'] === step;
    const difference = setDifference(expected.filter(at), actual.filter(at), same);
    if (difference !== null) return difference;
  }
  return null;
}

/** The time of the timer that an output came with is told beside it: nobody behind the operator sees it. */
function withoutTimer({ firedAt: _firedAt, ...output }: JsonObject): JsonObject {
  return output;
}

/** Beam's tests look at the panes, or else at the counter alone. */
function lookedAt(expected: readonly JsonObject[], outputs: readonly JsonObject[]): readonly JsonObject[] {
  const isAboutDrops = expected.length > 0 && expected.every((output) => 'droppedTotal' in output);
  return outputs.filter((output) => 'droppedTotal' in output === isAboutDrops);
}

type Same = (expected: Json | undefined, actual: Json | undefined) => boolean;

function sequenceDifference(expected: readonly JsonObject[], actual: readonly JsonObject[], same: Same): string | null {
  const count = Math.max(expected.length, actual.length);
  for (let i = 0; i < count; i++) {
    if (!same(expected[i], actual[i])) return told(expected[i], actual[i]);
  }
  return null;
}

function setDifference(expected: readonly JsonObject[], actual: readonly JsonObject[], same: Same): string | null {
  const rest = [...actual];
  const missing = expected.filter((output) => {
    const at = rest.findIndex((other) => same(output, other));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return missing.length === 0 && rest.length === 0 ? null : told(missing[0], rest[0]);
}

function told(expected: JsonObject | undefined, actual: JsonObject | undefined): string {
  if (actual === undefined) return `missing ${short(expected)}`;
  return expected === undefined ? `too much: ${short(actual)}` : `expected ${short(expected)}, got ${short(actual)}`;
}

function short(output: JsonObject | undefined): string {
  const text = JSON.stringify(output) ?? 'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The same JSON, whatever the order of names; `from`, the windows that became one, is a set. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  return compareJson(a, b, (x, y) => Object.keys(x).every((name) => name in y) && agreeOn(Object.keys(y), x, y, equal));
}

/** Every field that is stated has the stated value. */
function agrees(expected: Json | undefined, actual: Json | undefined): boolean {
  return compareJson(expected, actual, (x, y) => agreeOn(Object.keys(x), x, y, agrees));
}

function agreeOn(names: readonly string[], x: JsonObject, y: JsonObject, same: Same): boolean {
  return names.every((name) => (name === 'from' ? equal(sorted(x[name]), sorted(y[name])) : same(x[name], y[name])));
}

function sorted(list: Json | undefined): Json | undefined {
  return Array.isArray(list) ? list.map((item: Json) => JSON.stringify(item)).sort() : list;
}

function compareJson(
  a: Json | undefined,
  b: Json | undefined,
  objects: (a: JsonObject, b: JsonObject) => boolean,
): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return (a as readonly Json[]).every((item, i) => compareJson(item, (b as readonly Json[])[i], objects));
  }
  return objects(a as JsonObject, b as JsonObject);
}
