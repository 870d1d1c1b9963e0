import { beforeAll, describe, expect, it } from 'vitest';
import type { PipelineDocument } from '../pipeline/document.ts';
import { addNode, connect } from '../pipeline/edits.ts';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { validate } from '../pipeline/validate.ts';
import { nodeDefinitions } from '../pipeline/definitions.ts';
import type { NodeKind } from '../pipeline/document.ts';
import { cureOf } from './problem-cures.ts';

const AT = { x: 0, y: 0 };

function with_(document: PipelineDocument, kind: NodeKind, change: Readonly<Record<string, unknown>> = {}) {
  const suggested = nodeDefinitions[kind].suggest([]) as Readonly<Record<string, unknown>>;
  return addNode(document, { kind, id: kind, position: AT, config: { ...suggested, ...change } });
}

const edge = (from: NodeKind, to: NodeKind) =>
  ({ from: { node: from, port: 'out' }, to: { node: to, port: 'in' } }) as const;

function filtered(predicate: string): PipelineDocument {
  const nodes = with_(with_(with_(emptyDocument('x'), 'source.generator'), 'filter', { predicate }), 'sink');
  return connect(connect(nodes, edge('source.generator', 'filter')), edge('filter', 'sink'));
}

/** The cures of a document by the codes of the problems that have one. */
function cures(document: PipelineDocument): Readonly<Record<string, string>> {
  return Object.fromEntries(
    validate(document).flatMap((problem) => {
      const cure = cureOf(document, problem);
      return cure === null ? [] : [[problem.code, cure.label]];
    }),
  );
}

describe('cures of problems', () => {
  let sound: PipelineDocument;
  beforeAll(() => {
    sound = filtered("page <> '/help'");
  });

  it('a sound graph needs none', () => {
    expect(validate(sound)).toEqual([]);
  });

  it('a word that was meant stands where the unknown one stood', () => {
    const document = filtered("pagee <> '/help' AND user_id <> ''");
    const [problem] = validate(document);
    const cure = cureOf(document, problem!);
    expect(cure?.label).toBe('Use page');
    expect(cure?.document.nodes[1]?.config['predicate']).toBe("page <> '/help' AND user_id <> ''");
    expect(validate(cure!.document)).toEqual([]);
  });

  it('an edge that leads nowhere, or is there twice, goes', () => {
    const [first, second] = sound.edges;
    const twice = { ...sound, edges: [first!, second!, second!] };
    expect(cures(twice)['duplicate-edge']).toBe('Remove the edge');
    const dangling = { ...sound, edges: [...sound.edges, { ...second!, to: { node: 'gone', port: 'in' as const } }] };
    expect(cures(dangling)['dangling-edge']).toBe('Remove the edge');
  });

  it('a figure beyond its limit becomes the limit, and a field that is not known goes', () => {
    const far = {
      ...sound,
      nodes: sound.nodes.map((node) =>
        node.type === 'source.generator'
          ? { ...node, config: { ...node.config, rateEventsPerSec: 1e12, zebra: 1 } }
          : node,
      ),
    };
    const found = cures(far);
    expect(found['value-range']).toMatch(/^Set [\d.]+$/);
    expect(found['unknown-field']).toBe('Remove it');
  });

  it('where something is left to decide there is none', () => {
    expect(cures(filtered('page <>'))).toEqual({});
    expect(cures(filtered('zebra_crossing IS NULL'))).toEqual({});
  });

  describe('that add to the graph', () => {
    /** The cure of the first problem of a kind, and what is wrong once it is applied. */
    function cured(document: PipelineDocument, code: string) {
      const problem = validate(document).find((found) => found.code === code);
      const cure = problem === undefined ? null : cureOf(document, problem);
      return { label: cure?.label, document: cure?.document, left: cure === null ? null : validate(cure.document) };
    }

    it('rows that lead nowhere get a sink, beside all that is there', () => {
      const open = { ...sound, edges: sound.edges.slice(0, 1), nodes: sound.nodes.filter(({ id }) => id !== 'sink') };
      const { label, document, left } = cured(open, 'leads-nowhere');
      expect(label).toBe('Add a sink');
      expect(left).toEqual([]);
      const { sink: place, ...others } = document?.layout ?? {};
      expect(place).toBeDefined();
      expect(Object.values(others)).not.toContainEqual(place);
    });

    it('an input with nothing before it gets the only edge that fits; where several do there is a choice', () => {
      const open = { ...sound, edges: sound.edges.slice(1) };
      expect(cured(open, 'missing-input')).toMatchObject({ label: 'Connect source.generator', left: [] });
      const two = { ...open, nodes: [...open.nodes, { ...open.nodes[0]!, id: 'other' }] };
      expect(cured(two, 'missing-input').label).toBeUndefined();
    });

    it('an input with too many edges gets a union before it', () => {
      const twice = with_(sound, 'map', { columns: [] });
      const second = { ...twice, nodes: twice.nodes.map((node) => (node.type === 'map' ? other(sound) : node)) };
      const both = connect(connect(second, edge2('source.generator', 'other')), edge2('other', 'sink'));
      const { label, document, left } = cured(both, 'port-taken');
      expect([label, left]).toEqual(['Add a union', []]);
      expect(document?.edges.filter(({ to }) => to.node === 'sink')).toHaveLength(1);
    });

    const other = (document: PipelineDocument) => ({ ...document.nodes[1]!, id: 'other' });
    const edge2 = (from: string, to: string) =>
      ({ from: { node: from, port: 'out' }, to: { node: to, port: 'in' } }) as const;

    it('an operator that the dialect lacks gets a dialect that has it', () => {
      const suppressed = with_(filtered("page <> '/help'"), 'suppress');
      const { label, document } = cured({ ...suppressed, dialect: 'beam' }, 'dialect-not-available');
      expect(label).toMatch(/^Rules of Kafka/);
      expect(validate(document!).map(({ code }) => code)).not.toContain('dialect-not-available');
    });

    it('a graph without a source gets one', () => {
      const none = with_(emptyDocument('x'), 'filter');
      expect(cured(none, 'no-source').label).toBe('Add a generator');
    });
  });
});
