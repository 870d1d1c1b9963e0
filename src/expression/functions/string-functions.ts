import { BYTES, INT, STRING } from '../../stream/types.ts';
import { decodeUtf8, encodeUtf8, isPlain, sliceText, textLength } from '../text.ts';
import type { FunctionDefinition } from './definition.ts';
import { alias, define, number, numberOr, signature, text, textToText, twoTexts } from './helpers.ts';
import { joined, tooLong } from './text-limits.ts';

/** Flink 2.0 `BinaryStringDataUtil.substringSQL`: from 0 counts as 1, negative from the end; NULL for a negative length. */
export function substring(s: string, from: number, length: number): string | null {
  if (length < 0) return null;
  const size = textLength(s);
  const start = from > 0 ? from - 1 : from < 0 ? size + from : 0;
  if (start < 0 || start >= size) return '';
  return sliceText(s, start, Math.min(size, start + length));
}

function trimmed(s: string, characters: string, leading: boolean, trailing: boolean): string {
  const set = new Set(characters);
  const points = isPlain(s) ? s : Array.from(s);
  let [from, to] = [0, points.length];
  while (leading && from < to && set.has(points[from] ?? '')) from++;
  while (trailing && to > from && set.has(points[to - 1] ?? '')) to--;
  return typeof points === 'string' ? points.slice(from, to) : points.slice(from, to).join('');
}

function trim(name: string, docs: string, leading: boolean, trailing: boolean): FunctionDefinition {
  const strip = signature(
    ['STRING', 'STRING'],
    STRING,
    (args) => trimmed(text(args, 0), args.length > 1 ? text(args, 1) : ' ', leading, trailing),
    {
      optionalFrom: 1,
    },
  );
  return define(name, `${name}(text [, characters])`, docs, strip);
}

/** Code points before UTF-16 offset `at`, 1-based; 0 when `at` is -1. */
function position(s: string, at: number): number {
  return at < 0 ? 0 : textLength(s.slice(0, at)) + 1;
}

/** Flink `SqlFunctionUtils.lpad`: NULL for a negative length or nothing to pad with; longer texts are cut. */
function padded(s: string, length: number, pad: string, left: boolean): ReturnType<typeof joined> | null {
  if (length < 0 || pad === '') return null;
  const missing = length - textLength(s);
  if (missing <= 0) return sliceText(s, 0, length);
  const long = tooLong(length * (isPlain(pad) && isPlain(s) ? 1 : 2));
  if (long !== null) return long;
  const filler = sliceText(pad.repeat(Math.ceil(missing / textLength(pad))), 0, missing);
  return left ? filler + s : s + filler;
}

function pad(name: string, docs: string, left: boolean): FunctionDefinition {
  const fill = signature(
    ['STRING', 'INTEGER', 'STRING'],
    STRING,
    (args) => padded(text(args, 0), number(args, 1), text(args, 2), left),
    {
      nullable: 'always',
      canFail: true,
    },
  );
  return define(name, `${name}(text, length, pad)`, docs, fill);
}

function replaced(s: string, from: string, to: string): ReturnType<typeof joined> {
  let count = from === '' ? s.length + 1 : 0;
  if (from !== '') for (let at = s.indexOf(from); at >= 0; at = s.indexOf(from, at + from.length)) count++;
  const long = tooLong(s.length + count * (to.length - from.length));
  if (long !== null || count === 0) return long ?? s;
  if (from === '') return s.replaceAll(from, () => to);
  let text = '';
  let done = 0;
  for (let at = s.indexOf(from); at >= 0; at = s.indexOf(from, done)) {
    text += s.slice(done, at) + to;
    done = at + from.length;
  }
  return text + s.slice(done);
}

/** The part behind the first `index` separators; null where there are fewer. */
function partOf(s: string, separator: string, index: number): string | null {
  if (separator === '') return s.split(separator)[index] ?? null;
  let from = 0;
  for (let i = 0; i < index; i++) {
    const at = s.indexOf(separator, from);
    if (at < 0) return null;
    from = at + separator.length;
  }
  const to = s.indexOf(separator, from);
  return s.slice(from, to < 0 ? s.length : to);
}

function overlay(s: string, inserted: string, start: number, length: number): ReturnType<typeof joined> {
  if (start <= 0 || start > textLength(s)) return s;
  return joined([
    sliceText(s, 0, start - 1),
    inserted,
    sliceText(s, Math.max(0, start - 1 + length), Math.max(textLength(s), 0)),
  ]);
}

/** Letters and digits make a word; its first letter is a capital, the others are not. */
function initcap(s: string): string {
  return s.toLowerCase().replace(/[\p{L}\p{N}]+/gu, (word) => {
    const [first = ''] = word;
    return first.toUpperCase() + word.slice(first.length);
  });
}

