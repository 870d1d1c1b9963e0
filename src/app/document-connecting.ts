import { create } from 'zustand';
import type { InputPortName, OutputPortName } from '../stream/node-definition.ts';
import { whyNotConnect } from '../pipeline/connect.ts';
import type { DocumentEdge, PipelineDocument } from '../pipeline/document.ts';
import { findFace } from '../pipeline/faces.ts';
import { useDocumentStore } from './document-store.ts';

/** One end of a connection that is being drawn. */
export type LooseEnd =
  | { readonly side: 'from'; readonly node: string; readonly port: OutputPortName }
  | { readonly side: 'to'; readonly node: string; readonly port: InputPortName };

export type Legality = 'yes' | 'no' | undefined;

interface ConnectingState {
  readonly begunAt: LooseEnd['side'];
  /** Every port at the other side, with the reason why it is refused; null where it is legal. Empty when nothing is drawn. */
  readonly reasons: ReadonlyMap<string, string | null>;
  readonly begin: (end: LooseEnd) => void;
  readonly end: () => void;
  readonly legality: (key: string) => Legality;
}

export function portKey(nodeId: string, port: string): string {
  return `${nodeId}:${port}`;
}

const NO_REASONS: ReadonlyMap<string, string | null> = new Map();

function reasonsFor(document: PipelineDocument, end: LooseEnd): ReadonlyMap<string, string | null> {
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
  begunAt: 'from',
  reasons: NO_REASONS,
  begin: (end) => set({ begunAt: end.side, reasons: reasonsFor(useDocumentStore.getState().document, end) }),
  end: () => set({ reasons: NO_REASONS }),
  legality: (key) => {
    const reason = get().reasons.get(key);
    if (reason === undefined) return undefined;
    return reason === null ? 'yes' : 'no';
  },
}));
