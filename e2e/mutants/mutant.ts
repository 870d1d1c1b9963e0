/** One small fault in the engine, planted at build time: the files of the working tree stay as they are. */
export interface Mutant {
  readonly id: string;
  /** From the project's root. */
  readonly file: string;
  /** What goes wrong. */
  readonly fault: string;
  /** Stands in the file exactly once. */
  readonly old: string;
  readonly new: string;
}

/** The file's text with the fault planted; what is wrong with the mutant where that cannot be done. */
export function plant(mutant: Mutant, text: string): { readonly text: string } | { readonly broken: string } {
  const parts = text.split(mutant.old);
  if (parts.length !== 2) return { broken: `the old text stands ${parts.length - 1} times in ${mutant.file}` };
  if (mutant.old === mutant.new) return { broken: 'the new text is the old one' };
  return { text: parts.join(mutant.new) };
}
