import type { Result } from '../../stream/problem.ts';
import { DOCUMENT_VERSION } from '../document.ts';
import { problem, shown } from '../make-problem.ts';
import type { JsonObject } from '../parse-text.ts';

/**
 * One step of the document's format. `up` gets a document of version `from` and returns one of version `from + 1`;
 * it may throw nothing, since a stranger wrote its input, and builds new objects. A released step is never changed.
 */
export interface DocumentMigration {
  readonly from: number;
  /** What the step does, in kebab case: `durations-become-ms`. */
  readonly name: string;
  readonly up: (document: JsonObject) => JsonObject;
}

/** Version 1 is the first that was released. Each step comes with a frozen example in `examples/`. */
export const documentMigrations: readonly DocumentMigration[] = [];

/** Brings a document of any released version to `target`; refuses what is newer, unknown or has no way here. */
export function migrateDocument(
  raw: JsonObject,
  steps: readonly DocumentMigration[] = documentMigrations,
  target: number = DOCUMENT_VERSION,
): Result<JsonObject> {
  const version = Object.hasOwn(raw, 'version') ? raw['version'] : undefined;
  if (version === undefined) {
    const fix = `Is it a graph of Tidemark? Then its version is 1 to ${target}.`;
    return refuse('version-missing', 'The document does not say its version.', fix);
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const message = `The document's version is ${shown(version)}; versions are 1 to ${target}.`;
    return refuse('version-unknown', message, 'Export the graph again from Tidemark.');
  }
  if (version > target) {
    const message = `The document has version ${version}; this Tidemark reads versions up to ${target}.`;
    return refuse('version-too-new', message, 'Reload the page to get the newest Tidemark, then open it again.');
  }
  const byVersion = new Map(steps.map((step) => [step.from, step]));
  let current = raw;
  for (let at = version; at < target; at++) {
    const step = byVersion.get(at);
    if (step === undefined) {
      const message = `There is no way from version ${at} to ${at + 1} of the document format.`;
      return refuse('migration-missing', message, 'Open it with the Tidemark that wrote it, and export it there.');
    }
    current = { ...step.up(current), version: at + 1 };
  }
  return { ok: true, value: current, problems: [] };
}

function refuse(code: string, message: string, fix: string): Result<never> {
  return { ok: false, problems: [problem({ code, path: 'version', message, fix })] };
}
