import { describe, expect, it } from 'vitest';
import { emptyDocument } from './empty-document.ts';
import { readDocument, reportOn } from './read-document.ts';
import { clicksToPurchases } from './templates/clicks-to-purchases.ts';
import { writeDocument } from './write-document.ts';

const good = {
  version: 1,
  nodes: [
    { id: 'src', type: 'source.generator', config: {} },
    { id: 'out', type: 'sink', config: {} },
  ],
  edges: [{ from: { node: 'src', port: 'out' }, to: { node: 'out', port: 'in' } }],
};

/** What reading says, one `code path` a problem; the messages must hold `mentions`. */
function refusal(value: unknown, mentions: readonly string[] = []): readonly string[] {
  const result = readDocument(typeof value === 'string' ? value : JSON.stringify(value));
  expect(result.ok).toBe(false);
  const messages = result.problems.map(({ message }) => message).join('\n');
  for (const mention of mentions) expect(messages).toContain(mention);
  for (const { message, fix } of result.problems) {
    expect(message).not.toBe('');
    expect(fix).not.toBe('');
  }
  return result.problems.map(({ code, path }) => `${code} ${path}`);
}

describe('what is read', () => {
  it('is what the file says, the rest by default', () => {
    const result = readDocument(JSON.stringify(good));
    expect(result.ok && result.value).toMatchObject({
      ...emptyDocument('Untitled'),
      edges: good.edges,
      nodes: [{ id: 'src', type: 'source.generator', typeVersion: 1, config: {}, engine: {} }, { id: 'out' }],
    });
    expect(result.problems).toEqual([]);
  });

  it('can be bytes, with a byte order mark', () => {
    const bytes = new TextEncoder().encode(`\ufeff${JSON.stringify(good)}`);
    expect(readDocument(bytes).ok).toBe(true);
  });

  it.each(['kafka-streams', 'ksqldb'])('ends %s runs as that engine does', (dialect) => {
    const result = readDocument(JSON.stringify({ ...good, dialect }));
    expect(result.ok && result.value.run.end).toBe('none');
  });

  it('may hold loops and bad figures: they can be mended on the canvas', () => {
    const node = { id: 'u', type: 'union', config: {} };
    const edge = { from: { node: 'u', port: 'out' }, to: { node: 'u', port: 'in' } };
    const window = { id: 'w', type: 'window', config: { sizeMs: -5 } };
    expect(readDocument(JSON.stringify({ version: 1, nodes: [node, window], edges: [edge] })).ok).toBe(true);
  });

  it('may call nodes what objects call their own fields', () => {
    const result = readDocument(`{"version": 1,
      "nodes": [{"id": "__proto__", "type": "source.generator"}, {"id": "toString", "type": "sink"}],
      "edges": [{"from": {"node": "__proto__", "port": "out"}, "to": {"node": "toString", "port": "in"}}],
      "layout": {"__proto__": {"x": 1, "y": 2}}}`);
    expect(result.problems).toEqual([]);
    if (!result.ok) return;
    expect(Object.getPrototypeOf(result.value.layout)).toBe(Object.prototype);
    expect(Object.entries(result.value.layout)).toEqual([['__proto__', { x: 1, y: 2 }]]);
    expect(writeDocument(result.value)).toContain('"__proto__": {\n      "x": 1');
  });

  it('has positions that a canvas can show', () => {
    const layout = { src: { x: 1e308, y: -1e308 }, out: { x: null, y: 'NaN' }, ghost: { x: 0, y: 0 } };
    const result = readDocument(JSON.stringify({ ...good, layout }));
    expect(result.ok).toBe(true);
    expect(result.problems.map(({ code, nodeId, severity }) => [code, nodeId, severity])).toEqual([
      ['position-repaired', 'src', 'warning'],
      ['position-repaired', 'out', 'warning'],
      ['position-dropped', null, 'warning'],
    ]);
    if (!result.ok) return;
    const places = Object.values(result.value.layout);
    expect(places).toHaveLength(2);
    expect(places.flatMap(({ x, y }) => [x, y]).every(Number.isFinite)).toBe(true);
  });
});

