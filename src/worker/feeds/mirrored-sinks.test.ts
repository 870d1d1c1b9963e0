import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { lateEvents } from '../../pipeline/templates/late-events.ts';
import { defined } from '../../stream/assert.ts';
import { sessionPage } from '../../testing/session-page.ts';
import type { Session } from '../session.ts';

const AT = 3_000;
const END = 6_000;

const counts = defined(
  lateEvents.document.nodes.find(({ id }) => id === 'counts'),
  'counts',
);

/** The template with a second window like the first; the sink hangs on the one or the other. */
function sinkBehind(id: 'counts' | 'others'): PipelineDocument {
  const { nodes, edges } = lateEvents.document;
  const moved = edges.map((edge) =>
    edge.from.node === 'counts' && edge.from.port === 'out' ? { ...edge, from: { ...edge.from, node: id } } : edge,
  );
  const second = edges
    .filter(({ to }) => to.node === 'counts')
    .map((edge) => ({ ...edge, to: { ...edge.to, node: 'others' } }));
  return {
    ...lateEvents.document,
    nodes: [...nodes, { ...counts, id: 'others', config: { ...counts.config, sizeMs: 60_000 } }],
    edges: [...moved, ...second],
  };
}

async function opened(document: PipelineDocument): Promise<Session> {
  const { session } = sessionPage();
  expect(await session.open({ run: 1, document, files: {} })).toMatchObject({ ok: true });
  return session;
}

async function chartsAt(session: Session, seq: number): Promise<Readonly<Record<string, unknown>>> {
  await session.seek({ to: { by: 'seq', seq }, plays: false });
  const nodes = session.opened?.run.feeds.nodes ?? [];
  return Object.fromEntries(
    nodes.map((node) => {
      const chart = node.resultChart(null);
      // The entry of an edit is one of the log.
      return [node.facts.node.id, chart?.by === 'window' ? { ...chart, emittedSeq: null } : chart];
    }),
  );
}

const sink = defined(
  lateEvents.document.edges.find(({ from }) => from.node === 'counts' && from.port === 'out'),
  'an edge to the sink',
).to.node;

test('a sink shows what the node before gives, which is followed once', async () => {
  const session = await opened(sinkBehind('counts'));
  const charts = await chartsAt(session, END);
  expect(charts['counts']).not.toBeNull();
  expect(charts[sink]).toEqual(charts['counts']);
  expect(charts['others']).not.toEqual(charts['counts']);
  const { nodes } = defined(session.opened, 'a run').run.feeds;
  expect(nodes.filter(({ isMirror }) => isMirror).map(({ facts }) => facts.node.id)).toContain(sink);
});

test('a sink that hangs elsewhere begins there, and the nodes go on by themselves', async () => {
  const straight = await opened(sinkBehind('counts'));
  const session = await opened(sinkBehind('counts'));
  const before = await chartsAt(session, AT);
  expect(await session.edit({ document: sinkBehind('others'), plays: false })).toMatchObject({ kind: 'made', seq: AT });
  expect(await chartsAt(session, AT + 1)).toEqual({ ...before, [sink]: null });
  const [edited, unedited] = [await chartsAt(session, END + 1), await chartsAt(straight, END)];
  for (const id of ['counts', 'others']) expect(edited[id]).toEqual(unedited[id]);
  expect(edited[sink]).toMatchObject({ by: 'window' });
  expect(edited[sink]).not.toEqual(edited['others']);
});
