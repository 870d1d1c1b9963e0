import { useMemo } from 'react';
import type { PipelineDocument } from '../../app/document-store.ts';

/** Ids of nodes whose results no other operator takes. */
export function useLastNodes({ nodes, edges }: PipelineDocument): ReadonlySet<string> {
  return useMemo(() => {
    const sinks = new Set(nodes.filter(({ type }) => type === 'sink').map(({ id }) => id));
    const goOn = new Set(edges.filter(({ to }) => !sinks.has(to.node)).map(({ from }) => from.node));
    return new Set(nodes.filter(({ id }) => !sinks.has(id) && !goOn.has(id)).map(({ id }) => id));
  }, [nodes, edges]);
}
