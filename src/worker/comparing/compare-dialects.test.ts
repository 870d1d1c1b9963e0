import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TICK_MS, clockHorizonOf } from '../../engine/clock-need.ts';
import { DIALECT_RULES } from '../../engine/comparing/dialect-rules.ts';
import { Engine } from '../../engine/engine.ts';
import type { ResultRecord } from '../../engine/result-records.ts';
import { dropRecord, resultRecords } from '../../engine/result-records.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { removeNodes, setDialect } from '../../pipeline/edits.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { GALLERY } from '../../pipeline/templates/gallery.ts';
import { lateEvents } from '../../pipeline/templates/late-events.ts';
import { sessions } from '../../pipeline/templates/sessions.ts';
import { EventLog } from '../../sources/log/event-log.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import type { CompareReport, DialectComparison } from '../lab-protocol.ts';
import { openSources } from '../open-sources.ts';
import { compareDialects } from './compare-dialects.ts';

const EVENTS = 700;

function small(document: PipelineDocument, change: Record<string, unknown> = {}): PipelineDocument {
  const nodes = document.nodes.map((node) =>
    node.type === 'source.generator' ? { ...node, config: { ...node.config, events: EVENTS, ...change } } : node,
  );
  return { ...document, nodes };
}

function compare(document: PipelineDocument, a: DialectName, b: DialectName): Promise<CompareReport> {
  const context = { clock: () => 0, signal: new AbortController().signal, onProgress: () => undefined };
  return compareDialects({ document, files: {}, dialects: [a, b] }, context);
}

interface Plain {
  readonly results: Record<string, ResultRecord[]>;
  readonly drops: Record<string, string[]>;
}

/** Everything that a run gives, in arrays. */
function plainRun(document: PipelineDocument, dialect: DialectName): Plain {
  const planned = makePlan(setDialect(document, dialect));
  if (!planned.ok) throw new Error('not to be run');
  const plan = planned.value;
  const readers = openSources(plan, {}, new AbortController().signal);
  if (!readers.ok) throw new Error('no readers');
  const log = new EventLog({ readers: readers.value, tickMs: TICK_MS, clockHorizonMs: clockHorizonOf(plan) });
  const plain: Plain = { results: {}, drops: {} };
  const engine = new Engine(plan, {
    output: (index, port, batch) => {
      const node = plan.nodes[index]!;
      if (port === 'out') (plain.results[node.id] ??= []).push(...resultRecords(node.id, batch, node.outputs.out!));
    },
    drop: (index, drop) => {
      const { ts, row } = dropRecord('', '', drop);
      (plain.drops[plan.nodes[index]!.id] ??= []).push(JSON.stringify([ts, row]));
    },
  });
  for (let slice = log.nextSlice(333); slice !== null; slice = log.nextSlice(333)) {
    if (slice instanceof Promise) throw new Error('generators are at hand');
    engine.run(slice);
  }
  return plain;
}

/** The last row of each window and key, or of each key of a table; rows alike count once. */
function lastRows(records: readonly ResultRecord[], tailMs: number): Map<string, string> {
  const last = new Map<string, string>();
  for (const { key, window, row, op } of records) {
    const place = window === null ? [key ?? row] : [key, window[0], window[1] + tailMs];
    const name = JSON.stringify(place);
    if (op === '-D' || op === '-U') last.delete(name);
    else last.set(name, JSON.stringify(row));
  }
  return last;
}

function bagDifference(own: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const text of other) left.set(text, (left.get(text) ?? 0) + 1);
  return own.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  }).length;
}

function countsOf({ nodes }: DialectComparison, nodeId: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of nodes.find((node) => node.nodeId === nodeId)!.differences)
    counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const PAIRS = DIALECTS.flatMap((a, i) => DIALECTS.slice(i + 1).map((b) => [a, b] as const));

