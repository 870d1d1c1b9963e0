import { create } from 'zustand';

/** The note or the group whose text is being edited where it stands. */
interface InPlace {
  readonly id: string | null;
  readonly begin: (id: string) => void;
  readonly end: () => void;
}

export const useInPlace = create<InPlace>()((set) => ({
  id: null,
  begin: (id) => set({ id }),
  end: () => set({ id: null }),
}));
