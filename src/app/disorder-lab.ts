import { setConfig, setRun } from '../pipeline/edits.ts';
import { generatorDefinition } from '../sources/generator/definition.ts';
import type { DisorderPreset } from '../sources/generator/preset-definitions.ts';
import { DISORDER_PRESETS, isOfPreset, withPreset } from '../sources/generator/preset-definitions.ts';
import type { DocumentNode, PipelineDocument } from './document-store.ts';
import { useDocumentStore } from './document-store.ts';

export type { DisorderPreset } from '../sources/generator/preset-definitions.ts';
export { DISORDER_PRESETS } from '../sources/generator/preset-definitions.ts';

const SEEDS = 2 ** 32;

/** What happens once in a run: fields of a generator's fault, the rest as its definition fills it. */
export type FaultSettings = Readonly<Record<string, string | number>>;

function generatorNamed(document: PipelineDocument, nodeId: string): DocumentNode | undefined {
  return document.nodes.find(({ id, type }) => id === nodeId && type === 'source.generator');
}

/** The preset whose disorder the source has, unchanged; undefined where it has its own. */
export function presetOf({ config }: DocumentNode): DisorderPreset | undefined {
  const parsed = generatorDefinition.config.safeParse(config);
  return parsed.success ? DISORDER_PRESETS.find((preset) => isOfPreset(config, parsed.data, preset)) : undefined;
}

/** Fills the fields of a source, one undo step. */
export function applyPreset(nodeId: string, preset: DisorderPreset): void {
  useDocumentStore.getState().edit({ label: `Take the disorder of “${preset.title}”` }, (document) => {
    const node = generatorNamed(document, nodeId);
    const parsed = generatorDefinition.config.safeParse(node?.config);
    if (node === undefined || !parsed.success) return document;
    return setConfig(document, { id: nodeId, config: withPreset(node.config, parsed.data, preset) });
  });
}

/** Other events of the same kind. */
export function takeNewSeed(): void {
  const { document, edit } = useDocumentStore.getState();
  let seed = document.run.seed;
  while (seed === document.run.seed) seed = Math.floor(Math.random() * SEEDS);
  edit({ label: 'Take a new seed' }, (before) => setRun(before, { seed }));
}

/** Where the source's own clock stands at a processing time: what `afterMs` of a fault counts. */
export function sinceStartMs({ config }: DocumentNode, atMs: number): number | null {
  const parsed = generatorDefinition.config.safeParse(config);
  return parsed.success ? atMs - parsed.data.startMs : null;
}

/** Whether the edit was taken. */
export function addFault(nodeId: string, label: string, fault: FaultSettings): boolean {
  return useDocumentStore.getState().edit({ label }, (document) => {
    const node = generatorNamed(document, nodeId);
    if (node === undefined) return document;
    const faults = Array.isArray(node.config['faults']) ? (node.config['faults'] as readonly unknown[]) : [];
    return setConfig(document, { id: nodeId, config: { ...node.config, faults: [...faults, fault] } });
  });
}
