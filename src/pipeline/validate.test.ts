import { describe, expect, it } from 'vitest';
import { describeStreams } from './analyse.ts';
import type { DocumentEdge, DocumentNode, NodeKind, PipelineDocument } from './document.ts';
import { emptyDocument } from './empty-document.ts';
import { makePlan } from './make-plan.ts';
import { validate } from './validate.ts';

type Nodes = Readonly<Record<string, readonly [NodeKind, Readonly<Record<string, unknown>>?]>>;

/** Edges as text: `a>b`, with ports where they are not `out` and `in`: `a.late>b`, `a>j.left`. */
function graph(nodes: Nodes, edges: string, changes: Partial<PipelineDocument> = {}): PipelineDocument {
  return {
    ...emptyDocument('test'),
    nodes: Object.entries(nodes).map(([id, [type, config = {}]]): DocumentNode => {
      return { id, type, typeVersion: 1, config, engine: {} };
    }),
    edges: edges
      .split(' ')
      .filter((text) => text !== '')
      .map((text): DocumentEdge => {
        const [[from = '', outPort = 'out'], [to = '', inPort = 'in']] = text
          .split('>')
          .map((end) => end.split('.')) as [string[], string[]];
        return { from: { node: from, port: outPort }, to: { node: to, port: inPort } } as DocumentEdge;
      }),
    ...changes,
  };
}

/** `code path` of each problem. */
function problems(document: PipelineDocument): readonly string[] {
  return validate(document).map(({ code, path }) => `${code} ${path}`);
}

const SRC = ['source.generator'] as const;
const SINK = ['sink'] as const;
const WINDOW = ['window', { sizeMs: 1000 }] as const;

describe('the shape of the graph', () => {
  it('is sound when rows flow from sources to sinks', () => {
    expect(problems(graph({ src: SRC, w: WINDOW, out: SINK }, 'src>w w>out'))).toEqual([]);
  });

  it('has inputs that get what they need', () => {
    const join = ['join.interval', { lowerMs: 0, upperMs: 1 }] as const;
    expect(problems(graph({ src: SRC, j: join, out: SINK, lone: SINK }, 'src>j.left j>out'))).toEqual([
      'missing-input nodes.1',
      'missing-input nodes.3',
    ]);
    expect(problems(graph({ a: SRC, b: SRC, out: SINK }, 'a>out b>out'))).toEqual(['port-taken nodes.2']);
  });

  it('uses ports that exist', () => {
    expect(
      problems(graph({ src: SRC, f: ['filter', { predicate: 'TRUE' }], out: SINK }, 'src>f f.late>out f>out.left')),
    ).toEqual(['unknown-port edges.1.from.port', 'unknown-port edges.2.to.port']);
  });

  it('has no loop: all nodes of each are named', () => {
    const union = ['union'] as const;
    const document = graph({ src: SRC, a: union, b: union, me: union, out: SINK }, 'src>a a>b b>a b>out me>me');
    expect(validate(document).map(({ code, message, nodeId }) => [code, message, nodeId])).toEqual([
      ['cycle', 'These 2 nodes form a loop: a, b.', 'a'],
      ['cycle', 'me feeds itself.', 'me'],
    ]);
  });

  it('has ids and edges once, and edges between nodes that are there', () => {
    const document = graph({ src: SRC, out: SINK }, 'src>out src>out src>ghost');
    const doubled = { ...document, nodes: [...document.nodes, document.nodes[0]!] };
    expect(problems(doubled)).toEqual(
      expect.arrayContaining(['duplicate-id nodes.2.id', 'duplicate-edge edges.1', 'dangling-edge edges.2.to.node']),
    );
  });

  it('begins and ends somewhere', () => {
    expect(problems(emptyDocument('nothing'))).toEqual(['no-source nodes']);
    const [warning] = validate(graph({ src: SRC }, ''));
    expect(warning).toMatchObject({ code: 'leads-nowhere', severity: 'warning', nodeId: 'src' });
    expect(makePlan(graph({ src: SRC }, '')).ok).toBe(true);
  });

  /** A source, then pairs of filters that part and meet again. */
  function diamonds(count: number): PipelineDocument {
    const nodes: Record<string, readonly [NodeKind, object?]> = { src: SRC, out: SINK };
    const edges: string[] = [];
    let last = 'src';
    for (let i = 0; i < count; i++) {
      nodes[`a${i}`] = ['filter', { predicate: 'TRUE' }];
      nodes[`b${i}`] = ['filter', { predicate: 'TRUE' }];
      nodes[`u${i}`] = ['union'];
      edges.push(`${last}>a${i}`, `${last}>b${i}`, `a${i}>u${i}`, `b${i}>u${i}`);
      last = `u${i}`;
    }
    return graph(nodes as Nodes, [...edges, `${last}>out`].join(' '));
  }

  it('does not multiply rows without end: forty diamonds are counted, not walked', () => {
    const found = validate(diamonds(40));
    expect(found.map(({ code, nodeId }) => [code, nodeId])).toEqual([['fan-out', 'src']]);
    expect(found[0]?.message).toContain('1099511627776 paths');
    expect(found[0]?.message).toContain('100000');
  });

  it('does not multiply rows on the way either: every node counts, not only the sinks', () => {
    const [found, ...others] = validate(diamonds(16));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'fan-out', severity: 'error', nodeId: 'src' });
    // The source, two filters and a union a level with twice the rows of the one before, and the sink.
    expect(found?.message).toContain(`${1 + 4 * (2 ** 16 - 1) + 2 ** 16} rows`);
    expect(makePlan(diamonds(16)).ok).toBe(false);
  });

  it('may have a thousand paths; more are told with their figure', () => {
    expect(validate(diamonds(9))).toEqual([]);
    const [found, ...others] = validate(diamonds(10));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'fan-out', severity: 'warning', nodeId: 'src' });
    expect(found?.message).toContain('1024 paths');
    expect(makePlan(diamonds(10)).ok).toBe(true);
  });

  it('may use a type that does not exist only until it is run', () => {
    const document = graph({ src: SRC, x: ['toString' as NodeKind], out: SINK }, 'src>x x>out');
    expect(problems(document)).toEqual(['unknown-node-type nodes.1.type']);
  });
});