describe('what is refused', () => {
  it('names line and column of damaged JSON', () => {
    expect(refusal('{\n  "version": 1,\n  "nodes": [}', ['line 3, column 13'])).toEqual(['json-syntax ']);
    expect(refusal(JSON.stringify(good).slice(0, 60), ['line 1, column 61'])).toEqual(['json-cut ']);
    expect(refusal('', ['line 1, column 1'])).toEqual(['json-cut ']);
  });

  it('names size, depth and encoding with their limits', () => {
    expect(refusal(' '.repeat(5_000_001), ['5000001', '5000000'])).toEqual(['document-too-large ']);
    expect(refusal('é'.repeat(2_500_001), ['5000002'])).toEqual(['document-too-large ']);
    const deep = `{"version":1,"nodes":[{"id":"a","type":"sink","config":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}]}`;
    expect(refusal(deep, ['depth 64'])).toEqual(['too-deep ']);
    const result = readDocument(Uint8Array.of(0x1f, 0x8b, 8, 0));
    expect(result.problems.map(({ code }) => code)).toEqual(['not-utf8']);
  });

  it('names versions that it does not know', () => {
    expect(refusal({ ...good, version: 999 }, ['999', 'up to 1'])).toEqual(['version-too-new version']);
    expect(refusal({ ...good, version: '1' }, ['"1"'])).toEqual(['version-unknown version']);
    expect(refusal({ ...good, version: 0 })).toEqual(['version-unknown version']);
    expect(refusal({ nodes: [], edges: [] })).toEqual(['version-missing version']);
    expect(refusal([1, 2], ['a list'])).toEqual(['value-type ']);
  });

  it('names every field that is not known, and leaves all prototypes alone', () => {
    const polluting =
      '{"version":1,"__proto__":{"isAdmin":true},"edges":[],"nodes":[{"id":"a","type":"sink","config":' +
      '{"__proto__":{"autoSubmit":true},"constructor":{"prototype":{"polluted":1}}}}]}';
    expect(refusal(polluting, ['"__proto__"', '"constructor"', '"prototype"'])).toHaveLength(4);
    const innocent = {} as Record<string, unknown>;
    expect([innocent['isAdmin'], innocent['polluted'], innocent['autoSubmit']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(refusal({ ...good, autorun: true })).toEqual(['unknown-field autorun']);
    const config = { view: 'table', colour: 'red' };
    expect(refusal({ ...good, nodes: [good.nodes[0], { ...good.nodes[1], config }] })).toEqual([
      'unknown-field nodes.1.config.colour',
    ]);
  });

  it('names containers of the wrong kind, all at once', () => {
    const wrong = { version: 1, nodes: { src: {} }, edges: 'src->win', name: { toString: 'x' } };
    expect(refusal(wrong, ['nodes', 'edges'])).toEqual(['value-type name', 'value-type nodes', 'value-type edges']);
  });

  it('names unknown types, also those that every object has', () => {
    const nodes = [...good.nodes, { id: 'x', type: 'toString' }, { id: 'y', type: 'sink.quantum' }];
    expect(refusal({ ...good, nodes }, ['"toString"', '"sink.quantum"'])).toEqual([
      'unknown-node-type nodes.2.type',
      'unknown-node-type nodes.3.type',
    ]);
  });

  it('names doubled and dangling references, all at once', () => {
    const edges = [good.edges[0], good.edges[0], { ...good.edges[0], to: { node: 'ghost', port: 'in' } }];
    const nodes = [...good.nodes, { id: 'src', type: 'source.generator', config: {} }];
    expect(refusal({ ...good, nodes, edges }, ['"src"', '"ghost"'])).toEqual([
      'duplicate-id nodes.2.id',
      'duplicate-edge edges.1',
      'dangling-edge edges.2.to.node',
    ]);
  });

  it('counts nodes and edges before it looks at them', () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => ({ id: `n${i}`, type: 'map', config: {} }));
    expect(refusal({ ...good, nodes }, ['20000', 'limit is 2000'])).toEqual(['too-many-nodes nodes']);
    const edges = Array.from({ length: 5_001 }, () => good.edges[0]);
    expect(refusal({ ...good, edges }, ['5001'])).toEqual(['too-many-edges edges']);
  });

  it('limits names', () => {
    const nodes = [
      { ...good.nodes[0], id: '' },
      { ...good.nodes[1], id: 'i'.repeat(101), label: 'l'.repeat(501) },
    ];
    expect(refusal({ ...good, nodes, edges: [] }, ['101', '100', '501', '500'])).toEqual([
      'value-empty nodes.0.id',
      'value-too-long nodes.1.id',
      'value-too-long nodes.1.label',
    ]);
  });
});

