import { create } from 'zustand';

export type DialogName = 'templates' | 'results' | 'commands' | 'shortcuts' | 'documents' | 'share' | 'dialects';

interface DialogState {
  /** The one dialog that is open. */
  readonly open: DialogName | null;
  readonly show: (name: DialogName) => void;
  readonly close: () => void;
}

export const useDialogs = create<DialogState>()((set) => ({
  open: null,
  show: (name) => set({ open: name }),
  close: () => set({ open: null }),
}));