describe('configurations', () => {
  it('are judged field by field, each with its node, all at once', () => {
    const document = graph(
      {
        src: ['source.generator', { rateEventsPerSec: Infinity, events: -1 }],
        w1: ['window', { sizeMs: -60_000 }],
        w2: ['window', { sizeMs: '60000abc', latenessMs: Infinity }],
        w3: ['window', { sizeMs: 1, latenessMs: 1e15 }],
        o1: SINK,
        o2: SINK,
        o3: SINK,
      },
      'src>w1 src>w2 src>w3 w1>o1 w2>o2 w3>o3',
    );
    expect(validate(document).map(({ code, path, nodeId }) => `${nodeId} ${code} ${path}`)).toEqual([
      'src value-range nodes.0.config.rateEventsPerSec',
      'src value-range nodes.0.config.events',
      'w1 value-range nodes.1.config.sizeMs',
      'w2 value-type nodes.2.config.sizeMs',
      'w2 value-range nodes.2.config.latenessMs',
      'w3 value-range nodes.3.config.latenessMs',
    ]);
    for (const { message } of validate(document)) expect(message).toMatch(/limit|not a/);
  });

  it('name columns that are there: a wrong one is told once, at the node that names it', () => {
    const nodes = {
      src: SRC,
      m: [
        'map',
        {
          columns: [
            { name: 'a', expression: 'page' },
            { name: 'b', expression: 'nothing' },
          ],
        },
      ],
      f: ['filter', { predicate: 'b = 1' }],
      w: ['window', { sizeMs: 0, keys: ['a'] }],
      w2: ['window', { sizeMs: 5, offsetMs: 9, keys: ['b'] }],
      o: SINK,
      o2: SINK,
    } as const;
    expect(problems(graph(nodes, 'src>m m>f f>w m>w2 w>o w2>o2'))).toEqual([
      'unknown-column nodes.1.config.columns.1.expression',
      'value-range nodes.3.config.sizeMs',
      'offset-too-large nodes.4.config.offsetMs',
    ]);
  });

  it('are judged behind a node that does not exist', () => {
    const nodes = { src: SRC, x: ['nobody' as NodeKind], w: ['window', { sizeMs: 0 }], o: SINK } as const;
    expect(problems(graph(nodes, 'src>x x>w w>o'))).toEqual([
      'unknown-node-type nodes.1.type',
      'value-range nodes.2.config.sizeMs',
    ]);
  });
});