function translated(s: string, from: string, to: string): string {
  const [sources, targets] = [Array.from(from), Array.from(to)];
  const table = new Map<string, string>();
  sources.forEach((source, i) => {
    if (!table.has(source)) table.set(source, targets[i] ?? '');
  });
  return Array.from(s, (character) => table.get(character) ?? character).join('');
}

const pieces: readonly FunctionDefinition[] = [
  alias(
    define(
      'SUBSTRING',
      'SUBSTRING(text, from [, length])',
      'Characters from a position, 1 first; a negative one counts from the end. NULL for a negative length.',
      signature(
        ['STRING', 'INTEGER', 'INTEGER'],
        STRING,
        (args) => substring(text(args, 0), number(args, 1), numberOr(args, 2, 2 ** 31)),
        { optionalFrom: 2, nullable: 'always' },
      ),
    ),
    'SUBSTR',
  ),
  define(
    'LEFT',
    'LEFT(text, count)',
    'The first characters; empty for a count below 1.',
    signature(['STRING', 'INTEGER'], STRING, (args) => sliceText(text(args, 0), 0, Math.max(0, number(args, 1)))),
  ),
  define(
    'RIGHT',
    'RIGHT(text, count)',
    'The last characters; empty for a count below 1.',
    signature(['STRING', 'INTEGER'], STRING, (args) => {
      const size = textLength(text(args, 0));
      return sliceText(text(args, 0), size - Math.min(size, Math.max(0, number(args, 1))), size);
    }),
  ),
  define(
    'TRIM',
    'TRIM([BOTH | LEADING | TRAILING] [characters FROM] text)',
    'Without the blanks, or the given characters, at its ends.',
    signature(['STRING'], STRING, (args) => trimmed(text(args, 0), ' ', true, true)),
    {
      params: [{ keyword: ['BOTH', 'LEADING', 'TRAILING'] }, 'STRING', 'STRING'],
      returns: STRING,
      make:
        ({ words }) =>
        (args) =>
          trimmed(text(args, 1), text(args, 0), words[0] !== 'TRAILING', words[0] !== 'LEADING'),
    },
  ),
  trim('LTRIM', 'Without the blanks, or the given characters, at its start.', true, false),
  trim('RTRIM', 'Without the blanks, or the given characters, at its end.', false, true),
  trim('BTRIM', 'Without the blanks, or the given characters, at both ends.', true, true),
  pad('LPAD', 'Filled up on the left, or cut, to a length. NULL for a negative length or an empty pad.', true),
  pad('RPAD', 'Filled up on the right, or cut, to a length. NULL for a negative length or an empty pad.', false),
  define(
    'SPLIT_INDEX',
    'SPLIT_INDEX(text, separator, index)',
    'One of the parts between separators, 0 first. NULL where there is none.',
    signature(
      ['STRING', 'STRING', 'INTEGER'],
      STRING,
      (args) =>
        text(args, 0) === '' || number(args, 2) < 0 ? null : partOf(text(args, 0), text(args, 1), number(args, 2)),
      { nullable: 'always' },
    ),
  ),
  define(
    'ELT',
    'ELT(index, text, …)',
    'The text with that number, 1 first. NULL where there is none.',
    signature(['INTEGER', 'STRING'], STRING, (args) => (number(args, 0) < 1 ? null : (args[number(args, 0)] ?? null)), {
      rest: 'STRING',
      nulls: 'called',
      nullable: 'always',
    }),
  ),
];

const searching: readonly FunctionDefinition[] = [
  define(
    'POSITION',
    'POSITION(part IN text)',
    'Where a part first occurs, 1 first; 0 if it does not.',
    signature(['STRING', 'STRING'], INT, (args) => position(text(args, 1), text(args, 1).indexOf(text(args, 0)))),
  ),
  define(
    'INSTR',
    'INSTR(text, part)',
    'Where a part first occurs, 1 first; 0 if it does not.',
    signature(['STRING', 'STRING'], INT, (args) => position(text(args, 0), text(args, 0).indexOf(text(args, 1)))),
  ),
  define(
    'LOCATE',
    'LOCATE(part, text [, from])',
    'Where a part first occurs at or behind a position, 1 first; 0 if it does not.',
    signature(
      ['STRING', 'STRING', 'INTEGER'],
      INT,
      (args) => {
        const from = numberOr(args, 2, 1);
        if (from < 1 || from > textLength(text(args, 1)) + 1) return 0;
        const skipped = sliceText(text(args, 1), 0, from - 1).length;
        return position(text(args, 1), text(args, 1).indexOf(text(args, 0), skipped));
      },
      { optionalFrom: 2 },
    ),
  ),
  twoTexts('STARTSWITH', 'STARTSWITH(text, part)', 'Whether it starts with that part.', (s, part) =>
    s.startsWith(part),
  ),
  twoTexts('ENDSWITH', 'ENDSWITH(text, part)', 'Whether it ends with that part.', (s, part) => s.endsWith(part)),
  alias(
    define(
      'CHAR_LENGTH',
      'CHAR_LENGTH(text)',
      'How many characters.',
      signature(['STRING'], INT, (args) => textLength(text(args, 0))),
    ),
    'CHARACTER_LENGTH',
  ),
  define(
    'ASCII',
    'ASCII(text)',
    'Number of its first byte; 0 for an empty text.',
    signature(['STRING'], INT, (args) => ((encodeUtf8(text(args, 0).slice(0, 2))[0] ?? 0) << 24) >> 24),
  ),
];

