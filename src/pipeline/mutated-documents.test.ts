import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeStreams } from './analyse.ts';
import { addNote, groupNodes } from './annotations.ts';
import type { PipelineDocument } from './document.ts';
import { makePlan } from './make-plan.ts';
import { readDocument, reportOn } from './read-document.ts';
import { GALLERY } from './templates/gallery.ts';
import type { Problem } from '../stream/problem.ts';
import { SETTLED_BY_DATA, validate } from './validate.ts';
import { writeDocument } from './write-document.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400);
const TIMEOUT_MS = 30_000 + RUNS * 10;

type Tree = null | boolean | number | string | Tree[] | { [name: string]: Tree };

const NAMES = ['__proto__', 'constructor', 'toString', 'id', 'node', 'config', 'sizeMs', '', 'in', 'out', 'late'];
const odd: fc.Arbitrary<Tree> = fc.oneof(
  fc.constantFrom<Tree>(
    null,
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    0.5,
    '',
    'out',
    'toString',
    '__proto__',
    'clicks',
    'TRUE',
    '(((',
  ),
  fc.constantFrom<Tree>([], {}, [[]], [null], { x: 1 }, 'a'.repeat(5000), '\ud800'),
  fc.constantFrom<Tree>('window', 'union', 'join.interval', 'source.file', 'sink', 'map'),
);

/** Which place of a tree, what to do there, with what. */
const mutation = fc.record({
  place: fc.nat(),
  what: fc.constantFrom('replace', 'remove', 'rename', 'repeat', 'move' as const),
  value: odd,
  name: fc.constantFrom(...NAMES),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

/** Every object and array inside a tree with each of its keys. */
function places(tree: Tree): { holder: Tree[] | { [name: string]: Tree }; key: string }[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.keys(tree).flatMap((key) => {
    const holder = tree;
    return [{ holder, key }, ...places((holder as { [name: string]: Tree })[key] ?? null)];
  });
}

function mutate(tree: Tree, { place, what, value, name }: Mutation): void {
  const all = places(tree);
  const chosen = all[place % Math.max(1, all.length)];
  if (chosen === undefined) return;
  const { key } = chosen;
  const holder = chosen.holder as { [name: string]: Tree };
  const set = (at: string, to: Tree): void => {
    Object.defineProperty(holder, at, { value: to, enumerable: true, configurable: true, writable: true });
  };
  if (what === 'replace') set(key, structuredClone(value));
  else if (what === 'repeat' && Array.isArray(chosen.holder)) chosen.holder.push(structuredClone(holder[key] ?? null));
  else if (what === 'move') {
    const other = all[(place * 7) % all.length];
    set(key, structuredClone((other?.holder as { [name: string]: Tree })[other?.key ?? ''] ?? value));
  } else {
    const before = holder[key] ?? null;
    if (Array.isArray(chosen.holder)) without(chosen.holder, Number(key));
    else Reflect.deleteProperty(holder, key);
    if (what === 'rename') set(name, before);
  }
}

/** `splice` would call the `constructor` that a mutation may have given the array. */
function without(list: Tree[], index: number): void {
  if (!Number.isInteger(index)) return;
  list.copyWithin(index, index + 1);
  list.length--;
}

function annotated(document: PipelineDocument): PipelineDocument {
  const noted = addNote(document, { text: 'clicks', x: 0, y: 0, w: 100, h: 100 });
  const [first, second, third] = document.nodes.map(({ id }) => [id]);
  return groupNodes(groupNodes(noted, [...(first ?? []), ...(second ?? [])], 'One'), third ?? [], 'Two');
}

const documents = fc
  .tuple(
    fc.constantFrom(...GALLERY.map(({ document }) => annotated(document))),
    fc.array(mutation, { minLength: 1, maxLength: 6 }),
  )
  .map(([document, mutations]) => {
    const tree = JSON.parse(writeDocument(document)) as Tree;
    for (const each of mutations) mutate(tree, each);
    return JSON.stringify(tree);
  });

describe('a document that somebody has tampered with', () => {
  it(
    'is read or refused with reasons, judged, planned and written without an exception',
    () => {
      const own = Object.getOwnPropertyNames(Object.prototype).join();
      fc.assert(
        fc.property(documents, (text) => {
          const result = readDocument(text);
          const report = reportOn(text);
          expect(result.ok).toBe(!result.problems.some(({ severity }) => severity === 'error'));
          for (const { code, message, fix } of report) expect([code, message, fix]).not.toContain('');
          if (!result.ok) {
            expect(report.some(({ severity }) => severity === 'error')).toBe(true);
            return;
          }
          const document = result.value;
          const planned = makePlan(document);
          const stops = ({ severity, code }: Problem): boolean => severity === 'error' || SETTLED_BY_DATA.has(code);
          expect(planned.ok).toBe(!validate(document).some(stops));
          expect(describeStreams(document).size).toBe(document.nodes.length);
          const written = writeDocument(document);
          expect(readDocument(written)).toMatchObject({ ok: true, value: document });
        }),
        { numRuns: RUNS },
      );
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(own);
    },
    TIMEOUT_MS,
  );

  it(
    'is judged without an exception',
    () =>
      fc.assert(
        fc.property(documents, (text) => void reportOn(text)),
        { numRuns: RUNS },
      ),
    TIMEOUT_MS,
  );
});