describe('two dialects compared', () => {
  it('tell what a plain run of each tells apart, over the gallery', async () => {
    let compared = 0;
    for (const { id, document } of GALLERY) {
      if (document.nodes.some(({ type }) => type === 'source.file')) continue;
      const graph = small(document, {
        delay: { distribution: 'exponential', meanMs: 4_000 },
        watermark: { delayMs: 1_000 },
      });
      for (const [a, b] of PAIRS) {
        const report = await compare(graph, a, b);
        if (report.kind !== 'compared') continue;
        compared++;
        const common = removeNodes(graph, new Set(report.comparison.left));
        const runs = [plainRun(common, a), plainRun(common, b)] as const;
        for (const node of report.comparison.nodes) {
          if (!graph.nodes.some((each) => each.id === node.nodeId && each.type === 'window')) continue;
          const config = graph.nodes.find((each) => each.id === node.nodeId)!.config;
          const [own, other] = [a, b].map((dialect, i) => {
            const isInclusive = dialect === 'kafka-streams' || dialect === 'ksqldb';
            const tailMs = config['kind'] === 'session' && isInclusive ? Number(config['gapMs']) : 0;
            return lastRows(runs[i]!.results[node.nodeId] ?? [], tailMs);
          });
          const told = countsOf(report.comparison, node.nodeId);
          const where = `${id} ${node.nodeId} ${a} ${b}`;
          const onlyIn = (one: Map<string, string>, two: Map<string, string>): number =>
            [...one.keys()].filter((name) => !two.has(name)).length;
          expect(Math.min(50, onlyIn(own!, other!)), where).toBe(Math.min(50, told['only-a'] ?? 0));
          expect(Math.min(50, onlyIn(other!, own!)), where).toBe(Math.min(50, told['only-b'] ?? 0));
          const changed = [...own!].filter(([name, row]) => other!.has(name) && other!.get(name) !== row).length;
          expect(Math.min(50, changed), where).toBe(Math.min(50, (told['value'] ?? 0) + (told['bounds'] ?? 0)));
          expect(node.results).toEqual([own!.size, other!.size]);
          const drops = runs.map((run) => run.drops[node.nodeId] ?? []);
          expect(node.dropped).toEqual(drops.map((each) => each.length));
          expect((told['dropped-a'] ?? 0) > 0).toBe(bagDifference(drops[0]!, drops[1]!) > 0);
          expect((told['dropped-b'] ?? 0) > 0).toBe(bagDifference(drops[1]!, drops[0]!) > 0);
        }
      }
    }
    expect(compared).toBeGreaterThan(30);
  }, 120_000);

  it('explain every difference of the gallery, or say that they cannot', async () => {
    for (const { document } of GALLERY) {
      if (document.nodes.some(({ type }) => type === 'source.file')) continue;
      for (const [a, b] of PAIRS) {
        const report = await compare(small(document), a, b);
        if (report.kind !== 'compared') continue;
        const ids = new Set(report.comparison.rules.map(({ id }) => id));
        for (const node of report.comparison.nodes) {
          for (const { rules } of node.differences) for (const rule of rules) expect(ids).toContain(rule);
          const where = `${document.name} ${node.nodeId} ${a} ${b}`;
          expect(node.unexplained, where).toBe(0);
        }
      }
    }
  }, 120_000);

  it('are the same where they are one dialect', async () => {
    const report = await compare(small(lateEvents.document), 'flink-datastream', 'flink-datastream');
    expect(report.kind === 'compared' && report.comparison.nodes.every(({ differing }) => differing === 0)).toBe(true);
    expect(report.kind === 'compared' && report.comparison.rules).toEqual([]);
  });

  it('tell that a session of Kafka ends with its last event, by that rule alone where nothing is late', async () => {
    const calm = small(sessions.document, { delay: { distribution: 'none' }, stragglers: { sharePercent: 0 } });
    const report = await compare(calm, 'flink-datastream', 'kafka-streams');
    if (report.kind !== 'compared') throw new Error(JSON.stringify(report));
    const bounds = report.comparison.nodes.flatMap(({ differences }) =>
      differences.filter(({ kind }) => kind === 'bounds'),
    );
    expect(bounds.length).toBeGreaterThan(0);
    for (const { a, b, rules } of bounds) {
      expect(rules).toEqual(['session-end']);
      expect(a!.windowEndMs! > b!.windowEndMs!).toBe(true);
    }
  });

  it('name what a dialect lacks, with the cure, and compare the rest', async () => {
    const report = await compare(small(clicksToPurchases.document), 'flink-datastream', 'kafka-streams');
    if (report.kind !== 'compared') throw new Error(JSON.stringify(report));
    const { nodes, lacks, left } = report.comparison;
    expect(lacks[0]).toEqual([]);
    expect(lacks[1]!.length).toBeGreaterThan(0);
    for (const { nodeId, fix } of lacks[1]!) {
      expect(left).toContain(nodeId);
      expect(fix).not.toBe('');
    }
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.some(({ nodeId }) => left.includes(nodeId))).toBe(false);
  });

  it('say what stands in the way where nothing is left to run', async () => {
    const { nodes } = lateEvents.document;
    const broken = nodes.map((node) =>
      node.type === 'source.generator' ? { ...node, config: { partitions: 0 } } : node,
    );
    const report = await compare({ ...lateEvents.document, nodes: broken }, 'flink-datastream', 'beam');
    if (report.kind !== 'refused') throw new Error('a source without partitions ran');
    expect(report.problems.every((own) => own.length > 0 && own.every(({ fix }) => fix !== ''))).toBe(true);
  });

  it('can be given up', async () => {
    const stop = new AbortController();
    stop.abort();
    const context = { clock: () => 0, signal: stop.signal, onProgress: () => undefined };
    const request = { document: lateEvents.document, files: {}, dialects: ['beam', 'ksqldb'] } as const;
    expect(await compareDialects(request, context)).toEqual({ kind: 'cancelled' });
  });
});

describe('a rule', () => {
  it('is tied to cases that were recorded', () => {
    const directory = new URL('../../../e2e/conformance/cases/', import.meta.url);
    const text = readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(new URL(name, directory), 'utf8'))
      .join('');
    for (const { id, caseIds } of DIALECT_RULES) {
      for (const each of caseIds) expect(text.includes(`"${each}"`), `${id}: ${each}`).toBe(true);
    }
  });
});
