/** What JSON holds, as it stands in files of cases. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** One case of either format; `expected` is absent where nobody knows the answer. */
export interface Case extends JsonObject {
  readonly id: string;
  readonly engine: string;
  readonly inputs: readonly JsonObject[];
  readonly expected?: readonly JsonObject[];
}

/** A case of one operator: inputs by step, and what the real operator gave at each step. */
export interface VectorCase extends Case {
  readonly operator: JsonObject;
  /** What the engine's own drop counter shows at the end; null where it cannot be observed. */
  readonly expectedDropped?: number | null;
  /** Whether the outputs of a step have an order. */
  readonly ordered?: boolean;
}

/** A case of a whole pipeline, and the answer that the engine's own tests state. */
export interface QueryCase extends Case {
  readonly pipeline: JsonObject;
}

export function isVector(given: Case): given is VectorCase {
  return isObject(given['operator']);
}

export function isQuery(given: Case): given is QueryCase {
  return isObject(given['pipeline']);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The case as the engine gets it: without anything that says what should come out. */
export function withoutExpectation<C extends Case>(given: C): C {
  const { expected: _expected, expectedDropped: _dropped, ...rest } = given;
  return rest as unknown as C;
}

/** A case that the document, the log or the results have no words for. */
export class Inexpressible extends Error {
  override name = 'Inexpressible';
}

/** The cases of a file, or what is wrong with it. */
export function readCases(text: string): readonly Case[] | string {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch (error) {
    return `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!Array.isArray(parsed)) return 'holds no array of cases';
  const at = parsed.findIndex((item: Json) => !isObject(item) || typeof item['id'] !== 'string');
  return at < 0 ? (parsed as readonly Json[] as readonly Case[]) : `: element ${at} is no case with an id`;
}
