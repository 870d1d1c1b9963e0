import type { Schema } from '../../stream/types.ts';
import { BIGINT, DOUBLE, STRING, TIMESTAMP, field } from '../../stream/types.ts';
import type { GeneratorConfig } from './generator-config.ts';

const CLICK_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('user_id', STRING, false),
  field('page', STRING, false),
  field('device', STRING, false),
  field('country', STRING, false),
  field('click_id', BIGINT, false),
] as const;

const PURCHASE_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('user_id', STRING, false),
  field('product', STRING, false),
  field('amount', DOUBLE, false),
  field('country', STRING, false),
  field('click_id', BIGINT, false),
] as const;

/** The rows that a generator with this configuration makes, columns in the order in which its maker fills them. */
export function generatorSchema(config: GeneratorConfig): Schema {
  const fields = config.shape === 'clicks' ? CLICK_FIELDS : PURCHASE_FIELDS;
  return { fields: config.payloadBytes === 0 ? fields : [...fields, field('payload', STRING, false)] };
}
