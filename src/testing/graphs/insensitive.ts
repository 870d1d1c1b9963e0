import { dialectNamed } from '../../operators/dialects/dialects.ts';
import type { Dialect } from '../../operators/dialects/dialect.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Entry } from '../log.ts';
import type { Graph } from './graph.ts';
import type { Branch, JoinChoice, Recipe, Step, WindowChoice } from './recipe.ts';
import { FUNCTIONS, at } from './window-config.ts';

/**
 * What law 8 is about: graphs whose final results no order of arrival can change, as long as every row comes within its
 * source's delay.
 */

/**
 * The recipe without anything that goes by arrival: windows on the watermark, complete or not at all, and sums that no order
 * can round differently. Kafka's windows go by stream time, and what that closes depends on what came before.
 */
export function insensitive(recipe: Recipe): Recipe {
  const isKafka = recipe.dialect === 'kafka-streams' || recipe.dialect === 'ksqldb';
  const dialect = isKafka ? 'flink-datastream' : recipe.dialect;
  const rules = dialectNamed(dialect);
  return {
    ...recipe,
    dialect,
    byClock: false,
    sources: recipe.sources.map((watermark) => ({
      ...watermark,
      strategy: 'per-event',
      delayMs: Math.max(watermark.delayMs, spareMs(dialect)),
      idleMs: 0,
      // Which rows changes take back goes by arrival.
      rows: 0,
      hasUnknown: false,
    })),
    steps: recipe.steps.flatMap((step): readonly Step[] => {
      if (step.shape === 'union') return [step];
      if (step.shape === 'join') return [insensitiveJoin(step)];
      if (step.shape !== 'diamond') return insensitiveBranch(step, rules);
      const [left] = insensitiveBranch(step.left, rules);
      const right = step.right === null ? null : insensitiveBranch(step.right, rules)[0];
      return left === undefined || right === undefined ? [] : [insensitiveJoin({ ...step, left, right })];
    }),
  };
}

/** A join by the watermark; without conditions that fail for some pairs, and without a clean-up that lets rows come out late. */
function insensitiveJoin<Choice extends JoinChoice>(choice: Choice): Choice {
  return { ...choice, join: choice.join % 2 === 0 ? 0 : 3, knob: choice.knob % 2 };
}

/** Flink SQL's watermark is the time itself less the delay: a row must stay behind by less than that. */
function spareMs(dialect: DialectName): number {
  return dialect === 'flink-sql' ? 1 : 0;
}

function insensitiveBranch(branch: Branch, rules: Dialect): readonly Branch[] {
  switch (branch.shape) {
    case 'filter':
    case 'split':
    case 'look-up':
      return [branch];
    case 'map':
      // Quotients are rounded: their sum would be another in another order.
      return [{ ...branch, form: branch.form % 8 }];
    case 'window':
      return [{ ...branch, choice: complete(branch.choice, rules) }];
    case 'assign-timestamps':
    case 'latest':
      return [];
  }
}

const EXACT = ['count', 'sum', 'min', 'max'] as const;

function complete(choice: WindowChoice, { windows: rules }: Dialect): WindowChoice {
  const kind = at(rules.kinds, choice.kind);
  // Flink's sessions take a row that is exactly a gap behind them, but are complete 1 ms before it: another row of its time
  // may close them first.
  const goesByArrival = kind === 'count' || (kind === 'session' && rules.touchingSessionsMerge);
  return {
    ...choice,
    kind: goesByArrival ? 0 : choice.kind,
    latenessMs: 0,
    emission: 0,
    accumulation: 0,
    trigger: 0,
    // Beam's results with the time of a row may come late for the next window.
    knob: choice.knob % 2,
    aggregates: choice.aggregates.map((aggregate) => ({
      ...aggregate,
      function: FUNCTIONS.indexOf(at(EXACT, aggregate.function)),
    })),
  };
}

/** The rows by event time, all at once, then the ends. */
export function inOrder(entries: readonly Entry[], sources: number): readonly Entry[] {
  const rows = entries
    .flatMap((entry) => (entry.kind === 'row' && !Number.isNaN(entry.ts) ? [entry] : []))
    .sort((a, b) => a.ts - b.ts);
  const ends = Array.from({ length: sources }, (_, source) => ({ kind: 'end' as const, source, at: 1000 }));
  return [...rows.map((row) => ({ ...row, at: 1000 })), ...ends];
}

/** The rows in another order, none further behind than its source's delay. */
export function shuffledWithinBound(graph: Graph, picks: readonly number[]): Graph {
  const rows = graph.entries.flatMap((entry, i) => {
    if (entry.kind !== 'row') return [];
    const roomMs = graph.sources[entry.source]!.delayMs - spareMs(graph.dialect);
    const [shift, tie] = [at(picks, i), at(picks, i * 7 + 1)];
    return [{ entry, arrivesAt: entry.ts + (shift % (roomMs + 1)), tie }];
  });
  rows.sort((a, b) => a.arrivesAt - b.arrivesAt || a.tie - b.tie);
  const ends = graph.entries.filter(({ kind }) => kind !== 'row');
  return { ...graph, entries: [...rows.map(({ entry }) => entry), ...ends] };
}
