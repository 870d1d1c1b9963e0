import { clockHorizonOf } from '../../src/engine/clock-need.ts';
import { Engine } from '../../src/engine/engine.ts';
import { imbalance } from '../../src/engine/ledger.ts';
import { makePlan } from '../../src/pipeline/make-plan.ts';
import type { Plan } from '../../src/pipeline/plan.ts';
import { templateDocument } from '../../src/pipeline/templates/template.ts';
import { EventLog } from '../../src/sources/log/event-log.ts';
import { assert } from '../../src/stream/assert.ts';
import { rowCount } from '../../src/stream/batch.ts';
import { TICK_MS } from '../../src/stream/log-slice.ts';
import type { Schema } from '../../src/stream/types.ts';
import { FreshEvents, sourceConfig } from './fresh-events.ts';

export const TUMBLING_MS = 10_000;
const SESSION_GAP_MS = 5000;
const JOIN_MS = 2000;

/** Events in which every window has come round once: with equal distances between samples the state is of equal size. */
export const PERIOD_EVENTS = 2 * TUMBLING_MS;

const aggregates = [
  { name: 'count', function: 'count' },
  { name: 'sum', function: 'sum', argument: 'value' },
];
const keys = ['key'];

const document = templateDocument({
  name: 'Soak',
  nodes: {
    left: { kind: 'source.file', label: 'Left', at: [0, 0], config: sourceConfig },
    right: { kind: 'source.file', label: 'Right', at: [0, 200], config: sourceConfig },
    tumbling: {
      kind: 'window',
      label: 'Tumbling',
      at: [240, 0],
      config: { keys, kind: 'tumbling', sizeMs: TUMBLING_MS, aggregates },
    },
    sessions: {
      kind: 'window',
      label: 'Sessions',
      at: [240, 100],
      config: { keys, kind: 'session', gapMs: SESSION_GAP_MS, aggregates },
    },
    pairs: {
      kind: 'join.interval',
      label: 'Pairs',
      at: [240, 200],
      config: { leftKeys: keys, rightKeys: keys, lowerMs: -JOIN_MS, upperMs: JOIN_MS },
    },
    windowResults: { kind: 'sink', label: 'Windows', at: [480, 0], config: {} },
    sessionResults: { kind: 'sink', label: 'Session results', at: [480, 100], config: {} },
    pairResults: { kind: 'sink', label: 'Pair results', at: [480, 200], config: {} },
  },
  edges: [
    [
      ['left', 'out'],
      ['tumbling', 'in'],
    ],
    [
      ['right', 'out'],
      ['sessions', 'in'],
    ],
    [
      ['left', 'out'],
      ['pairs', 'left'],
    ],
    [
      ['right', 'out'],
      ['pairs', 'right'],
    ],
    [
      ['tumbling', 'out'],
      ['windowResults', 'in'],
    ],
    [
      ['sessions', 'out'],
      ['sessionResults', 'in'],
    ],
    [
      ['pairs', 'out'],
      ['pairResults', 'in'],
    ],
  ],
});

/** The whole engine over events with fresh keys and fresh texts, half of them from each of two sources. */
export class SoakRun {
  readonly engine: Engine;
  /** Rows that arrived at each sink, by its name. */
  readonly results = new Map<string, number>();
  private readonly log: EventLog;

  constructor(events: number) {
    const planned = makePlan(document);
    assert(planned.ok, () => planned.problems.map((problem) => problem.message).join('\n'));
    const plan = planned.value;
    this.log = logOf(plan, events);
    this.engine = new Engine(plan, {
      keepsRounds: 0,
      sinksApart: true,
      committed: (node, batch) => {
        const id = plan.nodes[node]!.id;
        this.results.set(id, (this.results.get(id) ?? 0) + rowCount(batch));
      },
    });
  }

  /** Entries of the log taken so far: the events, and an end for each source. */
  get position(): number {
    return this.engine.position;
  }

  /** Runs up to an entry of the log. False when the log ended before it. */
  runTo(position: number): boolean {
    const { engine, log } = this;
    while (engine.position < position) {
      const slice = log.nextSlice(Math.min(engine.roundEntries, position - engine.position));
      assert(!(slice instanceof Promise), 'rows that are made are at hand');
      if (slice === null) return false;
      engine.run(slice);
      assert(engine.limit === null, () => engine.limit?.message ?? '');
    }
    return true;
  }

  /** Rows that the operators hold, by node. Every node's ledger balances. */
  stateRows(): Readonly<Record<string, number>> {
    const rows: Record<string, number> = {};
    for (const [id, node] of this.engine.ledger()) {
      assert(imbalance(node) === 0, `the ledger of ${id} balances`);
      if (node.stateRows > 0) rows[id] = node.stateRows;
    }
    return rows;
  }
}

function logOf(plan: Plan, events: number): EventLog {
  const half = Math.floor(events / 2);
  const readers = plan.sources.map((node) => {
    const { id, bound } = plan.nodes[node]!;
    const { schema } = bound as { readonly schema: Schema };
    return new FreshEvents(schema, id, id === 'left' ? events - half : half);
  });
  return new EventLog({ readers, tickMs: TICK_MS, clockHorizonMs: clockHorizonOf(plan), keptSlices: 0 });
}