describe('a file that nobody has looked into', () => {
  const nodes = { src: ['source.file'], w: ['window', { sizeMs: 0, keys: ['user'] }], out: SINK } as const;

  it('has columns that are found when it is opened: a warning that hides nothing', () => {
    const found = validate(graph({ ...nodes, w: ['window', { sizeMs: 1000, keys: ['user'] }] }, 'src>w w>out'));
    expect(found.map(({ code, severity, nodeId }) => [code, severity, nodeId])).toEqual([
      ['no-columns', 'warning', 'src'],
    ]);
    expect(found[0]?.message).toContain('taken from the file when it is opened');
    expect(found[0]?.fix).toContain('Choose the file');
    expect(problems(graph(nodes, 'src>w w>out'))).toEqual([
      'no-columns nodes.0.config.columns',
      'value-range nodes.1.config.sizeMs',
    ]);
  });

  it('is not run', () => {
    const plan = makePlan(graph({ src: ['source.file'], out: SINK }, 'src>out'));
    expect(plan.ok).toBe(false);
    expect(plan.problems.map(({ code, severity }) => [code, severity])).toEqual([['no-columns', 'error']]);
  });

  it('has its settings judged', () => {
    const nodes = { src: ['source.file', { watermark: { delayMs: -1 } }], out: SINK } as const;
    expect(validate(graph(nodes, 'src>out'))).toMatchObject([
      { severity: 'error', path: 'nodes.0.config.watermark.delayMs' },
    ]);
  });
});

describe('results at the end of time', () => {
  it('are refused by a window: a count window has no end that a watermark could reach', () => {
    const count = ['window', { kind: 'count', countRows: 3, aggregates: [{ name: 'n', function: 'count' }] }] as const;
    const nodes = { src: SRC, c: count, w: WINDOW, out: SINK } as const;
    expect(validate(graph(nodes, 'src>c c>w w>out'))).toMatchObject([{ code: 'event-time-missing', nodeId: 'w' }]);
  });
});

describe('state', () => {
  it('that nothing ever clears is told, with the node that states no watermarks', () => {
    const silent = ['source.generator', { watermark: { strategy: 'none' } }] as const;
    const assign = ['assign-timestamps', { time: 'ts', watermark: {} }] as const;
    const nodes = { src: silent, f: ['filter', { predicate: 'TRUE' }], w: WINDOW, out: SINK } as const;
    const found = validate(graph(nodes, 'src>f f>w w>out'));
    expect(found.map(({ code, severity, nodeId }) => [code, severity, nodeId])).toEqual([
      ['unbounded-state', 'warning', 'w'],
    ]);
    expect(found[0]?.message).toContain('src states no watermarks');
    expect(problems(graph({ ...nodes, f: assign }, 'src>f f>w w>out'))).toEqual([]);
  });

  it('is what a partition leads to that never sends and never counts as idle', () => {
    const source = (watermark: object) =>
      ['source.generator', { partitions: 4, idlePartitions: 1, watermark }] as const;
    const found = validate(graph({ src: source({}), w: WINDOW, out: SINK }, 'src>w w>out'));
    expect(found.map(({ code }) => code)).toEqual(['unbounded-state']);
    expect(found[0]?.message).toContain('never count as idle');
    expect(problems(graph({ src: source({ idleMs: 1_000 }), w: WINDOW, out: SINK }, 'src>w w>out'))).toEqual([]);
  });

  it('is no matter where windows go by the rows that arrive', () => {
    const silent = ['source.generator', { watermark: { strategy: 'none' } }] as const;
    const window = ['window', { sizeMs: 1000, emission: 'each-event' }] as const;
    const document = graph({ src: silent, w: window, out: SINK }, 'src>w w>out', { dialect: 'kafka-streams' });
    expect(problems(document)).toEqual([]);
  });
});

