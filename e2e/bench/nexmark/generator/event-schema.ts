import { typeName, BIGINT, STRING, TIMESTAMP, field } from '../../../../src/stream/types.ts';
import type { DataType } from '../../../../src/stream/types.ts';

const PERSON_TYPE: DataType = {
  kind: 'ROW',
  fields: [
    field('id', BIGINT),
    field('name', STRING),
    field('emailAddress', STRING),
    field('creditCard', STRING),
    field('city', STRING),
    field('state', STRING),
    field('dateTime', TIMESTAMP),
    field('extra', STRING),
  ],
};

const AUCTION_TYPE: DataType = {
  kind: 'ROW',
  fields: [
    field('id', BIGINT),
    field('itemName', STRING),
    field('description', STRING),
    field('initialBid', BIGINT),
    field('reserve', BIGINT),
    field('dateTime', TIMESTAMP),
    field('expires', TIMESTAMP),
    field('seller', BIGINT),
    field('category', BIGINT),
    field('extra', STRING),
  ],
};

const BID_TYPE: DataType = {
  kind: 'ROW',
  fields: [
    field('auction', BIGINT),
    field('bidder', BIGINT),
    field('price', BIGINT),
    field('channel', STRING),
    field('url', STRING),
    field('dateTime', TIMESTAMP),
    field('extra', STRING),
  ],
};

/**
 * The table that the SQL queries read: all events in one stream, each with a row of its type, the others NULL, and the
 * event's time beside them.
 */
export const eventColumns = [
  { name: 'event_type', type: 'INT' },
  { name: 'person', type: typeName(PERSON_TYPE) },
  { name: 'auction', type: typeName(AUCTION_TYPE) },
  { name: 'bid', type: typeName(BID_TYPE) },
  { name: 'dateTime', type: 'TIMESTAMP', unit: 'ms' },
] as const;
