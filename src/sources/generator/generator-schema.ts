import type { Field, Schema } from '../../stream/types.ts';
import { BIGINT, DOUBLE, INT, STRING, TIMESTAMP, field } from '../../stream/types.ts';
import type { GeneratorConfig, GeneratorShape } from './generator-config.ts';

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

const ORDER_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('order_id', BIGINT, false),
  field('user_id', STRING, false),
  field('product', STRING, false),
  field('amount', DOUBLE, false),
  field('status', STRING, false),
] as const;

const USER_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('user_id', STRING, false),
  field('tier', STRING, false),
  field('country', STRING, false),
] as const;

const SENSOR_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('sensor_id', STRING, false),
  field('site', STRING, false),
  field('temperature', DOUBLE, true),
  field('humidity', DOUBLE, true),
  field('battery', INT, false),
] as const;

const PAYMENT_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('payment_id', BIGINT, false),
  field('card_id', STRING, false),
  field('merchant', STRING, false),
  field('amount', DOUBLE, false),
  field('currency', STRING, false),
  field('status', STRING, false),
  field('decline_reason', STRING, true),
] as const;

const PERSON_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('id', BIGINT, false),
  field('name', STRING, false),
  field('city', STRING, false),
  field('state', STRING, false),
] as const;

const AUCTION_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('id', BIGINT, false),
  field('seller', BIGINT, false),
  field('category', BIGINT, false),
  field('first_bid', BIGINT, false),
  field('reserve', BIGINT, false),
  field('expires', TIMESTAMP, false),
] as const;

const BID_FIELDS = [
  field('ts', TIMESTAMP, false),
  field('auction', BIGINT, false),
  field('bidder', BIGINT, false),
  field('price', BIGINT, false),
  field('channel', STRING, false),
] as const;

const FIELDS: Readonly<Record<GeneratorShape, readonly Field[]>> = {
  clicks: CLICK_FIELDS,
  purchases: PURCHASE_FIELDS,
  orders: ORDER_FIELDS,
  users: USER_FIELDS,
  sensors: SENSOR_FIELDS,
  payments: PAYMENT_FIELDS,
  people: PERSON_FIELDS,
  auctions: AUCTION_FIELDS,
  bids: BID_FIELDS,
};

/** The rows that a generator with this configuration makes, columns in the order in which its maker fills them. */
export function generatorSchema(config: GeneratorConfig): Schema {
  const fields = FIELDS[config.shape];
  return { fields: config.payloadBytes === 0 ? fields : [...fields, field('payload', STRING, false)] };
}

/** A table's events replace and delete rows by this key; null for streams of new rows. */
export const SHAPE_KEYS: Readonly<Record<GeneratorShape, string | null>> = {
  clicks: null,
  purchases: null,
  orders: 'order_id',
  users: 'user_id',
  sensors: null,
  payments: null,
  people: null,
  auctions: null,
  bids: null,
};