it('a report goes on where reading has to stop', () => {
  const nodes = [...good.nodes, { id: 'x', type: 'sink.quantum' }, { id: 'w', type: 'window', config: { sizeMs: 0 } }];
  const edges = [...good.edges, { from: { node: 'src', port: 'toString' }, to: { node: 'w', port: 'in' } }];
  const codes = reportOn(JSON.stringify({ ...good, nodes, edges })).map(({ code, path }) => `${code} ${path}`);
  expect(codes).toContain('unknown-node-type nodes.2.type');
  expect(codes).toContain('unknown-port edges.1.from.port');
  expect(codes).toContain('value-range nodes.3.config.sizeMs');
  expect(new Set(codes).size).toBe(codes.length);
});

/** What a report says of the document, one `code path` a problem; reading it is refused. */
function report(changes: object): readonly string[] {
  const text = JSON.stringify({ ...good, ...changes });
  expect(readDocument(text).ok).toBe(false);
  const problems = reportOn(text).map(({ code, path }) => `${code} ${path}`);
  expect(new Set(problems).size).toBe(problems.length);
  return problems;
}

describe('a report on a document whose outline is broken', () => {
  const window = { id: 'w', type: 'window', config: { sizeMs: -5, colour: 'red' } };
  const sink = { id: 'out', type: 'sink' };
  const faulty = {
    nodes: [...good.nodes, window, sink],
    edges: [
      ...good.edges,
      { from: { node: 'src', port: 'out' }, to: { node: 'w', port: 'in' } },
      { from: { node: 'w', port: 'out' }, to: { node: 'ghost', port: 'in' } },
    ],
  };
  const found = [
    'unknown-field nodes.2.config.colour',
    'duplicate-id nodes.3.id',
    'dangling-edge edges.2.to.node',
    'value-range nodes.2.config.sizeMs',
  ];

  it.each([
    [{ dialect: 'spark' }, 'value-choice dialect'],
    [{ run: { seed: -1 } }, 'value-range run.seed'],
    [{ run: 7 }, 'value-range run'],
    [{ time: { domain: 'sidereal' } }, 'value-choice time.domain'],
    [{ time: null }, 'value-type time'],
    [{ layout: [] }, 'value-type layout'],
    [{ name: 5, autorun: true }, 'unknown-field autorun'],
  ])('tells also what is wrong inside: %j', (changes, fault) => {
    const told = report({ ...faulty, ...changes });
    expect(told).toContain(fault);
    for (const each of found) expect(told).toContain(each);
  });

  it('judges all nodes but the one that cannot be read', () => {
    const broken = [null, { id: 'b', type: 7 }, { type: 'sink', config: [] }, { id: 'c', type: 'sink', label: 9 }];
    const told = report({ ...faulty, nodes: [...faulty.nodes, ...broken] });
    for (const each of found) expect(told).toContain(each);
    expect(told.filter((each) => /nodes\.[4-7]/.test(each))).toEqual([
      'value-type nodes.4',
      'value-range nodes.5.type',
      'missing-field nodes.6.id',
      'value-type nodes.6.config',
      'value-range nodes.7.label',
      'missing-input nodes.7',
    ]);
    const text = JSON.stringify({ ...good, nodes: [...good.nodes, ...broken] });
    expect(reportOn(text).find(({ path }) => path === 'nodes.5.label')?.nodeId).toBe('c');
    expect(reportOn(text).find(({ path }) => path === 'nodes.4.config')?.nodeId).toBeNull();
  });

  it('judges all edges but the ends that cannot be read, and does not miss what may be there', () => {
    const edges = [...faulty.edges, 'src>out', { from: { node: 'nobody', port: 'out' }, to: { node: 'src' } }];
    const told = report({ ...faulty, edges });
    for (const each of found) expect(told).toContain(each);
    expect(told.filter((each) => /edges\.[34]|input|nowhere/.test(each))).toEqual([
      'value-type edges.3',
      'missing-field edges.4.to.port',
      'dangling-edge edges.4.from.node',
    ]);
  });

  it('judges nodes without a list of edges, and finds fault with no edge for want of a list of nodes', () => {
    expect(report({ ...faulty, edges: 'src>out' })).toEqual(
      expect.arrayContaining(['value-type edges', 'value-range nodes.2.config.sizeMs']),
    );
    expect(report({ nodes: {}, layout: { src: { x: 0, y: 0 } } })).toEqual(['value-type nodes']);
  });
});

it('a document of a template is read from bytes and text alike', () => {
  const text = writeDocument(clicksToPurchases.document);
  expect(readDocument(new TextEncoder().encode(text))).toEqual(readDocument(text));
});
