import type { KernelRegistry } from '../../engine/node.ts';
import type { Fates } from '../../operators/operator.ts';
import { logOf } from '../log.ts';
import type { Setting } from '../run-laws.ts';
import { runLaws, same, settingFor } from '../run-laws.ts';
import { lineOf, runLog } from '../transcript.ts';
import type { SinkRow } from './graph-reference.ts';
import { windowsMayEmit } from './graph-emissions.ts';
import { playGraph } from './graph-reference.ts';
import { graphSchemas, planOfGraph } from './graph.ts';
import type { GraphLogs, GraphTrial } from './graphs.ts';
import { shuffledWithinBound } from './insensitive.ts';

/** One of the engine's numbered laws, for graphs. `check` throws when the trial breaks it. */
export interface GraphLaw {
  readonly number: number;
  readonly title: string;
  readonly logs: GraphLogs;
  readonly check: (trial: GraphTrial, registry: KernelRegistry) => void;
}

function settingOf({ graph, picks }: GraphTrial, registry: KernelRegistry): Setting {
  return settingFor(() => planOfGraph(graph), logOf(graph.entries, graphSchemas(graph)), picks, registry);
}

const ownLaws: readonly GraphLaw[] = [
  {
    number: 4,
    title: 'the engine does what the references of all its operators do',
    logs: 'any',
    check: (trial, registry) => {
      const { plan, log, cuts } = settingOf(trial, registry);
      const { transcript, ledger } = runLog(plan, log, { cuts, registry });
      playGraph(plan, trial.graph.entries).forEach(({ shown, fates, atSink }, node) => {
        const { id, kind } = plan.nodes[node]!;
        const watermarks = shown.map(({ watermark }) => watermark);
        same(transcript.watermarks[node]!.map(String), watermarks.map(String), `watermarks of ${id}`);
        if (fates !== null) same(fatesOf(ledger.get(id)!), fatesOf(fates), `fates at ${id}`);
        if (kind === 'sink') same(rowsAt(id, transcript.results), JSON.parse(lineOf(atSink)), `rows at ${id}`);
      });
    },
  },
  {
    number: 7,
    title: 'no window emits what the dialect does not allow at that watermark',
    logs: 'any',
    check: (trial, registry) => windowsMayEmit(settingOf(trial, registry)),
  },
  {
    number: 8,
    title: 'any order of arrival within the bound gives the same final results',
    logs: 'bounded',
    check: ({ graph, picks }, registry) => {
      const results = [graph, shuffledWithinBound(graph, picks)].map((ordered) => {
        const log = logOf(ordered.entries, graphSchemas(ordered));
        return runLog(planOfGraph(ordered), log, { registry }).transcript.results.map(withoutPosition).sort();
      });
      same(results[1], results[0], 'final results');
    },
  },
];

export const graphLaws: readonly GraphLaw[] = [
  ...runLaws.map(({ number, title, check }): GraphLaw => ({
    number,
    title,
    logs: 'any',
    check: (trial, registry) => check(settingOf(trial, registry)),
  })),
  ...ownLaws,
].toSorted((a, b) => a.number - b.number);

/** The rows at a sink, as the reference tells them. */
function rowsAt(id: string, results: readonly string[]): readonly SinkRow[] {
  return results
    .map((line) => JSON.parse(line) as SinkRow & { readonly node: string })
    .filter(({ node }) => node === id)
    .map(({ seq, phase, op, ts, row }) => ({ seq, phase, op, ts, row }));
}

function withoutPosition(line: string): string {
  const { seq: _seq, phase: _phase, ...rest } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(rest);
}

function fatesOf({ used, held, late, filtered, unmatched, rejected, lateWindows }: Fates): Fates {
  return { used, held, late, filtered, unmatched, rejected, lateWindows };
}
