/** SVG as text: what a browser is not needed for, so that the same document gives the same bytes everywhere. */

import type { Area } from '../../app/arrange/boxes.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text of a user, as it may stand between tags and in attributes. What XML cannot say becomes a space. */
export function escaped(text: string): string {
  const possible = text.replace(/\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, ' ');
  return possible.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** `children` are tags, not text. */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`],
  );
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

export function rect({ x, y, w, h }: Area, look: Attributes): string {
  return tag('rect', { x, y, width: w, height: h, ...look });
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

interface Face {
  readonly sizePx: number;
  readonly isBold?: boolean;
}

/** How wide a line is at most in the faces that systems have, since there is none to measure with. */
function widthOf(text: string, { sizePx, isBold = false }: Face): number {
  let ems = 0;
  for (const sign of text) {
    if (/[iljtfrI.,:;'’|!()[\] ·]/.test(sign)) ems += 0.36;
    else if (/[mwMW@%—→]/.test(sign)) ems += 0.95;
    else if (/[A-Z<>=+~0-9_]/.test(sign)) ems += 0.66;
    else ems += sign.charCodeAt(0) > 0x2e80 ? 1.05 : 0.58;
  }
  return ems * sizePx * (isBold ? 1.07 : 1);
}

/** A line that is no wider than this, cut with an ellipsis. */
export function fitted(text: string, widthPx: number, face: Face): string {
  const [line = ''] = text.split('\n');
  if (widthOf(line, face) <= widthPx) return line;
  const signs = [...line];
  while (signs.length > 0 && widthOf(`${signs.join('')}…`, face) > widthPx) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** Lines of words, each no wider than this. */
export function wrapped(text: string, widthPx: number, face: Face): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer, face) > widthPx) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line].map((one) => fitted(one, widthPx, face));
  });
}
