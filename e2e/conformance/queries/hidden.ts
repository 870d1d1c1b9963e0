/** Names of columns that ksqlDB's records have beside those that were declared. */
export const ROWTIME = 'ROWTIME';
export const WINDOWSTART = 'WINDOWSTART';
export const WINDOWEND = 'WINDOWEND';
/** Whether the record has a value at all. */
export const HAS_VALUE = 'HASVALUE';
