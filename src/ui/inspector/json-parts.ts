export interface JsonPart {
  readonly text: string;
  readonly kind: 'name' | 'text' | 'literal' | 'plain';
}

const TOKEN = /"(?:[^"\\]|\\.)*"(?:\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** JSON cut into what looks different. Put together again the parts are the text. */
export function jsonParts(text: string): readonly JsonPart[] {
  const parts: JsonPart[] = [];
  let end = 0;
  const plain = (to: number): void => {
    if (to > end) parts.push({ text: text.slice(end, to), kind: 'plain' });
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    plain(index);
    const kind = !token.startsWith('"') ? 'literal' : token.endsWith(':') ? 'name' : 'text';
    parts.push({ text: token, kind });
    end = index + token.length;
  }
  plain(text.length);
  return parts;
}
