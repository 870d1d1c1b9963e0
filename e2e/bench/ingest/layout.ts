/** A column as every contender reads it. */
export interface WantedColumn {
  readonly name: string;
  /** Keys from the record to the value, for records with structure. */
  readonly path: readonly string[];
  readonly type: 'BIGINT' | 'INT' | 'DOUBLE' | 'BOOLEAN' | 'STRING' | 'TIMESTAMP';
  /** How a TIMESTAMP is written. */
  readonly unit?: 'ms' | 'iso';
}

export const EVENT_COLUMNS: readonly WantedColumn[] = [
  { name: 'ts', path: ['ts'], type: 'TIMESTAMP', unit: 'ms' },
  { name: 'user', path: ['user'], type: 'STRING' },
  { name: 'amount', path: ['amount'], type: 'DOUBLE' },
  { name: 'country', path: ['country'], type: 'STRING' },
];

/** Ten of the twenty values of an order. */
export const ORDER_COLUMNS: readonly WantedColumn[] = [
  { name: 'placed_at', path: ['placed_at'], type: 'TIMESTAMP', unit: 'iso' },
  { name: 'order_id', path: ['order_id'], type: 'BIGINT' },
  { name: 'customer', path: ['customer', 'id'], type: 'STRING' },
  { name: 'city', path: ['customer', 'city'], type: 'STRING' },
  { name: 'amount', path: ['amount'], type: 'DOUBLE' },
  { name: 'discount', path: ['discount'], type: 'DOUBLE' },
  { name: 'items', path: ['items'], type: 'INT' },
  { name: 'paid', path: ['paid'], type: 'BOOLEAN' },
  { name: 'session', path: ['session'], type: 'STRING' },
  { name: 'note', path: ['note'], type: 'STRING' },
];
