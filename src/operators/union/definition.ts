import { z } from 'zod';
import { DIALECTS, configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { sameType, typeName } from '../../stream/types.ts';
import type { OperatorDefinition } from '../operator.ts';
import { inputOf } from '../shared/inputs.ts';

const config = z.strictObject({});

export type UnionConfig = z.infer<typeof config>;

/**
 * Puts streams of the same columns into one, in order of position, then of the document's edges. The watermark is the
 * least of the aligned active inputs (Flink: `StatusWatermarkValve`).
 */
export const unionDefinition: OperatorDefinition<'union', UnionConfig, null> = {
  kind: 'union',
  version: 1,
  title: 'Union',
  group: 'transforms',
  stateful: false,
  summary: 'Puts streams of the same columns into one.',
  config,
  engine: z.strictObject({}),
  inputs: [{ name: 'in', title: 'in', many: true, accepts: ['append', 'retract'], needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
  orderSensitive: false,
  describe: () => 'all inputs',
  suggest: () => ({}),
  bind: ({ inputs }) => {
    const first = inputOf(inputs, 0);
    const problems: Problem[] = [];
    inputs
      .slice(1)
      .forEach((input, i) => problems.push(...differences(first.schema.fields, input.schema.fields, i + 2)));
    if (problems.length > 0) return { ok: false, problems };
    const fields = first.schema.fields.map((field, i) => ({
      ...field,
      nullable: inputs.some((input) => input.schema.fields[i]?.nullable !== false),
    }));
    const out = {
      schema: { fields },
      changes: inputs.some((input) => input.changes === 'retract') ? ('retract' as const) : ('append' as const),
      key: null,
      eventTime: inputs.every((input) => input.eventTime),
      delayMs: Math.max(...inputs.map((input) => input.delayMs ?? 0)),
    };
    return { ok: true, value: { outputs: { out }, bound: null }, problems: [] };
  },
};

type Fields = ReturnType<typeof inputOf>['schema']['fields'];

function differences(expected: Fields, actual: Fields, inputNumber: number): readonly Problem[] {
  const fix = 'Put a map before the union that gives the same columns in the same order.';
  if (expected.length !== actual.length) {
    const message = `Input ${inputNumber} has ${actual.length} columns, input 1 has ${expected.length}.`;
    return [configProblem('union-columns-differ', 'inputs', message, fix)];
  }
  return expected.flatMap((field, i) => {
    const other = actual[i];
    if (other !== undefined && other.name === field.name && sameType(other.type, field.type)) return [];
    const message =
      `Column ${i + 1} is ${field.name} ${typeName(field.type)} in input 1 and ` +
      `${other?.name ?? '–'} ${other === undefined ? '' : typeName(other.type)} in input ${inputNumber}.`;
    return [configProblem('union-columns-differ', 'inputs', message, fix)];
  });
}
