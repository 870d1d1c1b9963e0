import { timeWordOf } from '../../app/document-dialect.ts';
import { useDocumentStore } from '../../app/document-store.ts';

/** What the graph's engine calls the time that its windows go by. */
export function useTimeWord(): ReturnType<typeof timeWordOf> {
  return useDocumentStore((state) => timeWordOf(state.document.dialect));
}
