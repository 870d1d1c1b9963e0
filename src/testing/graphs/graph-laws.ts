import type { KernelRegistry } from '../../engine/node.ts';
import { logOf } from '../log.ts';
import type { Setting } from '../run-laws.ts';
import { runLaws, settingFor } from '../run-laws.ts';
import { graphSchemas, planOfGraph } from './graph.ts';
import type { GraphLogs, GraphTrial } from './graphs.ts';

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

export const graphLaws: readonly GraphLaw[] = [
  ...runLaws.map(({ number, title, check }): GraphLaw => ({
    number,
    title,
    logs: 'any',
    check: (trial, registry) => check(settingOf(trial, registry)),
  })),
].toSorted((a, b) => a.number - b.number);
