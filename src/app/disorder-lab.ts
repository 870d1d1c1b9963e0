import { setConfig, setRun } from '../pipeline/edits.ts';
import { generatorDefinition } from '../sources/generator/definition.ts';
import type { DisorderPreset } from '../sources/generator/preset-definitions.ts';
import { DISORDER_PRESETS, isOfPreset, withPreset } from '../sources/generator/preset-definitions.ts';
import type { RatePicture } from '../sources/generator/rate-definition.ts';
import { firstStepMs, ratePicture } from '../sources/generator/rate-definition.ts';
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

/** The rate of a source that changes, and the plain one that it is made from. */
export interface SourceRates {
  readonly rateEventsPerSec: number;
  readonly picture: RatePicture;
}

/** Null where the rate of a source never changes, or cannot be used. */
export function ratesOf({ config }: DocumentNode): SourceRates | null {
  const parsed = generatorDefinition.config.safeParse(config);
  const picture = parsed.success ? ratePicture(parsed.data) : null;
  return !parsed.success || picture === null ? null : { picture, rateEventsPerSec: parsed.data.rateEventsPerSec };
}

/** Where the source's own clock stands at a processing time: what `afterMs` of a fault counts. */
export function sinceStartMs({ config }: DocumentNode, atMs: number): number | null {
  const parsed = generatorDefinition.config.safeParse(config);
  return parsed.success ? atMs - parsed.data.startMs : null;
}

/** Whether the edit was taken. */
export function addFault(nodeId: string, label: string, fault: FaultSettings): boolean {
  return withConfig(nodeId, label, (config) => ({ ...config, faults: [...listOf(config['faults']), fault] }));
}

/** The earliest time, as `afterMs` counts it, of a step that leaves alone what has arrived when the clock stands at `sinceMs`. */
export function stepAfterMs({ config }: DocumentNode, sinceMs: number): number {
  const parsed = generatorDefinition.config.safeParse(config);
  return parsed.success ? firstStepMs(parsed.data, sinceMs) : Math.max(0, sinceMs + 1);
}

/** From `afterMs` on the rate is multiplied. Whether the edit was taken. */
export function addRateStep(nodeId: string, label: string, step: FaultSettings): boolean {
  return withConfig(nodeId, label, (config) => {
    const profile = (config['profile'] ?? {}) as Readonly<Record<string, unknown>>;
    return { ...config, profile: { ...profile, steps: [...listOf(profile['steps']), step] } };
  });
}

type Config = DocumentNode['config'];

function withConfig(nodeId: string, label: string, change: (config: Config) => Config): boolean {
  return useDocumentStore.getState().edit({ label }, (document) => {
    const node = generatorNamed(document, nodeId);
    return node === undefined ? document : setConfig(document, { id: nodeId, config: change(node.config) });
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
