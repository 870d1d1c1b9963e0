import { describe, expect, it } from 'vitest';
import { analyse } from '../../app/analysis/analysis.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import { emptyDocument } from '../../pipeline/empty-document.ts';
import { GALLERY } from '../../pipeline/templates/gallery.ts';
import type { Colours } from './colours.ts';
import { COLOUR_NAMES } from './colours.ts';
import type { Detail } from './node-picture.ts';
import type { Picture } from './graph-picture.ts';
import { graphPicture } from './graph-picture.ts';
import { escaped, fitted, wrapped } from './svg.ts';

const colours = Object.fromEntries(COLOUR_NAMES.map((name, i) => [name, `#${String(100000 + i)}`])) as Colours;

function pictureOf(document: PipelineDocument, detail: Detail = 'texts'): Picture {
  return graphPicture({ document, ...analyse(document), colours, detail });
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Reads the little XML that a picture is, strictly: fails on what does not nest, on bare signs and unknown entities. */
function parsed(svg: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  const text = (raw: string): string =>
    raw.replace(/&(\w*);?|[<>]/g, (found, name: string | undefined) => {
      const sign = ENTITIES[name ?? ''];
      if (sign === undefined) throw new Error(`bare ${found} in ${raw}`);
      return sign;
    });
  let end = 0;
  for (const match of svg.matchAll(/<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)(\/?)>/gi)) {
    const [whole, closing, name = '', attributes = '', alone] = match;
    open.at(-1)!.text += text(svg.slice(end, match.index));
    end = match.index + whole.length;
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`${name} closes what is not open`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
      key,
      text(value),
    ]);
    const element: Element = {
      name,
      attributes: Object.fromEntries(pairs) as Record<string, string>,
      children: [],
      text: '',
    };
    open.at(-1)!.children.push(element);
    if (alone === '') open.push(element);
  }
  expect(open).toEqual([root]);
  expect(svg.slice(end)).toBe('');
  return root.children[0]!;
}

function all(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(all)];
}

function ofClass(element: Element, name: string): readonly Element[] {
  return all(element).filter(({ attributes }) => attributes['class'] === name);
}

describe.each(GALLERY)('the picture of $id', ({ document }) => {
  const { svg, width, height } = pictureOf(document);
  const root = parsed(svg);

  it('has every node with its name, and every edge from its port to the other', () => {
    const nodes = ofClass(root, 'node');
    expect(nodes.map(({ attributes }) => attributes['data-node'])).toEqual(document.nodes.map(({ id }) => id));
    for (const [i, node] of document.nodes.entries()) {
      const texts = all(nodes[i]!).filter(({ name }) => name === 'text');
      // Whole: a template's names are no longer than a node has room for.
      expect(texts[0]?.text).toBe(node.label);
    }
    const edges = ofClass(root, 'edge').map(({ attributes }) => `${attributes['data-from']}>${attributes['data-to']}`);
    expect(edges).toEqual(document.edges.map(({ from, to }) => `${from.node}:${from.port}>${to.node}:${to.port}`));
  });

  it('has everything inside, apart from each other, and nothing that is not a number', () => {
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const [x, y] = root.attributes['viewBox']!.split(' ').map(Number);
    const boxes = ofClass(root, 'node').map((node) => node.children[0]!.attributes);
    for (const box of boxes) {
      const left = Number(box['x']);
      const top = Number(box['y']);
      expect([left >= x!, top >= y!]).toEqual([true, true]);
      expect(left + Number(box['width'])).toBeLessThanOrEqual(x! + width);
      expect(top + Number(box['height'])).toBeLessThanOrEqual(y! + height);
      const near = boxes.filter(
        (other) => Math.abs(Number(other['x']) - left) < 200 && Math.abs(Number(other['y']) - top) < 80,
      );
      expect(near).toHaveLength(1);
    }
  });

  it('is the same each time, and without texts as a sign', () => {
    expect(pictureOf(structuredClone(document)).svg).toBe(svg);
    const sign = parsed(pictureOf(document, 'shapes').svg);
    expect(all(sign).filter(({ name }) => name === 'text')).toEqual([]);
    expect(ofClass(sign, 'edge')).toHaveLength(document.edges.length);
  });
});

it('draws groups around their nodes, and notes', () => {
  const { document } = GALLERY[0]!;
  const drawn = {
    ...document,
    groups: [{ id: 'g', title: 'Shop & “co”', nodes: ['clicks', 'real-pages', 'gone'] }],
    notes: [{ id: 'n', text: 'Look here:\n<b>no tag</b>', x: -400, y: -300, w: 180, h: 90 }],
  };
  const root = parsed(pictureOf(drawn).svg);
  const frame = ofClass(root, 'group')[0]!.children[0]!.attributes;
  for (const id of ['clicks', 'real-pages']) {
    const { x, y } = document.layout[id]!;
    expect(Number(frame['x'])).toBeLessThan(x);
    expect(Number(frame['y'])).toBeLessThan(y);
    expect(Number(frame['x']) + Number(frame['width'])).toBeGreaterThan(x + 176);
  }
  const note = ofClass(root, 'note')[0]!;
  expect(
    all(note)
      .map(({ text }) => text)
      .join('|'),
  ).toContain('Look here:|<b>no tag</b>');
  expect(Number(root.attributes['viewBox']!.split(' ')[0])).toBeLessThan(-400);
});

it('takes hostile names for text', () => {
  const { document } = GALLERY[0]!;
  const nodes = document.nodes.map((node) => ({ ...node, label: '"><script>alert(1)</script>\u0000\ud800&' }));
  const root = parsed(pictureOf({ ...document, name: ']]><x onload="y">', nodes }).svg);
  expect(new Set(all(root).map(({ name }) => name))).toEqual(
    new Set(['svg', 'title', 'rect', 'g', 'path', 'text', 'circle']),
  );
});

it('is there for a graph without nodes, and for kinds and ports that do not exist', () => {
  expect(ofClass(parsed(pictureOf(emptyDocument('Nothing')).svg), 'node')).toEqual([]);
  const { document } = GALLERY[0]!;
  const strange = { ...document, nodes: [{ ...document.nodes[0]!, type: 'toString' as 'map' }] };
  expect(ofClass(parsed(pictureOf(strange).svg), 'node')).toHaveLength(1);
});

it('reads its own XML strictly', () => {
  for (const faulty of ['<a><b></a></b>', '<a>', '<a>&nope;</a>', '<a>1 < 2</a>', '<a/>x']) {
    expect(() => parsed(faulty)).toThrow();
  }
});

describe('texts', () => {
  it('are cut where they would leave their box', () => {
    expect(fitted('Clicks', 100, { sizePx: 13 })).toBe('Clicks');
    const cut = fitted('A name that is far too long for any box', 100, { sizePx: 13 });
    expect(cut).toMatch(/^A name .*…$/);
    expect(cut.length).toBeLessThan(18);
    expect(fitted('WWWWWWWWWWWW', 100, { sizePx: 13 }).length).toBeLessThan(cut.length);
  });

  it('are broken between words', () => {
    const text = 'one two three four five six seven';
    const lines = wrapped(text, 80, { sizePx: 12 });
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join(' ')).toBe(text);
  });

  it('hold nothing that XML cannot say', () => {
    expect(escaped('a\u0000<b>&"\ud800')).toBe('a &lt;b&gt;&amp;&quot; ');
  });
});
