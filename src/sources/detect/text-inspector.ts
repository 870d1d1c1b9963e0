import { LIMITS } from '../limits.ts';
import { isInvisible } from './findings.ts';

/** What is remarkable about a text, seen once for each different one. */
export type TextOddity = 'control-characters' | 'invisible-characters' | 'unicode-normalization' | 'long-value';

const FORMS_KEPT = 100_000;

/**
 * Looks for texts that are not what they seem: control and invisible characters, two texts that differ only in how
 * Unicode composes the same letters, very long values. Only asks once about equal texts of one dictionary.
 */
export class TextInspector {
  /** Composed form of each text beyond ASCII: the text as first met, and where. */
  private readonly forms = new Map<string, { readonly text: string; readonly line: number }>();
  private readonly tell: (code: TextOddity, column: string, line: number, text: string) => void;

  constructor(tell: (code: TextOddity, column: string, line: number, text: string) => void) {
    this.tell = tell;
  }

  look(text: string, column: string, line: number): void {
    if (text.length >= LIMITS.longValueChars) this.tell('long-value', column, line, text);
    const head = text.length > 10_000 ? text.slice(0, 10_000) : text;
    let plain = true;
    let control = false;
    let invisible = false;
    for (let i = 0; i < head.length; i++) {
      const code = head.charCodeAt(i);
      if (code < 32) control ||= code !== 9 && code !== 10 && code !== 13;
      else if (code >= 127) {
        plain = false;
        control ||= code < 160;
        invisible ||= isInvisible(code);
      }
    }
    if (control) this.tell('control-characters', column, line, text);
    if (invisible) this.tell('invisible-characters', column, line, text);
    if (!plain) this.compare(head, column, line);
  }

  private compare(text: string, column: string, line: number): void {
    const form = `${column}\n${text.normalize('NFC')}`;
    const first = this.forms.get(form);
    if (first === undefined) {
      if (this.forms.size < FORMS_KEPT) this.forms.set(form, { text, line });
    } else if (first.text !== text) {
      this.tell('unicode-normalization', column, first.line, first.text);
      this.tell('unicode-normalization', column, line, text);
    }
  }
}