describe('time', () => {
  it('needs no event time where rows have that of their processing', () => {
    for (const domain of ['ingestion', 'processing'] as const) {
      expect(problems(graph({ src: SRC, w: WINDOW, out: SINK }, 'src>w w>out', { time: { domain } }))).toEqual([]);
    }
  });

  it('is not that of a clock that the dialect lacks, where a node goes by it', () => {
    const own = { time: { domain: 'processing' }, dialect: 'kafka-streams' } as const;
    expect(problems(graph({ src: SRC, out: SINK }, 'src>out', own))).toEqual([]);
    expect(problems(graph({ src: SRC, w: WINDOW, out: SINK }, 'src>w w>out', own))).toContain(
      'dialect-lacks nodes.1.config.kind',
    );
  });
});

describe('dialects', () => {
  it('that lack a node name those that have it', () => {
    const join = ['join.interval', { lowerMs: 0, upperMs: 1 }] as const;
    const document = graph({ a: SRC, b: SRC, j: join, out: SINK }, 'a>j.left b>j.right j>out', { dialect: 'beam' });
    const [found] = validate(document);
    expect(found).toMatchObject({ code: 'dialect-not-available', path: 'nodes.2.type', nodeId: 'j' });
    expect(found?.fix).toContain('Flink DataStream');
  });
});

describe('the plan', () => {
  it('stands in topological order, ties as in the document, inputs by port', () => {
    const join = ['join.interval', { lowerMs: 0, upperMs: 1 }] as const;
    const plan = makePlan(graph({ out: SINK, j: join, b: SRC, a: SRC }, 'a>j.right j>out b>j.left'));
    expect(plan.ok).toBe(true);
    if (!plan.ok) return;
    const { nodes, sources } = plan.value;
    expect(nodes.map(({ id }) => id)).toEqual(['b', 'a', 'j', 'out']);
    expect(sources.map((index) => nodes[index]?.id)).toEqual(['b', 'a']);
    expect(nodes[2]?.inputs.map(({ port, fromNode }) => [port, fromNode])).toEqual([
      ['left', 0],
      ['right', 1],
    ]);
    expect([...nodes[2]!.connected]).toEqual(['out']);
  });

  it('is refused with all problems, and shares nothing with the document that could change', () => {
    const result = makePlan(graph({ src: SRC, w: ['window', {}] }, 'src>w'));
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code }) => code)).toEqual(['missing-field', 'leads-nowhere']);
  });
});

describe('streams for the inspector', () => {
  it('are known as far as the graph is sound', () => {
    const nodes = { src: SRC, f: ['filter', { predicate: '))' }], w: ['window', { sizeMs: 0 }], o: SINK } as const;
    const streams = describeStreams(graph(nodes, 'src>f f>w w.late>o'));
    const names = (type: { readonly schema: { readonly fields: readonly { name: string }[] } } | null | undefined) =>
      type?.schema.fields.map(({ name }) => name) ?? null;
    expect(names(streams.get('f')?.outputs['out'])).toContain('user_id');
    expect(names(streams.get('w')?.inputs[0]?.type)).toContain('user_id');
    expect(names(streams.get('o')?.inputs[0]?.type)).toContain('user_id');
    expect(names(streams.get('w')?.outputs['out'])).toBeNull();
  });
});

it('a graph at the limits is judged in time', () => {
  const nodes: Record<string, readonly [NodeKind, object?]> = { src: SRC };
  const edges: string[] = [];
  for (let i = 0; i < 1998; i++) {
    nodes[`f${i}`] = ['filter', { predicate: 'TRUE' }];
    edges.push(`${i === 0 ? 'src' : `f${i - 1}`}>f${i}`);
  }
  nodes['out'] = SINK;
  const document = graph(nodes as Nodes, [...edges, 'f1997>out'].join(' '));
  expect(validate(document)).toEqual([]);
});
