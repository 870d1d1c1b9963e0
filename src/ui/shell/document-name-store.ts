import { create } from 'zustand';

/** Whether the document's name is being typed, in its place in the top bar. */
export const useNameField = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

export function openNameField(isOpen: boolean): void {
  useNameField.setState({ isOpen });
}
