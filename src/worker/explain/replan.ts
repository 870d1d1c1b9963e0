import type { PlanEra } from '../../engine/explain/plan-eras.ts';
import type { Figure, Replan } from '../../engine/explain/replaying.ts';
import type { DocumentNode, PipelineDocument } from '../../pipeline/document.ts';
import type { PlannedDocument } from '../../pipeline/live-edit.ts';
import { makePlan } from '../../pipeline/make-plan.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';
import { placedEras } from '../edits/placed-eras.ts';
import type { Run } from '../run.ts';

type Settings = Readonly<Record<string, unknown>>;

/** The plan of a document with one figure of a node changed; null where it would not run so. */
export type PlanWith = (document: PlannedDocument['document'], figure: Figure, value: number) => Plan | null;

/** What the eras of a run would be with one figure changed, wherever it was as it is said to be. */
export function replanOf(run: Run, planWith: PlanWith): Replan {
  return (figure, value): readonly PlanEra[] | null => {
    const edit = defined(run.eras.at(-1), 'an era').edit;
    const eras = run.edits.replanned(edit, ({ document, plan }) =>
      figureOf(plan, figure) === figure.nowMs ? planWith(document, figure, value) : plan,
    );
    return eras === null ? null : placedEras(run, eras);
  };
}

/** What a node is bound to at the path of a figure. */
function figureOf(plan: Plan, { nodeId, path }: Figure): unknown {
  const node = plan.nodes.find(({ id }) => id === nodeId);
  return path.slice(1).reduce((settings: unknown, name) => (settings as Settings | undefined)?.[name], node?.bound);
}

export const planWithFigure: PlanWith = (document, { nodeId, path }, value) => {
  const [part, ...names] = path;
  if (!isWhole(document) || (part !== 'config' && part !== 'engine')) return null;
  const nodes = document.nodes.map((node): DocumentNode =>
    node.id === nodeId ? { ...node, [part]: withFigure(node[part], names, value) } : node,
  );
  const planned = makePlan({ ...document, nodes });
  return planned.ok ? planned.value : null;
};

/** Runs that were opened or edited from the screen have whole documents. */
function isWhole(document: PlannedDocument['document']): document is PipelineDocument {
  return 'edges' in document && 'run' in document;
}

function withFigure(settings: Settings, [name, ...rest]: readonly string[], value: number): Settings {
  if (name === undefined) return settings;
  if (rest.length === 0) return { ...settings, [name]: value };
  const inner = Object.hasOwn(settings, name) ? settings[name] : {};
  return { ...settings, [name]: withFigure(inner as Settings, rest, value) };
}
