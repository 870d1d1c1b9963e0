/** Something that a user should know before a run. `line` is physical, where one line is concerned. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
}

/** What nobody but the user can know. A default is preselected, and visible. */
export interface Question {
  readonly code: string;
  readonly message: string;
  /** What may be answered, the preselected answer first; empty when anything may. */
  readonly choices: readonly string[];
}

/** `line 3`, `lines 3, 4`, `lines 3, 4 and 17 more`. */
export function linesText(lines: readonly number[], count: number = lines.length): string {
  const shown = lines.slice(0, 5);
  const rest = count - shown.length;
  // Each line is named in full, so that a search for it finds it.
  const named = shown.map((line) => `line ${line}`).join(', ');
  return rest > 0 ? `${named} and ${rest} more` : named;
}

/** Control and invisible characters as what they are: `U+200B`. */
export function visible(text: string): string {
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    const hidden = code < 32 || (code >= 127 && code < 160) || isInvisible(code);
    return hidden ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : letter;
  }).join('');
}

/** Characters that change a text without being seen: zero-width ones, joiners, marks of direction, the soft hyphen. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0xfeff
  );
}
