import { create } from 'zustand';

export type Saving =
  | { readonly kind: 'saved'; readonly atMs: number | null }
  | { readonly kind: 'saving' }
  | { readonly kind: 'unsaved'; readonly reason: string };

/** Why a tab only reads its document. `left`: another tab went on with it, and is gone; `removed`: it deleted it. */
export type ReadingReason = 'open-elsewhere' | 'taken-over' | 'left' | 'removed' | 'outdated';

export interface SessionState {
  readonly currentId: string | null;
  readonly saving: Saving;
  readonly reading: { readonly reason: ReadingReason; readonly hasUnsavedEdits: boolean } | null;
}

interface DocumentsState extends SessionState {
  /** What happened without being asked for; null once it has been told. */
  readonly news: string | null;
}

/** How it stands with the document on the screen. What keeps it comes after the page: until then nothing is saved. */
export const useDocuments = create<DocumentsState>()(() => ({
  currentId: null,
  saving: { kind: 'saving' },
  reading: null,
  news: null,
}));

/** Whether something keeps the document from being saved or changed. */
export function needsBanner({ reading, saving }: SessionState): boolean {
  return reading !== null || saving.kind === 'unsaved';
}

/** Whether something would be lost with the page: what is only on its way is put down as the page goes. */
export function isAtRisk({ reading, saving }: SessionState): boolean {
  return saving.kind === 'unsaved' || reading?.hasUnsavedEdits === true;
}
