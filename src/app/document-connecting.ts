import { create } from 'zustand';
import type { InputPortName, OutputPortName } from '../stream/node-definition.ts';
import type { DocumentEdge, PipelineDocument } from '../pipeline/document.ts';
import { disconnect } from '../pipeline/edits.ts';
import { findFace } from '../pipeline/faces.ts';
import type { Analysis } from './analysis/load-analysis.ts';
import { withAnalysis } from './document-analysis.ts';
import { useDocumentStore } from './document-store.ts';

/** One end of a connection that is being drawn. */
export type LooseEnd =
  | { readonly side: 'from'; readonly node: string; readonly port: OutputPortName }
  | { readonly side: 'to'; readonly node: string; readonly port: InputPortName };

export type Legality = 'yes' | 'no' | undefined;

interface ConnectingState {
  /** Where the connection that is being drawn begins; null when none is. */
  readonly begun: LooseEnd | null;
  /** Every port at the other side, with the reason why it is refused; null where it is legal. Empty while nothing is known. */
  readonly reasons: ReadonlyMap<string, string | null>;
  /** `without` names an edge that the new one is to replace. */
  readonly begin: (end: LooseEnd, without?: string | null) => void;
  readonly end: () => void;
  readonly legality: (key: string) => Legality;
  /** Whether a connection may be let go at a port. While nothing is known it may: it is judged when it is made. */
  readonly mayEnd: (key: string) => boolean;
}

export function portKey(nodeId: string, port: string): string {
  return `${nodeId}:${port}`;
}

const NO_REASONS: ReadonlyMap<string, string | null> = new Map();

function reasonsFor(
  { whyNotConnect }: Analysis,
  document: PipelineDocument,
  end: LooseEnd,
): ReadonlyMap<string, string | null> {
  const reasons = new Map<string, string | null>();
  for (const node of document.nodes) {
    const face = findFace(node.type);
    const ports = end.side === 'from' ? face?.inputs : face?.outputs;
    for (const port of ports ?? []) {
      const other = { node: node.id, port: port.name };
      const { from, to } = (end.side === 'from' ? { from: end, to: other } : { from: other, to: end }) as DocumentEdge;
      reasons.set(portKey(node.id, port.name), whyNotConnect(document, from, to));
    }
  }
  return reasons;
}

export const useConnecting = create<ConnectingState>()((set, get) => ({
  begun: null,
  reasons: NO_REASONS,
  begin: (end, without = null) => {
    set({ begun: end, reasons: NO_REASONS });
    withAnalysis((analysis) => {
      if (get().begun !== end) return;
      const { document } = useDocumentStore.getState();
      const open = without === null ? document : disconnect(document, [without]);
      set({ reasons: reasonsFor(analysis, open, end) });
    });
  },
  end: () => set({ begun: null, reasons: NO_REASONS }),
  legality: (key) => {
    const reason = get().reasons.get(key);
    if (reason === undefined) return undefined;
    return reason === null ? 'yes' : 'no';
  },
  mayEnd: (key) => get().reasons.size === 0 || get().reasons.get(key) === null,
}));
