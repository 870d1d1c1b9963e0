import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { ResultRecord } from '../../engine/result-records.ts';
import { recordLine } from '../../engine/result-records.ts';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { BIGINT, BYTES, STRING, decimal, field } from '../../stream/types.ts';
import type { Frame } from '../protocol.ts';
import { FramePort } from '../frame-port.ts';
import { Session } from '../session.ts';
import type { SaveReport } from '../saving-protocol.ts';
import { CsvResults } from './csv-results.ts';

const { document } = clicksToPurchases;
const NODES = ['clicks', 'clicks-per-user', document.nodes.find(({ type }) => type === 'sink')?.id ?? ''];

async function standing(entries: number | null): Promise<Session> {
  const session = new Session(() => performance.now());
  const ended = new Promise<void>((resolve) => {
    const channel = {
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage: ({ status }: Frame) => {
        if (status.kind === 'ended') resolve();
        setTimeout(() => channel.onmessage?.({ data: { credit: 1 } } as MessageEvent));
      },
    };
    session.frames.connect(new FramePort(channel, () => session.frames.credited()));
  });
  await session.open({ run: 1, document, files: {} });
  if (entries === null) {
    session.setSpeed({ kind: 'max' });
    session.play();
    await ended;
  } else for (let i = 0; i < entries; i++) await session.step();
  return session;
}

async function textOf(report: SaveReport): Promise<string> {
  return report.kind === 'saved' ? report.content.text() : '';
}

function records(text: string): readonly ResultRecord[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ResultRecord);
}

describe('all results of a node', () => {
  it.each(NODES)('of %s are as many as its ledger has, and end with the newest rows on the screen', async (nodeId) => {
    const session = await standing(null);
    const report = await session.saver.save({ nodeId, format: 'ndjson', guardsFormulas: true });
    const saved = records(await textOf(report));
    const ledger = session.looks.ledger().nodes[nodeId]!;
    const emitted = Object.values(ledger.emitted['out'] ?? {}).reduce((sum, count) => sum + count, 0);
    expect(saved.length).toBe(nodeId === NODES[2] ? ledger.in : emitted);
    expect(report).toMatchObject({ results: saved.length, entries: session.looks.ledger().run.entries });
    const newest = session.looks.results(nodeId, 200);
    expect(saved.slice(-newest.length).map((record) => ({ ...record, port: 'in' }))).toEqual(newest);
  });

  it('end where the run stands, and leave it there', async () => {
    const session = await standing(300);
    const nodeId = 'clicks-per-user';
    const report = await session.saver.save({ nodeId, format: 'ndjson', guardsFormulas: true });
    expect(report).toMatchObject({ entries: 300, results: session.looks.results(nodeId, 200).length });
    expect(session.looks.ledger().run.entries).toBe(300);
  });

  it('can be given up', async () => {
    const session = await standing(null);
    const saving = session.saver.save({ nodeId: 'clicks', format: 'csv', guardsFormulas: true });
    session.saver.cancel();
    expect(await saving).toEqual({ kind: 'cancelled' });
    expect(session.saver.progress).toBe(null);
  });

  it('say the same as CSV, by another reader', async () => {
    const session = await standing(2_000);
    const request = { nodeId: 'clicks-per-user', guardsFormulas: true } as const;
    const lines = records(await textOf(await session.saver.save({ ...request, format: 'ndjson' })));
    const csv = await textOf(await session.saver.save({ ...request, format: 'csv' }));
    const { data, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data).toEqual(
      lines.map(({ seq, phase, op, key, window, pane, ts, row }) => ({
        _seq: String(seq),
        _phase: String(phase),
        _op: `'${op}`,
        _key: key === null ? '' : JSON.stringify(key),
        _window_start: String(window?.[0] ?? ''),
        _window_end: String(window?.[1] ?? ''),
        _pane: pane?.timing ?? '',
        _pane_index: String(pane?.index ?? ''),
        _ts: String(ts ?? ''),
        ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
      })),
    );
    expect(lines.length).toBeGreaterThan(100);
  });
});

describe('a row as CSV', () => {
  const schema = {
    fields: [
      field('note', STRING),
      field('price', decimal(10, 2)),
      field('count', BIGINT),
      field('raw', BYTES),
      field('_seq', STRING),
    ],
  };
  const traits = { changes: 'append', key: null, eventTime: true } as const;
  const type = { schema, ...traits } as const;
  const record = (note: string | null): ResultRecord => ({
    seq: 7,
    phase: 1,
    node: 'n',
    port: 'in',
    op: '-U',
    key: null,
    window: null,
    pane: null,
    ts: -5,
    row: { note, price: '-1.50', count: '9223372036854775807', raw: '+/8=', _seq: 'own' },
  });

  const HOSTILE = ['=1+1', '+x', '-x', '@SUM(A1)', '\tx', '\rx'];
  it.each([...HOSTILE, 'a "b", c', 'two\r\nlines', "it's", '', ' =1'])('gives %j back', (note) => {
    for (const guards of [true, false]) {
      const csv = new CsvResults(type, guards);
      const { data, errors } = Papa.parse<readonly string[]>(csv.head + csv.line(record(note)), { newline: '\r\n' });
      expect(errors).toEqual([]);
      expect(data[0]?.[0]).toBe('__seq');
      const mark = guards ? "'" : '';
      const shown = HOSTILE.includes(note) ? mark + note : note;
      const row = [
        '7',
        '1',
        `${mark}-U`,
        '',
        '',
        '',
        '',
        '',
        '-5',
        shown,
        '-1.50',
        '9223372036854775807',
        `${mark}+/8=`,
        'own',
      ];
      expect(data[1]).toEqual(row);
    }
  });

  it('has columns of any name', () => {
    const names = ['a,b', 'say "x"', 'two\nlines', 'two\r\nlines', '=cmd|calc', '@x', '', "it's", '__proto__', '_seq'];
    const row = Object.fromEntries(names.map((name, i) => [name, `value ${String(i)}`]));
    const hostile = { schema: { fields: names.map((name) => field(name, STRING)) }, ...traits } as const;
    for (const guards of [true, false]) {
      const csv = new CsvResults(hostile, guards);
      const text = csv.head + csv.line({ ...record(null), row });
      const { data, errors } = Papa.parse<readonly string[]>(text, { newline: '\r\n', skipEmptyLines: true });
      expect(errors).toEqual([]);
      const shown = names.map((name) => (guards && /^[=@]/.test(name) ? `'${name}` : name));
      expect(data.map((cells) => cells.slice(-names.length))).toEqual([shown, Object.values(row)]);
    }
    expect(JSON.parse(recordLine({ ...record(null), row }))).toHaveProperty('row', row);
  });

  it('tells NULL from empty text', () => {
    const csv = new CsvResults(type, true);
    expect(csv.line(record(null))).toContain(',-5,,-1.50,');
    expect(csv.line(record(''))).toContain(',-5,"",-1.50,');
  });
});
