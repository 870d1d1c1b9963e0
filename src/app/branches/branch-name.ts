import type { PipelineDocument } from '../../pipeline/document.ts';
import { durationText } from '../../stream/duration.ts';

/** What a branch is called as long as nobody gave it a name: the first setting in which it differs, and how many more there are. */
export function branchName(document: PipelineDocument, branch: PipelineDocument): string {
  const changes = branch.nodes.flatMap((node) => {
    const before = document.nodes.find(({ id }) => id === node.id);
    if (before === node) return [];
    return settingChanges(before?.config ?? {}, node.config);
  });
  const [first, ...others] = changes;
  if (first === undefined) return 'What if';
  return others.length === 0 ? `What if ${first}` : `What if ${first} and ${String(others.length)} more`;
}

function settingChanges(before: object, after: object): readonly string[] {
  return Object.entries(after).flatMap(([name, value]: [string, unknown]) => {
    const old = (before as Readonly<Record<string, unknown>>)[name];
    if (JSON.stringify(old) === JSON.stringify(value)) return [];
    if (isGroup(value)) return settingChanges(isGroup(old) ? old : {}, value);
    return [`${words(name)} ${valueText(name, value)}`];
  });
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `latenessMs` → `lateness`. */
function words(name: string): string {
  return name
    .replace(/Ms$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

function valueText(name: string, value: unknown): string {
  if (typeof value === 'number') return name.endsWith('Ms') ? durationText(value) : String(value);
  return typeof value === 'string' && value.length <= 24 ? value : 'changed';
}
