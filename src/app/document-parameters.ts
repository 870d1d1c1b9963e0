import { z } from 'zod';
import { nodeDefinitions } from '../pipeline/definitions.ts';
import type { DocumentNode } from '../pipeline/document.ts';
import type { NodeDefinition, ParameterMeta } from '../stream/node-definition.ts';

/**
 * A definition's parameters as a form needs them: read from its zod schemas, so that what can be entered is what is
 * accepted.
 */
export interface Parameter {
  /** From the node: `['config', 'watermark', 'delayMs']`. */
  readonly path: readonly string[];
  readonly name: string;
  readonly meta: ParameterMeta;
  readonly entry: ParameterEntry;
  readonly isOptional: boolean;
  /** The default; undefined where the document must say. */
  readonly initial: unknown;
}

export type ParameterEntry =
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly isWhole: boolean }
  | { readonly kind: 'boolean' }
  /** A list of plain texts. */
  | { readonly kind: 'texts' }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[] }
  | { readonly kind: 'group'; readonly parameters: readonly Parameter[] }
  /** One of several shapes, told apart by the property `tag`. */
  | {
      readonly kind: 'variants';
      readonly tag: string;
      readonly variants: readonly { readonly name: string; readonly parameters: readonly Parameter[] }[];
    }
  /** A list of records; `itemAt` gives the parameters of the one at a place. */
  | { readonly kind: 'list'; readonly itemAt: (index: number) => readonly Parameter[] }
  | { readonly kind: 'other' };

export function definitionOf({ type }: DocumentNode): NodeDefinition {
  return nodeDefinitions[type];
}

const cache = new WeakMap<object, readonly Parameter[]>();

/** The parameters of `config`, or those of the engine's own group. */
export function parametersOf(definition: NodeDefinition, part: 'config' | 'engine'): readonly Parameter[] {
  const schema = definition[part];
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const parameters = ofObject(schema, [part]);
  cache.set(schema, parameters);
  return parameters;
}

function ofObject(schema: z.ZodType, path: readonly string[]): readonly Parameter[] {
  const { core } = unwrap(schema);
  if (!(core instanceof z.ZodObject)) return [];
  return Object.entries(core.shape as Record<string, z.ZodType>).map(([name, property]) =>
    ofProperty(name, property, [...path, name]),
  );
}

function ofProperty(name: string, schema: z.ZodType, path: readonly string[]): Parameter {
  const { core, isOptional, initial, meta } = unwrap(schema);
  const described = {
    ...meta,
    title: typeof meta['title'] === 'string' ? meta['title'] : humanName(name),
    description: typeof meta['description'] === 'string' ? meta['description'] : '',
  } as ParameterMeta;
  // A tree of triggers and a table are edited as a whole.
  const entry: ParameterEntry =
    described.control === 'trigger' || described.control === 'table' ? { kind: 'other' } : entryOf(core, path);
  return { path, name, meta: described, entry, isOptional, initial };
}

function entryOf(core: z.ZodType, path: readonly string[]): ParameterEntry {
  if (core instanceof z.ZodString) return { kind: 'text' };
  if (core instanceof z.ZodNumber) return { kind: 'number', isWhole: core.isInt };
  if (core instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (core instanceof z.ZodEnum) return { kind: 'choice', options: core.options };
  if (core instanceof z.ZodObject) return { kind: 'group', parameters: ofObject(core, path) };
  if (core instanceof z.ZodDiscriminatedUnion) return variantsOf(core, path);
  if (core instanceof z.ZodArray) return listOf(core.element as z.ZodType, path);
  if (core instanceof z.ZodUnion) return choiceOf(core.options as readonly z.ZodType[]);
  return { kind: 'other' };
}

function listOf(element: z.ZodType, path: readonly string[]): ParameterEntry {
  const { core } = unwrap(element);
  if (core instanceof z.ZodString) return { kind: 'texts' };
  if (!(core instanceof z.ZodObject)) return { kind: 'other' };
  return { kind: 'list', itemAt: (index) => ofObject(element, [...path, String(index)]) };
}

function variantsOf(union: z.ZodDiscriminatedUnion, path: readonly string[]): ParameterEntry {
  const tag = union.def.discriminator;
  const variants = (union.options as readonly z.ZodType[]).flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return [];
    const literal = (option.shape as Record<string, z.ZodType>)[tag];
    if (!(literal instanceof z.ZodLiteral)) return [];
    const parameters = ofObject(option, path).filter((parameter) => parameter.name !== tag);
    return [{ name: String(literal.value), parameters }];
  });
  return { kind: 'variants', tag, variants };
}

function choiceOf(options: readonly z.ZodType[]): ParameterEntry {
  const values = options.flatMap((option) => (option instanceof z.ZodLiteral ? [...option.values] : []));
  const isPlain = values.length === options.length && values.every((value) => typeof value === 'string');
  return isPlain ? { kind: 'choice', options: values } : { kind: 'other' };
}

interface Unwrapped {
  readonly core: z.ZodType;
  readonly isOptional: boolean;
  readonly initial: unknown;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** Takes away defaults and the like; metadata may stand on any layer, the outer one wins. */
function unwrap(schema: z.ZodType): Unwrapped {
  let core = schema;
  let isOptional = false;
  let initial: unknown;
  let meta: Readonly<Record<string, unknown>> = schema.meta() ?? {};
  for (;;) {
    let inner: unknown;
    if (core instanceof z.ZodDefault || core instanceof z.ZodPrefault || core instanceof z.ZodReadonly) {
      inner = core.def.innerType;
      if (core instanceof z.ZodDefault) initial ??= core.def.defaultValue;
    } else if (core instanceof z.ZodOptional || core instanceof z.ZodNullable) {
      inner = core.def.innerType;
      isOptional = true;
    } else if (core instanceof z.ZodPipe) inner = core.def.in;
    if (inner === undefined) return { core, isOptional, initial, meta };
    core = inner as z.ZodType;
    meta = { ...core.meta(), ...meta };
  }
}

/** `ratePerSec` → `Rate per sec`, for a property without a title. */
function humanName(name: string): string {
  const words = name.replace(/Ms$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
