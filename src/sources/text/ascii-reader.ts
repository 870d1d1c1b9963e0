/**
 * The platform's own way from ASCII bytes [start, end) to a text, for texts of more than a few letters: this room has
 * none, and by hand each letter costs more than there.
 */
export type AsciiDecoder = (bytes: Uint8Array, start: number, end: number) => string;

/** Up to here the letters are handed to the platform one by one, which makes the text in one step. */
const FEW_LETTERS = 12;

/** Of each length up to `MANY_LETTERS` an array that is filled over and over, so that none is made for a text. */
const MANY_LETTERS = 256;
const letters: number[][] = [];

/** The text of bytes that are ASCII. */
export function asciiText(bytes: Uint8Array, start: number, end: number, platform?: AsciiDecoder | null): string {
  const length = end - start;
  if (length <= FEW_LETTERS) return fewLetters(bytes, start, length);
  if (platform !== undefined && platform !== null) return platform(bytes, start, end);
  if (length <= MANY_LETTERS) return manyLetters(bytes, start, length);
  const parts: string[] = [];
  for (let at = start; at < end; at += MANY_LETTERS)
    parts.push(manyLetters(bytes, at, Math.min(MANY_LETTERS, end - at)));
  return parts.join('');
}

function manyLetters(bytes: Uint8Array, start: number, length: number): string {
  const codes = (letters[length] ??= new Array<number>(length).fill(0));
  for (let i = 0; i < length; i++) codes[i] = bytes[start + i]!;
  return String.fromCharCode.apply(null, codes);
}

/**
 * A call with as many arguments as there are letters: adding up texts of one letter each makes a text for every letter,
 * and a tree of texts from the thirteenth on.
 */
function fewLetters(b: Uint8Array, s: number, length: number): string {
  const text = String.fromCharCode;
  if (length > 8) return moreLetters(b, s, length);
  switch (length) {
    case 0:
      return '';
    case 1:
      return text(b[s]!);
    case 2:
      return text(b[s]!, b[s + 1]!);
    case 3:
      return text(b[s]!, b[s + 1]!, b[s + 2]!);
    case 4:
      return text(b[s]!, b[s + 1]!, b[s + 2]!, b[s + 3]!);
    case 5:
      return text(b[s]!, b[s + 1]!, b[s + 2]!, b[s + 3]!, b[s + 4]!);
    case 6:
      return text(b[s]!, b[s + 1]!, b[s + 2]!, b[s + 3]!, b[s + 4]!, b[s + 5]!);
    case 7:
      return text(b[s]!, b[s + 1]!, b[s + 2]!, b[s + 3]!, b[s + 4]!, b[s + 5]!, b[s + 6]!);
    default:
      return text(b[s]!, b[s + 1]!, b[s + 2]!, b[s + 3]!, b[s + 4]!, b[s + 5]!, b[s + 6]!, b[s + 7]!);
  }
}

function moreLetters(b: Uint8Array, s: number, length: number): string {
  const text = String.fromCharCode;
  const [c0, c1, c2, c3] = [b[s]!, b[s + 1]!, b[s + 2]!, b[s + 3]!];
  const [c4, c5, c6, c7] = [b[s + 4]!, b[s + 5]!, b[s + 6]!, b[s + 7]!];
  const t = s + 8;
  switch (length) {
    case 9:
      return text(c0, c1, c2, c3, c4, c5, c6, c7, b[t]!);
    case 10:
      return text(c0, c1, c2, c3, c4, c5, c6, c7, b[t]!, b[t + 1]!);
    case 11:
      return text(c0, c1, c2, c3, c4, c5, c6, c7, b[t]!, b[t + 1]!, b[t + 2]!);
    default:
      return text(c0, c1, c2, c3, c4, c5, c6, c7, b[t]!, b[t + 1]!, b[t + 2]!, b[t + 3]!);
  }
}
