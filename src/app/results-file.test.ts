import { expect, test } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { useDocumentStore } from './document-store.ts';
import { resultsFileName } from './results-file.ts';

test('a file of results says of which graph and node they are, up to where, and who has read them', () => {
  useDocumentStore.setState({ document: emptyDocument('Clicks & purchases') });
  const of = { nodeId: 'per user', format: 'csv', entries: 120 } as const;
  expect(resultsFileName({ ...of, reader: null })).toBe('clicks-purchases.per-user.first-120-entries.csv');
  expect(resultsFileName({ ...of, reader: 'Audit 2' })).toBe(
    'clicks-purchases.per-user.by-audit-2.up-to-entry-120.csv',
  );
  expect(resultsFileName({ ...of, reader: '読者' })).toBe('clicks-purchases.per-user.by-consumer.up-to-entry-120.csv');
});
