import type { DataType } from '../../stream/types.ts';
import { BOOLEAN, INT, STRING } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import type { CallSite, FunctionDefinition, Parameter, RowFailure, Scalar, Signature } from './definition.ts';

export function text(args: readonly Value[], i: number): string {
  return args[i] as string;
}

/** An INT, BIGINT, DOUBLE or time as a number; beyond 2^53 the nearest one. */
export function number(args: readonly Value[], i: number): number {
  return Number(args[i]);
}

/** An optional argument that was left out is `otherwise`. */
export function numberOr(args: readonly Value[], i: number, otherwise: number): number {
  return args.length > i ? number(args, i) : otherwise;
}

/** A signature whose scalar does not depend on the call site. */
export function signature(
  params: readonly Parameter[],
  returns: Signature['returns'],
  scalar: Scalar,
  more: Partial<Signature> = {},
): Signature {
  return { params, returns, make: () => scalar, ...more };
}

/** A signature of one number, and of words; nothing of it fails. */
export function numericSignature(
  params: readonly Parameter[],
  returns: Signature['returns'],
  numeric: NonNullable<Signature['numeric']>,
): Signature {
  const make = (site: CallSite): Scalar => {
    const f = numeric(site);
    return (args) => f(number(args, 0));
  };
  return { params, returns, make, numeric };
}

export function define(
  name: string,
  usage: string,
  docs: string,
  ...signatures: readonly Signature[]
): FunctionDefinition {
  return { name, usage, docs, signatures };
}

export function alias(definition: FunctionDefinition, ...aliases: readonly string[]): FunctionDefinition {
  return { ...definition, aliases };
}

/** text → text */
export function textToText(name: string, docs: string, f: (s: string) => string | RowFailure): FunctionDefinition {
  return define(
    name,
    `${name}(text)`,
    docs,
    signature(['STRING'], STRING, (args) => f(text(args, 0)), { canFail: true }),
  );
}

/** Two texts → BOOLEAN or INT */
export function twoTexts(
  name: string,
  usage: string,
  docs: string,
  f: (a: string, b: string) => boolean | number,
): FunctionDefinition {
  const returns: DataType = name === 'POSITION' || name === 'INSTR' ? INT : BOOLEAN;
  return define(
    name,
    usage,
    docs,
    signature(['STRING', 'STRING'], returns, (args) => f(text(args, 0), text(args, 1))),
  );
}
