import type { Replan } from '../../engine/explain/replaying.ts';
import type { DocumentNode, PipelineDocument } from '../../pipeline/document.ts';
import { makePlan } from '../../pipeline/make-plan.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Plans of a document with one figure changed. */
export function replanOf(document: PipelineDocument): Replan {
  return (nodeId, path, value) => {
    const [part, ...names] = path;
    if (part !== 'config' && part !== 'engine') return null;
    const nodes = document.nodes.map((node): DocumentNode =>
      node.id === nodeId ? { ...node, [part]: withFigure(node[part], names, value) } : node,
    );
    const planned = makePlan({ ...document, nodes });
    return planned.ok ? planned.value : null;
  };
}

function withFigure(settings: Settings, [name, ...rest]: readonly string[], value: number): Settings {
  if (name === undefined) return settings;
  if (rest.length === 0) return { ...settings, [name]: value };
  const inner = Object.hasOwn(settings, name) ? settings[name] : {};
  return { ...settings, [name]: withFigure(inner as Settings, rest, value) };
}
