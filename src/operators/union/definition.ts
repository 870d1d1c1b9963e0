import { z } from 'zod';
import type { StreamType } from '../../stream/batch.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { sameType, typeName } from '../../stream/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { OperatorDefinition } from '../operator.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindTableKey } from '../shared/key-columns.ts';
import { unionFace } from './face.ts';

const config = z.strictObject({});

export type UnionConfig = z.infer<typeof config>;

export interface UnionBound {
  /** By input, the key of one whose rows replace each other; null for the others. */
  readonly tableKeys: readonly (BoundKey | null)[];
}

/**
 * Puts streams of the same columns into one, in order of position, then of the document's edges. The watermark is the
 * least of the aligned active inputs (Flink: `StatusWatermarkValve`).
 *
 * No key tells the rows of all inputs apart. Flink spells out what the rows of a keyed input replace (`ChangelogNormalize`);
 * Kafka merges streams alone (`KStream.merge`).
 */
export const unionDefinition: OperatorDefinition<'union', UnionConfig, UnionBound> = {
  ...unionFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: () => 'all inputs',
  suggest: () => ({}),
  bind: ({ inputs, dialect }) => {
    const first = inputOf(inputs, 0);
    const problems: Problem[] = [...tableProblems(inputs, dialectNamed(dialect))];
    const tableKeys = inputs.map((input) => {
      const key = bindTableKey(input);
      problems.push(...key.problems);
      return key.ok ? key.value : null;
    });
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
      changes: inputs.every((input) => input.changes === 'append') ? ('append' as const) : ('retract' as const),
      key: commonKey(inputs),
      eventTime: inputs.every((input) => input.eventTime),
      delayMs: Math.max(...inputs.map((input) => input.delayMs ?? 0)),
    };
    return { ok: true, value: { outputs: { out }, bound: { tableKeys } }, problems: [] };
  },
};

/** Records of streams keep their key where all have the same one; among the rows of changelogs it tells none apart. */
function commonKey([first, ...others]: readonly StreamType[]): readonly string[] | null {
  const key = first?.key ?? null;
  if (key === null || first?.changes !== 'append') return null;
  const isSame = (other: StreamType): boolean =>
    other.changes === 'append' && other.key?.length === key.length && key.every((name, i) => other.key?.[i] === name);
  return others.every(isSame) ? key : null;
}

/** Where tables are always keyed, a union of them would be a table without a key. */
function tableProblems(inputs: readonly StreamType[], { tables, title }: Dialect): readonly Problem[] {
  const table = inputs.findIndex((input) => input.changes === 'upsert');
  if (tables.changes === 'retract' || table < 0) return [];
  const message = `Input ${table + 1} is a table: ${title} puts streams together, not tables.`;
  const fix = 'Join the tables by their key, or group each by the same aggregate and join those.';
  return [configProblem('union-of-tables', 'inputs', message, fix)];
}

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
