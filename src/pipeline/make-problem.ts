import type { DocumentNode, PipelineDocument } from './document.ts';
import type { Problem, Severity } from '../stream/problem.ts';

/** The parts of a problem that its finder knows. */
export interface Finding {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly nodeId?: string | null;
  readonly severity?: Severity;
}

export function problem(finding: Finding): Problem {
  return { severity: 'error', nodeId: null, ...finding };
}

/** What the user calls a node: its label, else its id. */
export function nodeName(node: DocumentNode): string {
  return node.label !== undefined && node.label !== '' ? node.label : node.id;
}

/** A problem of the node at index `index`; `path` is relative to it, as in `config.sizeMs`. */
export function atNode(document: PipelineDocument, index: number, finding: Finding): Problem {
  const path = finding.path === '' ? `nodes.${index}` : `nodes.${index}.${finding.path}`;
  return problem({ nodeId: document.nodes[index]?.id ?? null, ...finding, path });
}

/** A value as a message shows it: JSON, cut to fit a line. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) {
    return String(value);
  }
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'string') return 'an object';
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