const making: readonly FunctionDefinition[] = [
  textToText('UPPER', 'In capitals.', (s) => tooLong(s.length) ?? s.toUpperCase()),
  textToText('LOWER', 'In small letters.', (s) => tooLong(s.length) ?? s.toLowerCase()),
  textToText('INITCAP', 'Each word with a capital first.', initcap),
  textToText('REVERSE', 'Back to front.', (s) => Array.from(s).reverse().join('')),
  define(
    'CONCAT',
    'CONCAT(text, …)',
    'Joined; NULL if any part is.',
    signature(['STRING'], STRING, (args) => joined(args as readonly string[]), { rest: 'STRING', canFail: true }),
  ),
  define(
    'CONCAT_WS',
    'CONCAT_WS(separator, text, …)',
    'Joined with a separator; NULL parts are left out, a NULL separator gives NULL.',
    signature(
      ['STRING'],
      STRING,
      ([separator, ...parts]) => {
        if (typeof separator !== 'string') return null;
        const present = parts.filter((part) => typeof part === 'string');
        return (
          tooLong(present.reduce((sum, part) => sum + part.length + separator.length, 0)) ?? present.join(separator)
        );
      },
      { rest: 'STRING', nulls: 'called', canFail: true },
    ),
  ),
  define(
    'REPEAT',
    'REPEAT(text, count)',
    'That many times in a row; empty for a count below 1.',
    signature(
      ['STRING', 'INTEGER'],
      STRING,
      (args) => {
        const count = Math.max(0, number(args, 1));
        return tooLong(text(args, 0).length * count) ?? (text(args, 0) === '' ? '' : text(args, 0).repeat(count));
      },
      { canFail: true },
    ),
  ),
  define(
    'REPLACE',
    'REPLACE(text, part, by)',
    'Every occurrence of a part replaced.',
    signature(['STRING', 'STRING', 'STRING'], STRING, (args) => replaced(text(args, 0), text(args, 1), text(args, 2)), {
      canFail: true,
    }),
  ),
  define(
    'TRANSLATE',
    'TRANSLATE(text, from, to)',
    'Each character of the second text becomes that of the third at the same place, or nothing.',
    signature(['STRING', 'STRING', 'STRING'], STRING, (args) =>
      translated(text(args, 0), text(args, 1), text(args, 2)),
    ),
  ),
  define(
    'OVERLAY',
    'OVERLAY(text PLACING part FROM start [FOR length])',
    'A part put over the characters from a position; as many are replaced as it has, or `length`.',
    signature(
      ['STRING', 'STRING', 'INTEGER', 'INTEGER'],
      STRING,
      (args) => overlay(text(args, 0), text(args, 1), number(args, 2), numberOr(args, 3, textLength(text(args, 1)))),
      { optionalFrom: 3, canFail: true },
    ),
  ),
  define(
    'CHR',
    'CHR(number)',
    'The character with that number, modulo 256; empty for a negative one.',
    signature(['INTEGER'], STRING, (args) => (number(args, 0) < 0 ? '' : String.fromCharCode(number(args, 0) % 256))),
  ),
  define(
    'HEX',
    'HEX(number | text)',
    'In hexadecimal digits, capitals; a text as its UTF-8 bytes.',
    signature(['INTEGER'], STRING, (args) =>
      BigInt.asUintN(64, BigInt(args[0] as number | bigint))
        .toString(16)
        .toUpperCase(),
    ),
    signature(
      ['STRING'],
      STRING,
      (args) =>
        tooLong(text(args, 0).length * 6) ??
        Array.from(encodeUtf8(text(args, 0)), (byte) => byte.toString(16).padStart(2, '0'))
          .join('')
          .toUpperCase(),
      { canFail: true },
    ),
  ),
  define(
    'BIN',
    'BIN(number)',
    'In binary digits.',
    signature(['INTEGER'], STRING, (args) => BigInt.asUintN(64, BigInt(args[0] as number | bigint)).toString(2)),
  ),
  define(
    'ENCODE',
    "ENCODE(text, 'UTF-8')",
    'Its UTF-8 bytes.',
    signature(['STRING', 'STRING'], BYTES, (args) => encodeUtf8(text(args, 0))),
  ),
  define(
    'DECODE',
    "DECODE(bytes, 'UTF-8')",
    'The text of UTF-8 bytes.',
    signature(['BYTES', 'STRING'], STRING, (args) => decodeUtf8(args[0] as Uint8Array)),
  ),
];

export const stringFunctions: readonly FunctionDefinition[] = [...pieces, ...searching, ...making];
