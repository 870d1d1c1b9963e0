import { create } from 'zustand';
import { useDialogs } from '../dialog-store.ts';

/** What the palette is to choose from. */
export type PaletteScope =
  | { readonly kind: 'all' }
  /** An operator to stand behind a node. */
  | { readonly kind: 'add-behind'; readonly nodeId: string }
  /** An edge from a node to come. */
  | { readonly kind: 'connect'; readonly nodeId: string }
  /** An edge of a node to go. */
  | { readonly kind: 'disconnect'; readonly nodeId: string }
  /** Another end for an edge. */
  | { readonly kind: 'reconnect'; readonly edgeKey: string };

export const usePaletteScope = create<{ readonly scope: PaletteScope }>()(() => ({ scope: { kind: 'all' } }));

export function openPalette(scope: PaletteScope): void {
  usePaletteScope.setState({ scope });
  useDialogs.getState().show('commands');
}
